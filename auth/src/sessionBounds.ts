import { Refusal, retryConflicts, type Cause, type Outbox } from '@ticketing/common';
import { ended, existing } from './domain/user';
import { closeAll } from './sessionEnds';
import { countEnded, readOldestSessions, type OldSession } from './sessionStore';
import { loadUser, Sessions } from './store';

/** Sessions an account may end one by one while their tokens live; beyond that all of its sessions end. */
const MAX_ENDED = 50;

/** A session would have begun just as all of its account's were ended. For the client, like any moment of outage. */
export class Overtaken extends Refusal<'unavailable'> {
  constructor() {
    super('unavailable', { retryAfter: 1 });
  }
}

/** Sessions to be ended, or, if those are too many, all of their account's. */
export interface Surplus {
  alive: OldSession[];
  isMany: boolean;
}

/** Bounds the stored sessions of an account, however often its owner signs in. */
export function sessionBounds(outbox: Outbox, now: () => Date) {
  /** Ends all sessions of an account; null if that was done meanwhile: a second time would end newer ones. */
  const endAll = (userId: string, generation: number, cause: Cause): Promise<number | null> =>
    retryConflicts(async () => {
      const user = existing(await loadUser(userId));
      if ((user.generation ?? 0) !== generation) return null;
      return closeAll(outbox, user, now(), cause);
    });

  /** Whether too many of an account's sessions were ended individually, or will be with so many more. */
  const isFull = async (userId: string, generation: number, more = 0) =>
    (await countEnded(userId, generation, MAX_ENDED + 1)) + more > MAX_ENDED;

  /**
   * Ends all sessions of an account once too many were ended individually.
   * @param more how many more would be
   * @returns its new generation, if it did; null if they had been ended meanwhile
   */
  async function endIfMany(
    userId: string,
    generation: number,
    cause: Cause,
    more = 0,
  ): Promise<number | null | undefined> {
    return (await isFull(userId, generation, more)) ? endAll(userId, generation, cause) : undefined;
  }

  return {
    isFull,
    endAll,
    endIfMany,

    /**
     * Reads which of an account's sessions have no room beside a new one, and whether ending them would be too many.
     * @param but never among them
     * @param more how many of those will be ended as well
     */
    async findSurplus(userId: string, generation: number, but: string[], more = 0): Promise<Surplus> {
      const oldest = await readOldestSessions(userId, generation, but);
      const alive = oldest.filter(({ endedAt }) => !endedAt);
      return { alive, isMany: oldest.length > 0 && (await isFull(userId, generation, alive.length + more)) };
    },

    /**
     * Ends those of an account's sessions for which there is no room.
     * @returns the account's new generation, if that ended all of its sessions; null if they had been ended meanwhile
     */
    async makeRoom(
      { alive, isMany }: Surplus,
      userId: string,
      generation: number,
      cause: Cause,
    ): Promise<number | null | undefined> {
      if (isMany) return endAll(userId, generation, cause);
      if (alive.length === 0) return undefined;
      const endedAt = now();
      const endOf = (sid: string) => ended({ userId, sid, generation }, endedAt);
      // A session ended in the meantime has a later version; one that goes on, a later generation; one in use, a later time.
      const end = { version: 0, set: { endedAt }, cause };
      await outbox.commitAll(
        Sessions,
        alive.map(({ _id, lastUsedAt }) => ({
          ...{ ...end, _id, where: { generation, lastUsedAt }, events: [endOf(_id.toString())] },
        })),
      );
      // Others may have ended since these were read.
      return endIfMany(userId, generation, cause);
    },
  };
}
