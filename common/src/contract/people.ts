import { z } from 'zod';

const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Time = z.iso.datetime();
/** The account's sessions of a lower generation have ended; the others can start nothing new. */
const generation = z.int().nonnegative();

/** An account, as far as others need it: its address, and since when that is confirmed. */
export const UserData = z.object({
  id: Id,
  email: z.string(),
  confirmedAt: Time.nullish(),
  /** Since when it is frozen: nobody can sign in to it, and its owner is not paid. */
  frozenAt: Time.nullish(),
  /** Since when its owner wants it deleted; missing while they do not. */
  leaving: z.object({ since: Time, generation }).nullish(),
});
export type UserData = z.infer<typeof UserData>;

/**
 * Someone who wants their account deleted, and with whom a service is done. Each one waits for the one before it:
 * tickets, orders, payments. Done is final, since they can start nothing new.
 */
export const LeaverData = z.object({ id: Id, since: Time, generation });
export type LeaverData = z.infer<typeof LeaverData>;

/** A deleted account. No event follows: its id is never used again. */
export const DeletedData = z.object({ id: Id, deletedAt: Time });
export type DeletedData = z.infer<typeof DeletedData>;
