import { normalEmail, OBJECT_ID } from '@ticketing/common';
import { alive, Messages, readUserByEmail, trusted, Users, type StoredMessage, type StoredUser } from './store';

/** What the support desk reads: never more than a page, by an index. */

const PAGE = 100;
/** The longest that an address may be (RFC 5321). */
const LONGEST = 254;
const MOST_PEOPLE = 20;

const people = (filter: object) => Users.find(filter, { outbox: 0 }).limit(MOST_PEOPLE).lean<StoredUser[]>();

/** The accounts that have an id or an address, in any form; or that had the address, or asked for it. */
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

/** The messages to an account, at its present address or another that they gave. */
export const messagesTo = (id: string, email: string | undefined) =>
  messages({ to: trusted({ $in: email === undefined ? [id] : [id, email] }) });

/** The messages about an order or an account: their ids begin with what they are about. */
export async function messagesAbout(id: string): Promise<StoredMessage[]> {
  const found = await Messages.find({ _id: trusted({ $gte: `${id}/`, $lt: `${id}0` }) }, { facts: 0, outbox: 0 })
    .sort({ _id: -1 })
    .limit(PAGE)
    .lean<StoredMessage[]>();
  return found.sort((one, other) => other.owedAt.getTime() - one.owedAt.getTime());
}

/** The messages that were given up, oldest first. */
export const messagesParked = () =>
  Messages.find({ parkedAt: trusted({ $exists: true }) }, { facts: 0, outbox: 0 })
    .sort({ parkedAt: 1 })
    .limit(PAGE)
    .lean<StoredMessage[]>();

export const readMessage = (id: string) => Messages.findById(id, { outbox: 0 }).lean<StoredMessage>();
