import type Stripe from 'stripe';

type WithIds<T, K extends keyof T> = Omit<T, K> & Record<K, string | null>;

/** A PaymentIntent as it is kept: references are ids, expanded only in an answer. Amounts are minor units. */
export type PaymentIntent = WithIds<Stripe.PaymentIntent, 'latest_charge' | 'payment_method'>;

/** One attempt to take the money of an intent, failed or not. */
export type Charge = WithIds<Stripe.Charge, 'payment_intent'>;

export type Refund = WithIds<Stripe.Refund, 'charge' | 'payment_intent'>;

export type PaymentMethod = Stripe.PaymentMethod;

export type StripeObject = PaymentIntent | Charge | Refund | PaymentMethod;

/** As much of a dispute as there is to know before anyone has answered it. */
export type Dispute = WithIds<
  Omit<Stripe.Dispute, 'enhanced_eligibility_types' | 'evidence' | 'evidence_details' | 'intended_submission_method'>,
  'charge' | 'payment_intent'
>;

export type EventType =
  | 'payment_intent.created'
  | 'payment_intent.requires_action'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.payment_failed'
  | 'payment_intent.succeeded'
  | 'payment_intent.canceled'
  | 'charge.captured'
  | 'charge.refunded'
  | 'charge.dispute.created'
  | 'refund.created'
  | 'refund.updated'
  | 'refund.failed';

/** Something that happened, with the object as it was right after it. */
export interface DomainEvent {
  type: EventType;
  object: PaymentIntent | Charge | Refund | Dispute;
}

/** What a rule may know of the world: the time and fresh names. */
export interface Context {
  /** Unix time in seconds, as Stripe counts. */
  now: number;
  /** A fresh, unguessable id such as `pi_…`. */
  newId(prefix: string): string;
}
