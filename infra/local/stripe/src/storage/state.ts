import type Stripe from 'stripe';
import type {
  Account,
  BankAccount,
  Charge,
  Dispute,
  EventType,
  PaymentIntent,
  PaymentMethod,
  Payout,
  Refund,
  Reversal,
  SnapshotEvent,
  StripeObject,
  ThinEvent,
  Transfer,
} from '../domain/objects';
import { balanceOf } from '../domain/balance';
import { Collection } from './collection';

/** The first response for an idempotency key, replayed for every retry. */
export interface KeptAnswer {
  key: string;
  path: string;
  /** A fingerprint of the request's parameters. */
  fingerprint: string;
  status: number;
  body: string;
  requestId: string;
  /** When it was given, in milliseconds. */
  at: number;
}

/** An event as Stripe posts it to a webhook endpoint. */
export type WebhookEvent = SnapshotWebhook | ThinWebhook;

export type SnapshotWebhook = Pick<
  Stripe.Event,
  'id' | 'object' | 'api_version' | 'created' | 'livemode' | 'pending_webhooks' | 'request'
> & { type: EventType; account?: string; data: { object: SnapshotEvent['object'] } };

/** An event of API v2 as it is posted: it names its object. */
export type ThinWebhook = Pick<Stripe.V2.Core.EventNotification, 'id' | 'object' | 'created' | 'livemode'> & {
  type: ThinEvent['type'];
  related_object: { id: string; type: string; url: string };
};

/** What one request changes, all or nothing: one line of the journal. */
export interface Change {
  put?: StripeObject[];
  answer?: KeptAnswer;
  /** Events whose webhooks must go out. */
  raised?: WebhookEvent[];
  /** Ids of events that need no further delivery. */
  settled?: string[];
}

/** How long a response is kept (Stripe docs: "Idempotent requests"). */
const ANSWER_LIFE_MS = 24 * 60 * 60 * 1000;

/** The emulator's whole state. Only `apply` changes it, so the journal rebuilds it exactly. */
export class State {
  readonly intents: Collection<PaymentIntent> = new Collection();
  readonly charges: Collection<Charge> = new Collection();
  readonly refunds: Collection<Refund> = new Collection();
  readonly methods: Collection<PaymentMethod> = new Collection();
  readonly disputes: Collection<Dispute> = new Collection();
  readonly accounts: Collection<Account> = new Collection();
  readonly banks: Collection<BankAccount> = new Collection();
  readonly transfers: Collection<Transfer> = new Collection();
  readonly reversals: Collection<Reversal> = new Collection();
  readonly payouts: Collection<Payout> = new Collection();
  /** In the order in which a snapshot writes them. */
  readonly #collections = {
    payment_method: this.methods,
    payment_intent: this.intents,
    charge: this.charges,
    refund: this.refunds,
    dispute: this.disputes,
    'v2.core.account': this.accounts,
    bank_account: this.banks,
    transfer: this.transfers,
    transfer_reversal: this.reversals,
    payout: this.payouts,
  } satisfies { [K in StripeObject['object']]: Collection<Extract<StripeObject, { object: K }>> };
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #pending = new Map<string, WebhookEvent>();

  apply({ put = [], answer, raised = [], settled = [] }: Change): void {
    put.forEach((object) => {
      this.#put(object);
    });
    if (answer) this.#keep(answer);
    raised.forEach((event) => this.#pending.set(event.id, event));
    settled.forEach((id) => this.#pending.delete(id));
  }

  /** An object that others may refer to. */
  find(id: string): StripeObject | undefined {
    return this.intents.get(id) ?? this.charges.get(id) ?? this.methods.get(id) ?? this.transfers.get(id);
  }

  /** The balance of the platform (null) or an account; see `balanceOf`. */
  balance(account: string | null, currency: string): number {
    const [charges, refunds, disputes] = [this.charges.all(), this.refunds.all(), this.disputes.all()];
    const [transfers, payouts] = [this.transfers.all(), this.payouts.all()];
    return balanceOf({ charges, refunds, disputes, transfers, payouts }, account, currency);
  }

  /** The response kept for an idempotency key, unless it is older than 24 hours. */
  answer(key: string, now: number): KeptAnswer | undefined {
    const kept = this.#answers.get(key);
    return kept && now - kept.at < ANSWER_LIFE_MS ? kept : undefined;
  }

  /** Events whose webhooks still have to be delivered, oldest first. */
  pending(): WebhookEvent[] {
    return [...this.#pending.values()];
  }

  /** The fewest changes that rebuild this state. */
  *snapshot(now: number): Generator<Change> {
    for (const collection of Object.values(this.#collections)) {
      for (const object of collection.all()) yield { put: [object] };
    }
    for (const answer of this.#answers.values()) if (now - answer.at < ANSWER_LIFE_MS) yield { answer };
    for (const event of this.#pending.values()) yield { raised: [event] };
  }

  #put(object: StripeObject): void {
    (this.#collections[object.object] as unknown as Collection<StripeObject>).put(object);
  }

  /** Responses are in chronological order, so the expired ones come first. */
  #keep(answer: KeptAnswer): void {
    this.#answers.delete(answer.key);
    this.#answers.set(answer.key, answer);
    for (const [key, { at }] of this.#answers) {
      if (answer.at - at < ANSWER_LIFE_MS) break;
      this.#answers.delete(key);
    }
  }
}
