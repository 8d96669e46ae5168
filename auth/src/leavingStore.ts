import { lasting } from '@ticketing/common';
import type { AddressHash } from './counted';
import { Counts, Links, Messages, Sessions, Users, type loadUser, type StoredUser } from './store';

type Loaded = NonNullable<Awaited<ReturnType<typeof loadUser>>>;

/** Queries and updates for deleting accounts. */

/** What remains of a deleted account: its id is never reused, and its sessions are never accepted. */
const KEPT = ['_id', 'version', 'outbox', 'generation', 'sessionsEndedAt'];

/** Empties an account's document, which frees its address. */
export function empty(user: Loaded, deletedAt: Date) {
  for (const path of Object.keys(Users.schema.paths)) if (!KEPT.includes(path)) user.set(path, undefined);
  // No address is like this, and no password has this hash.
  user.set({ deletedAt, leavingToldAt: deletedAt, email: `deleted:${user.id as string}`, passwordHash: 'none' });
}

/** The confirmed addresses of an account: others may be someone else's. */
export const addressesOf = ({ email, confirmedAt, formerEmails = [] }: StoredUser, now: Date): string[] => [
  ...(confirmedAt ? [email] : []),
  ...formerEmails.filter(({ until }) => until > now).map((former) => former.email),
];

/**
 * Erases what is stored under an account's addresses: requested messages and, for addresses known to be its own, counted
 * failures. While an account has an address, nobody else is sent messages there.
 */
export async function eraseByAddress(email: string, addresses: string[], hashOf: AddressHash) {
  await Messages.collection.deleteMany({ to: { $in: [email, ...addresses] } });
  if (addresses.length === 0) return;
  const ofAddress = addresses.map(hashOf).flatMap((address) => [
    { key: { $in: [`account:${address}`, `forgotten:${address}`] } },
    // Followed by a network.
    { key: { $gt: `account-here:${address} `, $lt: `account-here:${address}!` } },
  ]);
  await Counts.collection.deleteMany({ $or: ofAddress });
}

/** Erases what is stored under an account's id. */
export async function eraseById(id: string) {
  for (const { collection } of [Sessions, Links]) await collection.deleteMany({ userId: id });
  await Messages.deleteMany({ to: id });
}

/**
 * The ids of leavers, and of deleted accounts, last published before a time, as a majority knows them. Not those with
 * unsent events: during a long outage they would become ever more.
 */
export async function findUntold(before: Date, limit: number): Promise<string[]> {
  const due = { leavingToldAt: { $type: 'date', $lte: before }, 'outbox.0': { $exists: false } };
  const found = await Users.collection.find(due, { ...lasting, projection: { _id: 1 }, limit }).toArray();
  return found.map(({ _id }) => _id.toString());
}
