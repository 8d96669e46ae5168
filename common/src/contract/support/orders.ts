import { z } from 'zod';
import { requiredOneOf, text } from '../fields';
import { supportReason } from '../limits';
import { OrderBody } from '../sales';

/** Bodies of /api/orders/support: orders, their stories and claims, as the support desk sees them. */

const Time = z.iso.datetime();
const Id = z.string().regex(/^[0-9a-f]{24}$/);

/** A decision beyond the limits of one person, which waits for another. */
export const ProposalBody = z.object({ decision: z.enum(['refund', 'pay']), by: Id, reason: z.string(), at: Time });
export type ProposalBody = z.infer<typeof ProposalBody>;

/** GET /api/orders/support/orders/:id: an order with both its parties. Texts are null in lists. */
export const SupportOrderBody = OrderBody.omit({ pass: true, again: true }).extend({
  sellerId: Id,
  createdAt: Time,
  /** Its position among the orders of its ticket. */
  seq: z.int().positive(),
  readAt: Time.nullable(),
  usedAt: Time.nullable(),
  /** A decision that waits for a second person, otherwise null. */
  proposal: ProposalBody.nullable(),
  /** The support desk's decisions about it, oldest first. */
  decisions: z.array(z.object({ decision: z.enum(['refund', 'pay']), why: z.string(), by: z.string(), at: Time })),
});
export type SupportOrderBody = z.infer<typeof SupportOrderBody>;

/** GET /api/orders/support/orders/:id/story: an event of an order's story, in any service. */
export const StoryEntry = z.object({
  at: Time,
  /** Subject of the event, such as `order:completed`; `support:` and the action, if the support desk took one. */
  subject: z.string(),
  /** What changed, and its version then; for an action, the order and the entry's number in the audit log. */
  aggregateId: Id,
  version: z.int().min(0),
  trace: z.string(),
  /** The account that caused it, if one did. */
  by: z.string().nullable(),
  /** What differs from the previous event of the same document: texts, times, and amounts in major units. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type StoryEntry = z.infer<typeof StoryEntry>;

/** POST /api/orders/support/orders/:id/decide */
export const DecideInput = z.object({
  decision: requiredOneOf('decision', ['refund', 'pay']),
  reason: text('reason', supportReason),
});
export type DecideInput = z.output<typeof DecideInput>;

/** GET /api/orders/support/queue: what waits for the support desk, oldest first. */
export const OrderQueueBody = z.object({
  claims: z.array(SupportOrderBody),
  proposals: z.array(SupportOrderBody),
  /** How many events are parked in this service, counted up to a limit. */
  deadLetters: z.int().min(0),
});
export type OrderQueueBody = z.infer<typeof OrderQueueBody>;
