import { newId, Sessions, type StoredSession } from './store';

/** Queries on an account's sessions, on the native collection. */

const MAX_LISTED = 100;

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

/** An account's sessions other than `sid`, live or ended, except the given number of most recently used ones. */
export const readOldestSessions = (userId: string, sid: string, butFor: number) =>
  Sessions.collection
    .find({ userId, _id: { $ne: newId(sid) } }, { projection: { generation: 1, endedAt: 1 } })
    .sort({ lastUsedAt: -1 })
    .skip(butFor)
    .limit(MAX_LISTED)
    .toArray() as Promise<Pick<StoredSession, '_id' | 'generation' | 'endedAt'>[]>;

export async function forgetSessions(sessions: Pick<StoredSession, '_id'>[]) {
  await Sessions.collection.deleteMany({ _id: { $in: sessions.map(({ _id }) => _id) } });
}

/** How many sessions of an account were ended one by one and may still have valid tokens, counted up to a limit. */
export const countEnded = (userId: string, generation: number, limit: number) =>
  Sessions.collection.countDocuments({ userId, generation, endedAt: { $ne: null } }, { limit });

/** How many live sessions an account has, counted up to a limit. */
export const countAlive = (userId: string, generation: number, now: Date) =>
  Sessions.collection.countDocuments(alive(userId, generation, now), { limit: MAX_LISTED });
