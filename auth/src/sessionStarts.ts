import { OBJECT_ID, type Cause, type Outbox, type Session } from '@ticketing/common';
import type { ContinuedSession, Place } from './continued';
import { factorOf, type Proofs } from './domain/factors';
import { Overtaken, sessionBounds } from './sessionBounds';
import { close, endBy } from './sessionEnds';
import { forgetSession, insertSession } from './sessionStore';
import { newIdOf, Sessions } from './store';

/** A session's account and generation, and the other claims of its tokens. */
export type SessionOwner = Pick<Session, 'userId' | 'generation' | 'role' | 'isLeaving'>;

/** A session that is being stored. Nobody has it before it is finished. */
export interface Prepared {
  /**
   * Begins it, replacing the one, if any, that the request came with. Throws `Overtaken` if anything else has ended it, or
   * all of the account's sessions, meanwhile. If this fails, it is deleted.
   */
  finish(former: Session | undefined, cause: Cause): Promise<ContinuedSession>;
  /** Deletes it. */
  discard(): Promise<void>;
}

/** How sessions begin. */
export function sessionStarts(outbox: Outbox, now: () => Date) {
  const bounds = sessionBounds(outbox, now);

  /** Begins a session for someone who has just proved who they are; its id tells when it began. */
  async function open(owner: SessionOwner, place: Place, proofs: Proofs, _id = newIdOf(now())) {
    const { userId, generation, role, isLeaving } = owner;
    const [lastUsedAt, { network, browser }] = [now(), place];
    const times = { lastUsedAt, expiresAt: endBy(_id.getTimestamp(), now(), role), proofs };
    await insertSession({ _id, userId, generation, browser, network, ...times });
    const lifetime = role && times.expiresAt.getTime() - lastUsedAt.getTime();
    return { sid: _id.toString(), generation, factor: factorOf(proofs), role, isLeaving, lifetime };
  }

  /** Deletes the session of someone who was not let in after all. */
  const forget = ({ sid }: Pick<ContinuedSession, 'sid'>) => forgetSession(sid);

  /**
   * Ends one session. Idempotent.
   * @returns the account's new generation, if that ended all of its sessions; null if they had been ended meanwhile
   */
  async function end(session: Session, cause: Cause): Promise<number | null | undefined> {
    await close(outbox, session, now(), cause);
    return bounds.endIfMany(session.userId, session.generation, cause);
  }

  /** Ends the session that another one replaces, or all, as above, but by a single write: if this fails, it goes on. */
  async function replace(session: Session, cause: Cause): Promise<number | null | undefined> {
    const raised = await bounds.endIfMany(session.userId, session.generation, cause, 1);
    if (raised === undefined) await close(outbox, session, now(), cause);
    return raised;
  }

  /**
   * Moves a session to the generation that was raised here, unless it has ended by itself; any other raise ends it.
   * Whoever begins it is told of either.
   */
  async function follow(key: ContinuedSession, raised: number | null | undefined): Promise<ContinuedSession> {
    if (raised === null) throw new Overtaken();
    if (raised !== key.generation + 1) return key;
    const { matchedCount } = await Sessions.updateOne(
      { _id: key.sid, endedAt: null },
      { $set: { generation: raised } },
    );
    if (matchedCount === 0) throw new Overtaken();
    return { ...key, generation: raised };
  }

  /**
   * Stores a session of an account that may have many.
   * @param begun when it began
   * @param replaced the session that it will replace: it is not ended for want of room
   */
  function prepare(owner: SessionOwner, place: Place, proofs: Proofs, begun = now(), replaced?: Session): Prepared {
    const { userId } = owner;
    const _id = newIdOf(begun);
    const sid = _id.toString();
    const but = [sid, replaced?.sid ?? ''].filter((one) => OBJECT_ID.test(one));
    const opened = open(owner, place, proofs, _id);
    const more = replaced?.userId === userId ? 1 : 0;
    const stored = Promise.all([opened, bounds.findSurplus(userId, owner.generation, but, more)]);
    // Whoever finishes it hears of its failure.
    stored.catch(() => undefined);
    // Though storing it failed, it may have been written.
    const discard = () => opened.catch(() => undefined).then(() => forgetSession(sid));
    return {
      async finish(former, cause) {
        try {
          const [key, surplus] = await stored;
          const own = await follow(key, await bounds.makeRoom(surplus, userId, key.generation, cause));
          // Last: whatever fails before leaves the former one.
          const raised = former && (await replace(former, cause));
          const isOwn = former?.userId === userId && former.generation === own.generation;
          return isOwn ? await follow(own, raised) : own;
        } catch (error) {
          // In an outage that takes long: the caller does not wait for it.
          discard().catch(() => undefined);
          throw error;
        }
      },
      discard,
    };
  }

  return { open, forget, prepare, end, follow, ...bounds };
}
