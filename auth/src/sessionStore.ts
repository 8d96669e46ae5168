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

/** Maximum live sessions of an account: beyond that, a sign-in ends the least recently used one. */
const MAX_ALIVE = 100;

/** As much of a session as its end needs. */
export type OldSession = Pick<StoredSession, '_id' | 'generation' | 'endedAt'>;

/** An account's sessions, live or ended, beyond those for which there is room beside one; never any of `but`. */
export const readOldestSessions = (userId: string, but: string[]) =>
  Sessions.collection
    .find({ userId, _id: { $nin: but.map(newId) } }, { projection: { generation: 1, endedAt: 1 } })
    .sort({ lastUsedAt: -1 })
    .skip(MAX_ALIVE - 1)
    .limit(MAX_LISTED)
    .toArray() as Promise<OldSession[]>;

export async function forgetSession(sid: string) {
  await Sessions.collection.deleteOne({ _id: newId(sid) });
}

/** Deletes those of the sessions that are of a former generation: one may have been moved since it was read. */
export async function forgetFormer(sessions: OldSession[], generation: number) {
  const _id = { $in: sessions.map(({ _id }) => _id) };
  await Sessions.collection.deleteMany({ _id, generation: { $lt: generation } });
}

/** How many sessions of an account were ended one by one and may still have valid tokens, counted up to a limit. */
export const countEnded = (userId: string, generation: number, limit: number) =>
  Sessions.collection.countDocuments({ userId, generation, endedAt: { $ne: null } }, { limit });

/** How many live sessions an account has, counted up to a limit. */
export const countAlive = (userId: string, generation: number, now: Date) =>
  Sessions.collection.countDocuments(alive(userId, generation, now), { limit: MAX_LISTED });
