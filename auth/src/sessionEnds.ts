import { createHash } from 'node:crypto';
import {
  isDuplicateKey,
  lifetimes,
  OBJECT_ID,
  SESSION_LIFETIME,
  type Cause,
  type NewEvent,
  type Outbox,
  type Role,
  type Session,
} from '@ticketing/common';
import { ended, endSessions } from './domain/user';
import { newId, Sessions, type loadUser, type StoredSession } from './store';

type Loaded = NonNullable<Awaited<ReturnType<typeof loadUser>>>;

/** A session's name in its tokens. */
export const sidOf = ({ name, _id }: StoredSession) => name ?? _id.toString();

/** The id under which the end of a session known only by name is stored: always the same. */
const idOfName = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 24);

/** The event that a session is over; undefined while it is not. */
export const endOf = (session: StoredSession): NewEvent | undefined => {
  const { userId, generation, endedAt } = session;
  return endedAt && ended({ userId, sid: sidOf(session), generation }, endedAt);
};

/** When a session that began then and is used now expires. */
export function endBy(begun: Date, now: Date, role?: Role): Date {
  const whole = role ? lifetimes.supportSession : lifetimes.wholeSession;
  return new Date(Math.min(now.getTime() + SESSION_LIFETIME, begun.getTime() + whole));
}

/** Ends all sessions of an account. Returns its new generation. */
export async function closeAll(outbox: Outbox, user: Loaded, now: Date, cause: Cause): Promise<number> {
  await outbox.commit(user, endSessions(user, user.id as string, now), cause);
  return user.generation ?? 0;
}

/**
 * Stores the end of one session, even of a token of an earlier version or of a lost session. One that goes on in a later
 * generation is left alone: its end in this one would mean nothing to its newer tokens.
 * @returns whether it was still live
 */
export async function close(outbox: Outbox, session: Session, endedAt: Date, cause: Cause): Promise<boolean> {
  const { sid, generation, userId, expiresAt } = session;
  const isKnown = OBJECT_ID.test(sid);
  const events = [ended({ userId, sid, generation }, endedAt)];
  const _id = newId(isKnown ? sid : idOfName(sid));
  const where = { generation: { $lte: generation } };
  const change = { _id, version: 0, where, set: { endedAt }, events, cause };
  if (isKnown && (await outbox.commitAll(Sessions, [change])).length === 0) return true;
  const unused = { browser: null, network: '', lastUsedAt: endedAt, ...(!isKnown && { name: sid }) };
  const stored = { _id, userId, generation, endedAt, expiresAt, ...unused };
  try {
    await outbox.insert(Sessions, stored, events, cause);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
