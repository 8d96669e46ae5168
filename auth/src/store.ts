import { aggregate, countsIn, type Aggregate, type Limiter, type NewEvent, type UserData } from '@ticketing/common';
import { domainToUnicode } from 'node:url';
import { model, Schema, trusted, Types } from 'mongoose';
import { normalise, type User } from './domain/user';

export type StoredUser = User & Aggregate;

const userSchema = new Schema<StoredUser>({
  email: { type: String, required: true },
  passwordHash: { type: String, required: true },
  name: { type: String, default: null },
});
userSchema.plugin(aggregate);
userSchema.index({ email: 1 }, { unique: true });

export const Users = model('User', userSchema);

export const newId = () => new Types.ObjectId();

export const loadUser = (id: string) => Users.findById(id);

/** What everybody may know of an account. */
export const readPublic = (id: string) => Users.findById(id, { name: 1 }).lean<Pick<StoredUser, '_id' | 'name'>>();

/** Forms an address may have in very old accounts, besides the normal one. */
function oldForms(email: string): string[] {
  const typed = email.trim().toLowerCase();
  const at = typed.lastIndexOf('@') + 1;
  const forms = new Set([typed, typed.slice(0, at) + domainToUnicode(typed.slice(at))]);
  forms.delete(normalise(email));
  return [...forms];
}

/** The account with an address, in any form; if there are two, the one matching it as typed. */
export async function readUserByEmail(email: string): Promise<StoredUser | null> {
  const forms = [normalise(email), ...oldForms(email)];
  const users = await Users.find({ email: trusted({ $in: forms }) }, { outbox: 0 }).lean<StoredUser[]>();
  const typed = email.trim().toLowerCase();
  return users.find((user) => user.email === typed) ?? users[0] ?? null;
}

/** Whether an account other than `id` has an address in an old form. No new account gets one. */
export async function isUsedInOldForm(email: string, id: string): Promise<boolean> {
  const forms = oldForms(email);
  return forms.length > 0 && Boolean(await Users.exists({ email: trusted({ $in: forms }), _id: trusted({ $ne: id }) }));
}

export const toData = (id: string, { email }: User): UserData => ({ id, email });

/** The event that describes an account's full public state. */
export const snapshot = (user: StoredUser): NewEvent => ({
  subject: 'user:updated',
  data: toData(user._id.toString(), user),
});

/** Counters of limited actions. */
export const { Counts, limiter } = countsIn('failures');

/** The given limits that have been reached → seconds until they reset. */
export async function readReached<L extends [Limiter, string]>(limits: L[]): Promise<Map<L, number>> {
  const now = Date.now();
  const keyOf = ([limit, key]: L) => limit.getKey(key);
  const counts = await Counts.find({
    key: trusted({ $in: limits.map(keyOf) }),
    expire: trusted({ $gt: new Date(now) }),
  }).lean();
  const secondsOf = (limit: L) => {
    const count = counts.find(({ key }) => key === keyOf(limit));
    return count && count.points >= limit[0].points ? (count.expire.getTime() - now) / 1000 : 0;
  };
  return new Map(limits.map((limit) => [limit, secondsOf(limit)]));
}
