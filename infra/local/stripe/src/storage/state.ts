import type Stripe from 'stripe';
import type {
  Charge,
  DomainEvent,
  EventType,
  PaymentIntent,
  PaymentMethod,
  Refund,
  StripeObject,
} from '../domain/objects';
import { Collection } from './collection';

/** The first answer to an idempotency key, replayed to every repetition. */
export interface KeptAnswer {
  key: string;
  path: string;
  /** Tells the request's parameters apart. */
  fingerprint: string;
  status: number;
  body: string;
  requestId: string;
  /** When it was given, in milliseconds. */
  at: number;
}

/** An event as Stripe posts it to a webhook endpoint. */
export type WebhookEvent = Pick<
  Stripe.Event,
  'id' | 'object' | 'api_version' | 'created' | 'livemode' | 'pending_webhooks' | 'request'
> & { type: EventType; data: { object: DomainEvent['object'] } };

/** What one request changes, all or nothing: one line of the journal. */
export interface Change {
  put?: StripeObject[];
  answer?: KeptAnswer;
  /** Events whose webhooks must go out. */
  raised?: WebhookEvent[];
  /** Ids of events whose webhooks are done with. */
  settled?: string[];
}

/** How long an answer is kept (Stripe docs: "Idempotent requests"). */
const ANSWER_LIFE_MS = 24 * 60 * 60 * 1000;

/** Everything the emulator knows. Changed by `apply` alone, so that the journal rebuilds it exactly. */
export class State {
  readonly intents: Collection<PaymentIntent> = new Collection();
  readonly charges: Collection<Charge> = new Collection();
  readonly refunds: Collection<Refund> = new Collection();
  readonly methods: Collection<PaymentMethod> = new Collection();
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

  /** Any object but a refund, which nothing refers to. */
  find(id: string): StripeObject | undefined {
    return this.intents.get(id) ?? this.charges.get(id) ?? this.methods.get(id);
  }

  /** The answer kept for an idempotency key, unless it is older than 24 hours. */
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
    for (const collection of [this.methods, this.intents, this.charges, this.refunds]) {
      for (const object of collection.all()) yield { put: [object] };
    }
    for (const answer of this.#answers.values()) if (now - answer.at < ANSWER_LIFE_MS) yield { answer };
    for (const event of this.#pending.values()) yield { raised: [event] };
  }

  #put(object: StripeObject): void {
    switch (object.object) {
      case 'payment_intent':
        this.intents.put(object);
        break;
      case 'charge':
        this.charges.put(object);
        break;
      case 'refund':
        this.refunds.put(object);
        break;
      case 'payment_method':
        this.methods.put(object);
        break;
    }
  }

  /** Answers are in the order in which they were given, so the expired ones are in front. */
  #keep(answer: KeptAnswer): void {
    this.#answers.delete(answer.key);
    this.#answers.set(answer.key, answer);
    for (const [key, { at }] of this.#answers) {
      if (answer.at - at < ANSWER_LIFE_MS) break;
      this.#answers.delete(key);
    }
  }
}
