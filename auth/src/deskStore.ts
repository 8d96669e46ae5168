import { normalEmail, OBJECT_ID } from '@ticketing/common';
import { alive, Messages, readUserByEmail, trusted, Users, type StoredMessage, type StoredUser } from './store';

/** The support desk's queries: never more than a page, each on an index. */

const PAGE = 100;
/** Maximum length of an address (RFC 5321). */
const LONGEST = 254;
const MOST_PEOPLE = 20;

const people = (filter: object) => Users.find(filter, { outbox: 0 }).limit(MOST_PEOPLE).lean<StoredUser[]>();

/** Accounts by id, or by a current, former or pending address in any form. */
export async function findPeople(q: string): Promise<StoredUser[]> {
  if (OBJECT_ID.test(q)) return people(alive(q));
  const email = q.length <= LONGEST ? normalEmail(q) : undefined;
  if (email === undefined) return [];
  const [owner, others] = await Promise.all([
    readUserByEmail(q),
    people({ $or: [{ pendingEmail: email }, { 'formerEmails.email': email }] }),
  ]);
  return [...(owner ? [owner] : []), ...others.filter(({ _id }) => !owner?._id.equals(_id))];
}

/** The accounts with a role. */
export const readStaff = () => Users.find({ role: 'support' }, { email: 1, twoStepSince: 1 }).lean<StoredUser[]>();

const messages = (filter: object) =>
  Messages.find(filter, { facts: 0, outbox: 0 }).sort({ owedAt: -1 }).limit(PAGE).lean<StoredMessage[]>();

/** Messages to an account, at its current address or another one they gave. */
export const messagesTo = (id: string, email: string | undefined) =>
  messages({ to: trusted({ $in: email === undefined ? [id] : [id, email] }) });

/** The messages about an order or an account: their ids begin with the id of what they are about. */
export async function messagesAbout(id: string): Promise<StoredMessage[]> {
  const found = await Messages.find({ _id: trusted({ $gte: `${id}/`, $lt: `${id}0` }) }, { facts: 0, outbox: 0 })
    .sort({ _id: -1 })
    .limit(PAGE)
    .lean<StoredMessage[]>();
  return found.sort((one, other) => other.owedAt.getTime() - one.owedAt.getTime());
}

/** Parked messages, oldest first. */
export const messagesParked = () =>
  Messages.find({ parkedAt: trusted({ $exists: true }) }, { facts: 0, outbox: 0 })
    .sort({ parkedAt: 1 })
    .limit(PAGE)
    .lean<StoredMessage[]>();

export const readMessage = (id: string) => Messages.findById(id, { outbox: 0 }).lean<StoredMessage>();

/** Whether all of an account's events have been published. */
export const isTold = async (_id: StoredUser['_id']) =>
  !(await Users.exists({ _id, 'outbox.0': trusted({ $exists: true }) }));
