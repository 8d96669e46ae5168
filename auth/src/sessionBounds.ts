import { retryConflicts, type Cause, type Outbox } from '@ticketing/common';
import { ended, endSessions, existing } from './domain/user';
import { countEnded, forgetSessions, readOldestSessions } from './sessionStore';
import { loadUser, Sessions } from './store';

/** Sessions an account may end one by one while their tokens live; beyond that all of its sessions end. */
const MAX_ENDED = 50;
/** Maximum live sessions of an account: beyond that, a sign-in ends the least recently used one. */
const MAX_ALIVE = 100;

/** Bounds the stored sessions of an account, however often its owner signs in. */
export function sessionBounds(outbox: Outbox, now: () => Date) {
  /** Ends all sessions of an account, unless that was done meanwhile: a second time would end newer ones. */
  const endAll = (userId: string, generation: number, cause: Cause): Promise<number | undefined> =>
    retryConflicts(async () => {
      const user = existing(await loadUser(userId));
      if ((user.generation ?? 0) !== generation) return undefined;
      await outbox.commit(user, endSessions(user, userId, now()), cause);
      return user.generation;
    });

  /**
   * Ends all sessions of an account once too many were ended individually.
   * @returns its new generation, if it did
   */
  async function endIfMany(userId: string, generation: number, cause: Cause): Promise<number | undefined> {
    const count = await countEnded(userId, generation, MAX_ENDED + 1);
    return count > MAX_ENDED ? endAll(userId, generation, cause) : undefined;
  }

  return {
    endIfMany,

    /**
     * Ends an account's excess sessions after a new one, never that one, and deletes those of former
     * generations.
     * @returns the account's new generation, if that ended all of its sessions
     */
    async makeRoom(sid: string, userId: string, generation: number, cause: Cause): Promise<number | undefined> {
      const rest = await readOldestSessions(userId, sid, MAX_ALIVE - 1);
      const over = rest.filter((session) => session.generation < generation);
      if (over.length > 0) await forgetSessions(over);
      const alive = rest.filter((session) => session.generation === generation && !session.endedAt);
      if (alive.length === 0) return undefined;
      const endedAt = now();
      const endOf = (sid: string) => ended({ userId, sid, generation }, endedAt);
      // A session ended in the meantime has a later version.
      await outbox.commitAll(
        Sessions,
        alive.map(({ _id }) => ({ _id, version: 0, set: { endedAt }, events: [endOf(_id.toString())], cause })),
      );
      return endIfMany(userId, generation, cause);
    },
  };
}
