import { z } from 'zod';

const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Time = z.iso.datetime();
/** Sessions of the account of a lower generation are over: nothing new begins in the others. */
const generation = z.int().nonnegative();

/** An account, as far as others need it: its address, and since when it is known to be its owner's. */
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
 * Someone who wants their account deleted, and with whom a service is done. It tells so once the service before it did:
 * tickets, orders, payments. What is done stays done, since nothing new begins for them.
 */
export const LeaverData = z.object({ id: Id, since: Time, generation });
export type LeaverData = z.infer<typeof LeaverData>;

/** A deleted account. No event follows: its id is never used again. */
export const DeletedData = z.object({ id: Id, deletedAt: Time });
export type DeletedData = z.infer<typeof DeletedData>;
