import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const REQUEST_FAULTS = [
  ...(['lose-request', 'lose-answer', 'slow'] as const),
  ...(['error-400', 'error-403', 'error-409', 'error-429', 'error-500'] as const),
] as const;
const WEBHOOK_FAULTS = ['lost', 'doubled', 'reordered', 'delayed'] as const;

/** How many more calls it affects, and how long it delays them, if it does. */
const limits = {
  times: z.int().min(1).default(1),
  delayMs: z.int().min(0).max(600_000).default(1000),
};

const requestFault = z.strictObject({
  ...limits,
  kind: z.enum(REQUEST_FAULTS),
  method: z.enum(['GET', 'POST']).optional(),
  // A `*` matches any one segment; without a path, every request matches.
  path: z.string().startsWith('/').optional(),
  /** `slow` and `error-500`: before or after the effect. */
  when: z.enum(['before', 'after']).default('before'),
});

const webhookFault = z.strictObject({
  ...limits,
  kind: z.enum(WEBHOOK_FAULTS),
  /** The event type; without one, every event matches. */
  event: z.string().optional(),
});

const faultParams = z.union([requestFault, webhookFault], {
  error:
    `A fault has a kind, one of ${[...REQUEST_FAULTS, ...WEBHOOK_FAULTS].join(', ')}; for requests method, path and ` +
    'when (before, after); for webhooks event; for both times and delayMs',
});

export type RequestFault = z.infer<typeof requestFault>;
export type WebhookFault = z.infer<typeof webhookFault>;
type Fault = (RequestFault | WebhookFault) & { id: string };

/** The faults not yet used up. They do not survive a restart. */
export class Faults {
  #armed: Fault[] = [];

  /** @throws ZodError if `order` is not a valid fault */
  arm(order: unknown): Fault {
    const fault = { ...faultParams.parse(order), id: randomUUID() };
    this.#armed.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#armed;
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that matches this request, if any; uses it up once. */
  takeForRequest(method: string, path: string): RequestFault | undefined {
    return this.#take((fault): fault is RequestFault & Fault => {
      if (!isRequestFault(fault)) return false;
      return (fault.method ?? method) === method && pathMatches(fault.path, path);
    });
  }

  /** The fault that matches this event's webhook, if any; uses it up once. */
  takeForEvent(type: string): WebhookFault | undefined {
    return this.#take((fault): fault is WebhookFault & Fault => {
      return !isRequestFault(fault) && (fault.event ?? type) === type;
    });
  }

  #take<T extends Fault>(strikes: (fault: Fault) => fault is T): T | undefined {
    const fault = this.#armed.find(strikes);
    if (!fault) return undefined;
    fault.times -= 1;
    this.#armed = this.#armed.filter(({ times }) => times > 0);
    return fault;
  }
}

function isRequestFault(fault: Fault): fault is RequestFault & Fault {
  return REQUEST_FAULTS.some((kind) => kind === fault.kind);
}

function pathMatches(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true;
  const segments = path.split('/');
  const wanted = pattern.split('/');
  return wanted.length === segments.length && wanted.every((want, at) => want === '*' || want === segments[at]);
}
