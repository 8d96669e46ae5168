import { randomBytes } from 'node:crypto';
import type { Call, Effect } from '../api/endpoint';
import type { KeptAnswer } from '../storage/state';
import type { Store } from '../storage/store';
import { webhookEvent } from '../webhooks/event';
import type { WebhookSender } from '../webhooks/sender';

/** The request behind an effect, as its events report it. */
export interface Origin {
  id: string;
  idempotency_key: string | null;
}

/** An unguessable id in Stripe's form, such as `pi_…`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

/** Runs commands against the state and makes what they change durable. */
export class Processor {
  constructor(
    readonly store: Store,
    readonly publicUrl: string,
    /** Undefined if no webhook endpoint is set. */
    readonly sender: WebhookSender | undefined,
  ) {}

  /** What a command gets: the current time and state; `id` is the object that it names. */
  call(id = '', account: string | null = null): Call {
    return {
      state: this.store.state,
      id,
      account,
      publicUrl: this.publicUrl,
      now: Math.floor(Date.now() / 1000),
      newId,
    };
  }

  /** Writes the effect and its response atomically, then sends its webhooks. */
  commit({ put, events }: Pick<Effect, 'put' | 'events'>, origin: Origin, answer?: KeptAnswer): void {
    const raised = this.sender ? events.map((event) => webhookEvent(event, origin, this.call())) : [];
    if (!answer && put.length === 0) return;
    this.store.commit({ put, answer, raised });
    raised.forEach((event) => this.sender?.send(event));
  }
}
