import type Stripe from 'stripe';

type WithIds<T, K extends keyof T> = Omit<T, K> & Record<K, string | null>;

/** A PaymentIntent as stored: references are ids, expanded only in responses. Amounts are minor units. */
export type PaymentIntent = WithIds<Stripe.PaymentIntent, 'latest_charge' | 'payment_method'>;

/** One attempt to charge an intent, failed or not. */
export type Charge = WithIds<Stripe.Charge, 'payment_intent'>;

export type Refund = WithIds<Stripe.Refund, 'charge' | 'payment_intent'>;

export type PaymentMethod = Stripe.PaymentMethod;

/** A dispute, with whatever evidence was given. */
export type Dispute = WithIds<
  Omit<Stripe.Dispute, 'enhanced_eligibility_types' | 'evidence' | 'evidence_details' | 'intended_submission_method'>,
  'payment_intent'
> & { charge: string; evidence: Partial<Record<keyof Stripe.Dispute.Evidence, unknown>> };

/** A connected account, with everything that a response may include. */
export type Account = Stripe.V2.Core.Account;

/** A bank account that payouts of a connected account go to. */
export type BankAccount = Stripe.BankAccount & { account: string; created: number };

/** Its reversals are separate objects. */
export type Transfer = Omit<WithIds<Stripe.Transfer, 'source_transaction'>, 'destination' | 'reversals'> & {
  destination: string;
};

export type Reversal = Omit<Stripe.TransferReversal, 'transfer'> & { transfer: string };

/** A payout as its events show it; the event itself says which account it belongs to. */
export type ToldPayout = Pick<Stripe.Payout, 'id' | 'object' | 'amount' | 'created' | 'currency' | 'status'>;
export type Payout = ToldPayout & { account: string | null };

export type StripeObject =
  | PaymentIntent
  | Charge
  | Refund
  | PaymentMethod
  | Dispute
  | Account
  | BankAccount
  | Transfer
  | Reversal
  | Payout;

/** Event types that stripe-node knows: anything else does not compile. */
type Known<Type extends Stripe.Event['type']> = Type;
type KnownThin<Type extends Stripe.V2.Core.EventNotification['type']> = Type;

export type EventType = Known<
  | 'account.external_account.created'
  | 'payment_intent.created'
  | 'payment_intent.requires_action'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.payment_failed'
  | 'payment_intent.succeeded'
  | 'payment_intent.canceled'
  | 'charge.captured'
  | 'charge.refunded'
  | 'charge.dispute.created'
  | 'charge.dispute.updated'
  | 'charge.dispute.funds_withdrawn'
  | 'charge.dispute.funds_reinstated'
  | 'charge.dispute.closed'
  | 'payout.created'
  | 'payout.paid'
  | 'refund.created'
  | 'refund.updated'
  | 'refund.failed'
  | 'transfer.created'
  | 'transfer.reversed'
>;

/** Sent without the object, which has to be fetched (Stripe docs: "Thin events"). */
export interface ThinEvent {
  type: KnownThin<
    'v2.core.account[requirements].updated' | 'v2.core.account[configuration.recipient].capability_status_updated'
  >;
  object: Account;
}

/** Something that happened, with a snapshot of the object right afterwards. */
export type DomainEvent = SnapshotEvent | ThinEvent;

export interface SnapshotEvent {
  type: EventType;
  object: PaymentIntent | Charge | Refund | Dispute | Transfer | BankAccount | ToldPayout;
  /** The connected account that it happened to. */
  account?: string;
}

/** All that a rule gets from outside: the time and new ids. */
export interface Context {
  /** Unix time in seconds, as Stripe counts. */
  now: number;
  /** A new, unguessable id such as `pi_…`. */
  newId(prefix: string): string;
}
