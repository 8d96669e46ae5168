import { z } from 'zod';

const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Time = z.iso.datetime();

/**
 * A message that auth owes to someone for a change of its own: committed with it, so that neither is lost. The kinds,
 * and their facts, are known only to auth.
 */
export const OwedData = z.object({
  kind: z.string().min(1),
  about: z.string().min(1),
  to: z.string().min(1),
  at: z.iso.datetime(),
  facts: z.record(z.string(), z.unknown()),
});
export type OwedData = z.infer<typeof OwedData>;

/** What became of a message about an order: it was sent or given up on; the later event counts. */
export const MessageData = z.object({
  /** Unique among messages; the event's `aggregateId` is derived from it. */
  id: z.string(),
  kind: z.string(),
  /** The order. */
  about: Id,
  /** The account of its recipient. */
  to: Id,
  sentAt: Time.nullable(),
  parkedAt: Time.nullable(),
  /** Why it could not be sent, without addresses; null if it was. */
  problem: z.string().nullable(),
});
export type MessageData = z.infer<typeof MessageData>;
