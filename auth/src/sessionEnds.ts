import { createHash } from 'node:crypto';
import { lifetimes, SESSION_LIFETIME, type NewEvent, type Role } from '@ticketing/common';
import { ended } from './domain/user';
import type { StoredSession } from './store';

/** A session's name in its tokens. */
export const sidOf = ({ name, _id }: StoredSession) => name ?? _id.toString();

/** The id under which the end of a session is stored that has a name alone: the same each time. */
export const idOfName = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 24);

/** The event that says that a session is over; undefined while it is not. */
export const endOf = (session: StoredSession): NewEvent | undefined => {
  const { userId, generation, endedAt } = session;
  return endedAt && ended({ userId, sid: sidOf(session), generation }, endedAt);
};

/** When a session that began then and is used now will expire. */
export function endBy(begun: Date, now: Date, role?: Role): Date {
  const whole = role ? lifetimes.supportSession : lifetimes.wholeSession;
  return new Date(Math.min(now.getTime() + SESSION_LIFETIME, begun.getTime() + whole));
}
