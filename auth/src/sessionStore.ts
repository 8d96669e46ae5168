import { Sessions, trusted, type StoredSession } from './store';

const MAX_LISTED = 100;

const alive = (userId: string, generation: number, now: Date) => ({
  userId,
  generation,
  endedAt: null,
  expiresAt: trusted({ $gt: now }),
});

/** An account's sessions that are alive, the last used first. */
export const readSessions = (userId: string, generation: number, now: Date) =>
  Sessions.find(alive(userId, generation, now))
    .sort({ lastUsedAt: -1 })
    .limit(MAX_LISTED)
    .lean<StoredSession[]>();

/** How many sessions of an account were ended one by one and may still have tokens, counted up to a limit. */
export const countEnded = (userId: string, generation: number, limit: number) =>
  Sessions.countDocuments({ userId, generation, endedAt: trusted({ $ne: null }) }, { limit });

/** How many sessions of an account are alive, counted up to a limit. */
export const countAlive = (userId: string, generation: number, now: Date) =>
  Sessions.countDocuments(alive(userId, generation, now), { limit: MAX_LISTED });
