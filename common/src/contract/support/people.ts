import { z } from 'zod';
import { UserBody } from '../api';
import { text } from '../fields';
import { supportReason } from '../limits';
import { Role } from '../statuses';

/** Bodies of /api/users/support: accounts and messages, as the support desk sees them. */

const Time = z.iso.datetime();

/** GET /api/users/support/people: an account; actions on one respond with the result. */
export const PersonBody = UserBody.extend({
  name: z.string().nullable(),
  memberSince: Time,
  confirmedAt: Time.nullable(),
  pendingEmail: z.string().nullable(),
  /** Since when signing in takes two steps, otherwise null. */
  twoStepSince: Time.nullable(),
  role: Role.nullable(),
  /** Since when nobody can sign in to it and its owner is not paid; null if it is not frozen. */
  frozenAt: Time.nullable(),
  /** Number of live sessions. */
  sessions: z.int().min(0),
});
export type PersonBody = z.infer<typeof PersonBody>;

/** GET /api/users/support/messages: a message, without its text. */
export const MessageBody = z.object({
  id: z.string(),
  kind: z.string(),
  /** The recipient's account, or an address they gave. */
  to: z.string(),
  owedAt: Time,
  /** When the next try is due, otherwise null. */
  dueAt: Time.nullable(),
  sentAt: Time.nullable(),
  /** When it was parked, otherwise null. */
  parkedAt: Time.nullable(),
  /** Why its last try failed, otherwise null. */
  problem: z.string().nullable(),
});
export type MessageBody = z.infer<typeof MessageBody>;

/** GET /api/users/support/queue: what waits for the support desk, oldest first. */
export const PeopleQueueBody = z.object({
  /** Parked messages. */
  messages: z.array(MessageBody),
  deadLetters: z.int().min(0),
});
export type PeopleQueueBody = z.infer<typeof PeopleQueueBody>;

/** POST /api/users/support/messages/send */
export const SendAgainInput = z.object({ id: text('id', { max: 300 }), reason: text('reason', supportReason) });
export type SendAgainInput = z.output<typeof SendAgainInput>;
