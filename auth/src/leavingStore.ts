import { lasting } from '@ticketing/common';
import { Counts, Links, Messages, Sessions, Users, type loadUser, type StoredUser } from './store';

type Loaded = NonNullable<Awaited<ReturnType<typeof loadUser>>>;

/** What is read, written and erased of accounts that are deleted. */

/** What is left of one: its id is never used again, and nobody who was signed in to it is let in. */
const KEPT = ['_id', 'version', 'outbox', 'generation', 'sessionsEndedAt'];

/** Empties an account's document; the address is free for another one. */
export function empty(user: Loaded, deletedAt: Date) {
  for (const path of Object.keys(Users.schema.paths)) if (!KEPT.includes(path)) user.set(path, undefined);
  // No address is like this, and no password has this hash.
  user.set({ deletedAt, email: `deleted:${user.id as string}`, passwordHash: 'none' });
}

/** The addresses that are known to be an account's: others may be somebody else's. */
export const addressesOf = ({ email, confirmedAt, formerEmails = [] }: StoredUser, now: Date): string[] => [
  ...(confirmedAt ? [email] : []),
  ...formerEmails.filter(({ until }) => until > now).map((former) => former.email),
];

/**
 * Erases what was kept by an account's addresses: messages that were asked for, and, of those that are known to be its
 * own, counted failures. While an account has an address, no other one is sent anything there.
 */
export async function eraseByAddress(email: string, addresses: string[]) {
  await Messages.collection.deleteMany({ to: { $in: [email, ...addresses] } });
  if (addresses.length === 0) return;
  const ofAddress = addresses.flatMap((address) => [
    { key: { $in: [`account:${address}`, `forgotten:${address}`] } },
    // With a network behind it.
    { key: { $gt: `account-here:${address} `, $lt: `account-here:${address}!` } },
  ]);
  await Counts.collection.deleteMany({ $or: ofAddress });
}

/** Erases what was kept by an account's id. */
export async function eraseById(id: string) {
  for (const { collection } of [Sessions, Links]) await collection.deleteMany({ userId: id });
  await Messages.deleteMany({ to: id });
}

/** The ids of those who leave and were last told of before a time, by what a majority has. */
export async function findUntold(before: Date, limit: number): Promise<string[]> {
  const due = { leavingToldAt: { $type: 'date', $lte: before } };
  const found = await Users.collection.find(due, { ...lasting, projection: { _id: 1 }, limit }).toArray();
  return found.map(({ _id }) => _id.toString());
}
