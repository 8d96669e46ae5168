import {
  isOutage,
  OBJECT_ID,
  Refusal,
  retryConflicts,
  type Cause,
  type Outbox,
  type Role,
  type Session,
  type SessionBody,
} from '@ticketing/common';
import type { ContinuedSession, Continued, Place } from './continued';
import { factorOf, type Proofs } from './domain/factors';
import { existing } from './domain/user';
import { Overtaken } from './sessionBounds';
import { close, closeAll, endBy, sidOf } from './sessionEnds';
import { readSessions } from './sessionStore';
import { sessionStarts, type SessionOwner } from './sessionStarts';
import * as store from './store';
import { Sessions } from './store';

const MINUTE = 60_000;
/** A token older than this is replaced, and its session's last use recorded. */
const RENEW_AFTER = 10 * MINUTE;

/** The sessions of accounts. An end takes effect at once in this process, and elsewhere through its event. */
export function createSessions(outbox: Outbox, now: () => Date) {
  const { open, forget, prepare, end, follow, isFull, endAll, endIfMany } = sessionStarts(outbox, now);
  const lastsUntil = (begun: Date, role?: Role) => endBy(begun, now(), role);

  /** Begins a session that replaces no other. */
  const add = (owner: SessionOwner, place: Place, proofs: Proofs, cause: Cause) =>
    prepare(owner, place, proofs).finish(undefined, cause);

  /** Remaining lifetime of a session's next token, in milliseconds: use does not extend a session forever. */
  const lifetimeOf = (sid: string, role?: Role) =>
    lastsUntil(store.newId(sid).getTimestamp(), role).getTime() - now().getTime();

  /**
   * When and how the owner of a session, which they are using, proved who they are; refuses one that is over, even if this
   * process has not heard of it yet.
   */
  async function proofsOf({ sid, generation }: Session, user: Pick<store.StoredUser, 'generation'>): Promise<Proofs> {
    const session = OBJECT_ID.test(sid) ? await Sessions.findById(sid, { proofs: 1, endedAt: 1 }).lean() : null;
    if (session?.endedAt || (user.generation ?? 0) !== generation) throw new Refusal('sign-in-first');
    // It may be about to outlast all others: no sign-in meanwhile takes it for the least recently used.
    if (session) await Sessions.updateOne({ _id: sid, endedAt: null }, { $set: { lastUsedAt: now() } });
    return session?.proofs ?? {};
  }

  /** Continues a session in its account's current generation; an unknown one starts over. */
  async function carryOn(session: Session, generation: number, place: Place, cause: Cause): Promise<ContinuedSession> {
    const { sid, userId, factor, role, isLeaving } = session;
    const openAnew = () => add({ userId, generation, isLeaving }, place, {}, cause);
    if (!OBJECT_ID.test(sid)) return openAnew();
    const goesOn = { sid, generation, factor, role, isLeaving, lifetime: lifetimeOf(sid, role) };
    if (session.generation === generation) return goesOn;
    const { matchedCount } = await Sessions.updateOne({ _id: sid, userId, endedAt: null }, { $set: { generation } });
    if (matchedCount > 0) return goesOn;
    await proofsOf({ ...session, generation }, { generation });
    return openAnew();
  }

  return {
    open,
    forget,
    prepare,
    carryOn,
    end,
    proofsOf,

    /**
     * Continues, under a new name, the session of someone who has proved their identity again: whoever has a copy of its
     * old cookie gains nothing from that.
     */
    async prove(session: Session, proofs: Proofs, place: Place, cause: Cause): Promise<ContinuedSession> {
      const { sid, generation, userId, factor, role, isLeaving } = session;
      if (!OBJECT_ID.test(sid)) return add({ userId, generation, isLeaving }, place, proofs, cause);
      // Counted before anything is written: if that fails, the old one goes on.
      const [known, isMany] = await Promise.all([proofsOf(session, { generation }), isFull(userId, generation, 1)]);
      const all = { ...known, ...proofs };
      const begun = store.newId(sid).getTimestamp();
      // The new one is stored first: a crash in between leaves the old one.
      const owner = { userId, generation, role, isLeaving };
      const next = await prepare(owner, place, all, begun, session).finish(undefined, cause);
      if (!(await close(outbox, session, now(), cause))) {
        await close(outbox, { ...session, ...next, issuedAt: now() }, now(), cause);
        throw new Refusal('sign-in-first');
      }
      // Unless making room has just ended all of them.
      const isDue = isMany && next.generation === generation;
      const key = isDue ? await follow(next, await endAll(userId, generation, cause)) : next;
      return { ...key, factor: factorOf(proofs) ?? factor, lifetime: lifetimeOf(sid, role) };
    },

    /**
     * Records, every few minutes, that a session is in use, which renews it. Undefined if there is nothing to do, null if
     * its time is up or its account is gone.
     */
    async renew(
      { sid, generation, factor, role, isLeaving, userId, issuedAt }: Session,
      network: string,
    ): Promise<Continued | undefined | null> {
      const at = now();
      if (at.getTime() - issuedAt.getTime() < RENEW_AFTER || !OBJECT_ID.test(sid)) return undefined;
      const expiresAt = lastsUntil(store.newId(sid).getTimestamp(), role);
      if (expiresAt <= at) return null;
      const alive = { _id: sid, userId, generation, endedAt: null };
      try {
        const [user, { matchedCount }] = await Promise.all([
          store.readAccount(userId),
          Sessions.updateOne(alive, { $set: { network, lastUsedAt: at, expiresAt } }),
        ]);
        if (!user) return null;
        if (matchedCount === 0) return undefined;
        const lifetime = expiresAt.getTime() - at.getTime();
        const session = { sid, generation, factor, role, isLeaving, lifetime };
        return { user: { id: userId, email: user.email }, session };
      } catch (error) {
        // Its token is still valid: it will be renewed later.
        if (isOutage(error)) return undefined;
        throw error;
      }
    },

    /** An account's sessions, most recently used first. */
    async list({ userId, sid }: Session): Promise<SessionBody[]> {
      const user = existing(await store.readAccount(userId));
      const alive = await readSessions(userId, user.generation ?? 0, now());
      return alive.map((session) => ({
        id: session._id.toString(),
        browser: session.browser,
        network: session.network,
        createdAt: session._id.getTimestamp().toISOString(),
        lastUsedAt: session.lastUsedAt.toISOString(),
        isCurrent: sidOf(session) === sid,
      }));
    },

    /** Ends one of an account's sessions by its id. Throws `Overtaken` if it has gone on in a later generation meanwhile. */
    async endOne(userId: string, id: string, cause: Cause) {
      const session = await Sessions.findOne({ _id: id, userId, endedAt: null }).lean();
      if (!session) throw new Refusal('session-not-found');
      const { generation, expiresAt } = session;
      const known = { userId, sid: id, generation, expiresAt, issuedAt: now() };
      const isOver = await close(outbox, known, now(), cause);
      if (!isOver && (await Sessions.exists({ _id: id, endedAt: null }))) throw new Overtaken();
      await endIfMany(userId, generation, cause);
    },

    /** Ends all of an account's sessions except one, which continues as returned: one that is over cannot end others. */
    async endOthers(session: Session, place: Place, cause: Cause): Promise<ContinuedSession> {
      const generation = await retryConflicts(async () => {
        const user = existing(await store.loadUser(session.userId));
        await proofsOf(session, user);
        return closeAll(outbox, user, now(), cause);
      });
      return carryOn(session, generation, place, cause);
    },
  };
}

export type AccountSessions = ReturnType<typeof createSessions>;
