import type { Faults } from '../faults';
import type { Log } from '../logger';
import type { WebhookEvent } from '../storage/state';
import { createdAt, isThin } from './event';
import { signatureHeader } from './signature';

/** Where webhooks are sent, and the secrets that sign them. */
export interface WebhookTarget {
  url: string;
  secret: string;
  /** For thin events, which Stripe sends to a separate destination; default: the same secret. */
  thinSecret?: string;
}

const AT_ONCE = 16;
const TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5000;
/** Stripe docs: "Webhooks", "Automatic retries": up to three days. */
const GIVE_UP_AFTER_S = 3 * 24 * 60 * 60;

interface Delivery {
  event: WebhookEvent;
  attempts: number;
}

/** Posts events until the endpoint answers with a 2xx, each independently, so that no event waits for another. */
export class WebhookSender {
  readonly #stop = new AbortController();
  readonly #waiting: Delivery[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #heldBack: Delivery[] = [];
  #sending = 0;

  /** `settle` is called for each event that needs no further delivery. */
  constructor(
    readonly target: WebhookTarget,
    readonly faults: Faults,
    readonly settle: (eventId: string) => void,
    readonly log: Log,
  ) {}

  /** Sends an event that was just raised, or is left over from the last run. */
  send(event: WebhookEvent): void {
    const delivery = { event, attempts: 0 };
    const fault = this.faults.takeForEvent(event.type);
    if (fault) this.log('webhook fault', { kind: fault.kind, event: event.id, type: event.type });
    switch (fault?.kind) {
      case 'lost':
        this.settle(event.id);
        return;
      case 'delayed':
        this.#later(fault.delayMs, () => {
          this.#enqueue(delivery);
        });
        return;
      case 'reordered':
        this.#holdBack(delivery, fault.delayMs);
        return;
      case 'doubled':
        this.#enqueue({ ...delivery });
        break;
      case undefined:
        break;
    }
    this.#enqueue(delivery);
  }

  /** Stops at once; what was not delivered is still pending in the state. */
  close(): void {
    this.#stop.abort();
    this.#timers.forEach(clearTimeout);
  }

  /** Resolves once another event has been sent, after `delayMs` at the latest. */
  #holdBack(delivery: Delivery, delayMs: number): void {
    this.#heldBack.push(delivery);
    this.#later(delayMs, () => {
      this.#release(delivery);
    });
  }

  #release(...deliveries: Delivery[]): void {
    const released = this.#heldBack.filter((delivery) => deliveries.includes(delivery));
    this.#heldBack = this.#heldBack.filter((delivery) => !deliveries.includes(delivery));
    released.forEach((delivery) => {
      this.#enqueue(delivery);
    });
  }

  #enqueue(delivery: Delivery): void {
    this.#waiting.push(delivery);
    this.#drain();
  }

  #drain(): void {
    while (this.#sending < AT_ONCE && !this.#stop.signal.aborted) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#sending += 1;
      void this.#deliver(next).finally(() => {
        this.#sending -= 1;
        this.#drain();
      });
    }
  }

  async #deliver({ event, attempts }: Delivery): Promise<void> {
    const problem = await this.#post(event);
    if (this.#stop.signal.aborted) return;
    const now = Date.now() / 1000;
    if (problem === undefined || now - createdAt(event) > GIVE_UP_AFTER_S) {
      this.log(problem === undefined ? 'webhook delivered' : 'webhook given up', {
        event: event.id,
        type: event.type,
      });
      this.settle(event.id);
      this.#release(...this.#heldBack);
      return;
    }
    if (attempts === 0) this.log('webhook failed', { event: event.id, type: event.type, problem });
    const wait = Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);
    this.#later(wait, () => {
      this.#enqueue({ event, attempts: attempts + 1 });
    });
  }

  /** Why the endpoint did not accept the event, or undefined if it did. */
  async #post(event: WebhookEvent): Promise<string | undefined> {
    const body = JSON.stringify(event);
    const { secret, thinSecret = secret } = this.target;
    const signature = signatureHeader(body, isThin(event) ? thinSecret : secret, Math.floor(Date.now() / 1000));
    // Not `AbortSignal.any`: Node.js may garbage-collect a timeout that nothing else references (nodejs/node#57736).
    const attempt = new AbortController();
    const giveUp = () => {
      attempt.abort();
    };
    this.#stop.signal.addEventListener('abort', giveUp, { signal: attempt.signal });
    const timer = setTimeout(giveUp, TIMEOUT_MS);
    try {
      const response = await fetch(this.target.url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
        signal: attempt.signal,
      });
      await response.arrayBuffer();
      return response.ok ? undefined : `the endpoint answered ${String(response.status)}`;
    } catch (error) {
      return String(error instanceof Error && error.cause instanceof Error ? error.cause : error);
    } finally {
      clearTimeout(timer);
      giveUp();
    }
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }
}
