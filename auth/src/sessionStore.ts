import { newId, Sessions, type StoredSession } from './store';

/** Queries on an account's sessions, on the native collection. */

const MAX_LISTED = 100;

/** Stores a new session. Not by the outbox: it has no events, and someone waits for it rather than for a batch. */
export async function insertSession(session: Omit<StoredSession, 'version' | 'outbox'>) {
  await Sessions.collection.insertOne({ ...session, version: 0, outbox: [] });
}

const alive = (userId: string, generation: number, now: Date) => ({
  userId,
  generation,
  endedAt: null,
  expiresAt: { $gt: now },
});

/** An account's live sessions, most recently used first. */
export const readSessions = (userId: string, generation: number, now: Date) =>
  Sessions.collection
    .find(alive(userId, generation, now))
    .sort({ lastUsedAt: -1 })
    .limit(MAX_LISTED)
    .toArray() as Promise<StoredSession[]>;

/** Maximum live sessions of an account: beyond that, a sign-in ends the least recently used one. */
const MAX_ALIVE = 100;

/** As much of a session as its end needs. */
export type OldSession = Pick<StoredSession, '_id' | 'generation' | 'endedAt' | 'lastUsedAt'>;

/** An account's sessions, live or ended, beyond those for which there is room beside one; never any of `but`. */
const readOldest = (userId: string, but: string[]) =>
  Sessions.collection
    .find({ userId, _id: { $nin: but.map(newId) } }, { projection: { generation: 1, endedAt: 1, lastUsedAt: 1 } })
    .sort({ lastUsedAt: -1 })
    .skip(MAX_ALIVE - 1)
    .limit(MAX_LISTED)
    .toArray() as Promise<OldSession[]>;

export async function forgetSession(sid: string) {
  await Sessions.collection.deleteOne({ _id: newId(sid) });
}

/** The same of its current generation. Those of former ones are deleted: they are over. */
export async function readOldestSessions(userId: string, generation: number, but: string[]): Promise<OldSession[]> {
  const oldest = await readOldest(userId, but);
  const former = oldest.filter((session) => session.generation < generation).map(({ _id }) => _id);
  // One may have been moved since it was read.
  if (former.length > 0)
    await Sessions.collection.deleteMany({ _id: { $in: former }, generation: { $lt: generation } });
  return oldest.filter((session) => session.generation === generation);
}

/** How many sessions of an account were ended one by one and may still have valid tokens, counted up to a limit. */
export const countEnded = (userId: string, generation: number, limit: number) =>
  Sessions.collection.countDocuments({ userId, generation, endedAt: { $ne: null } }, { limit });

/** How many live sessions an account has, counted up to a limit. */
export const countAlive = (userId: string, generation: number, now: Date) =>
  Sessions.collection.countDocuments(alive(userId, generation, now), { limit: MAX_LISTED });
