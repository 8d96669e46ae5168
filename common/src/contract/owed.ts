import { z } from 'zod';

const Time = z.iso.datetime();

/**
 * A message that auth owes to someone for what it did itself: told with that change, so that neither is lost. The kinds,
 * and what their facts are, only auth knows.
 */
export const OwedData = z.object({
  kind: z.string().min(1),
  about: z.string().min(1),
  to: z.string().min(1),
  at: Time,
  facts: z.record(z.string(), z.unknown()),
});
export type OwedData = z.infer<typeof OwedData>;

/** A message was sent, or given up: one of the two times is there. */
export const MessageSentData = z.object({
  /** The message's own id. */
  id: z.string(),
  kind: z.string(),
  /** What it is about, such as an order's id. */
  about: z.string(),
  /** The account it is for. */
  to: z.string().regex(/^[0-9a-f]{24}$/),
  sentAt: Time.nullable().default(null),
  /** When it was given up. */
  parkedAt: Time.nullable().default(null),
  /** Why it could not be sent, otherwise null. */
  problem: z.string().nullable().default(null),
});
export type MessageSentData = z.infer<typeof MessageSentData>;
