import {
  aggregate,
  countsIn,
  languages,
  lifetimes,
  UNSENT,
  type Aggregate,
  type Language,
  type UserBody,
  type UserData,
} from '@ticketing/common';
import { domainToUnicode } from 'node:url';
import { model, Schema, trusted, Types } from 'mongoose';
import type { StoredMessage } from './domain/facts';
import type { Factors, Proofs } from './domain/factors';
import { normalise, type User } from './domain/user';

export { trusted } from 'mongoose';
export { Links, type StoredLink } from './linkStore';
export type { StoredMessage };

export type StoredUser = User & Factors & Aggregate;

const userSchema = new Schema<StoredUser>({
  email: { type: String, required: true },
  passwordHash: { type: String, required: true },
  name: { type: String, default: null },
  language: { type: String, enum: [...languages, null] },
  ...{ confirmedAt: Date, confirmedBy: String },
  pendingEmail: { type: String, default: null },
  formerEmails: { type: [Schema.Types.Mixed], default: undefined },
  generation: { type: Number, default: 0 },
  ...{ sessionsEndedAt: Date, devicesSince: Date },
  resetBy: String,
  role: String,
  ...{ isUnsubscribed: Boolean, frozenAt: Date, leavingAt: Date, leavingToldAt: Date, deletedAt: Date },
  // Factors, see domain/factors.ts.
  passkeys: { type: [Schema.Types.Mixed], default: undefined },
  recoveryCodes: { type: [String], default: undefined },
  ...{ app: Schema.Types.Mixed, pendingApp: Schema.Types.Mixed, twoStepSince: Date },
});
userSchema.plugin(aggregate);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ leavingToldAt: 1 }, { partialFilterExpression: { leavingToldAt: { $type: 'date' } } });
userSchema.index({ 'formerEmails.email': 1 }, { partialFilterExpression: { 'formerEmails.email': { $exists: true } } });
userSchema.index({ pendingEmail: 1 }, { partialFilterExpression: { pendingEmail: { $gt: '' } } });
userSchema.index({ role: 1 }, { partialFilterExpression: { role: { $gt: '' } } });
const credentials = { 'passkeys.credential': 1 } as const;
userSchema.index(credentials, { unique: true, partialFilterExpression: { 'passkeys.credential': { $exists: true } } });

export const Users = model('User', userSchema);

export const newId = (id?: string) => new Types.ObjectId(id);

/** A new id with a given creation time, to the second. */
export const newIdOf = (time: Date) => new Types.ObjectId(Types.ObjectId.generate(time.getTime() / 1000));

/** An account that has not been deleted. */
export const alive = (id: string) => ({ _id: id, deletedAt: null });

export const loadUser = (id: string) => Users.findOne(alive(id));

/** An account as everyone may see it. */
export const readPublic = (id: string) =>
  Users.findOne(alive(id), { name: 1 }).lean<Pick<StoredUser, '_id' | 'name'>>();

const own = [
  'email',
  'name',
  'confirmedAt',
  'confirmedBy',
  'pendingEmail',
  'generation',
  'isUnsubscribed',
  'leavingAt',
  'role',
] as const;

/** An account as its owner may see it. */
export const readAccount = (id: string) =>
  Users.findOne(alive(id), Object.fromEntries(own.map((field) => [field, 1]))).lean<
    Pick<StoredUser, '_id' | (typeof own)[number]>
  >();

/** Forms an address may have in very old accounts, besides the normal one. */
function oldForms(email: string): string[] {
  const typed = email.trim().toLowerCase();
  const at = typed.lastIndexOf('@') + 1;
  const forms = new Set([typed, typed.slice(0, at) + domainToUnicode(typed.slice(at))]);
  forms.delete(normalise(email));
  return [...forms];
}

/** The account with an address in any form; of two, the one that matches it as typed. */
export async function readUserByEmail(email: string): Promise<StoredUser | null> {
  const forms = [normalise(email), ...oldForms(email)];
  // On the native collection: whoever signs in waits for this before anything else.
  const found = Users.collection.find({ email: { $in: forms } }, { projection: { outbox: 0 } });
  const users = (await found.toArray()) as StoredUser[];
  const typed = email.trim().toLowerCase();
  return users.find((user) => user.email === typed) ?? users[0] ?? null;
}

/**
 * Whether an account other than `id` has an address, in any form, or had it and may restore it. If two are given
 * one concurrently, the index refuses the second.
 */
export async function isTaken(email: string, id: string, now: Date): Promise<boolean> {
  const address = normalise(email);
  const had = { email: address, until: { $gt: now } };
  // Adding a condition on `_id` would make MongoDB scan all accounts.
  const owners = await Users.find(
    {
      $or: [
        { email: trusted({ $in: [address, ...oldForms(email)] }) },
        { 'formerEmails.email': address, formerEmails: trusted({ $elemMatch: had }) },
      ],
    },
    { _id: 1 },
  ).lean();
  return owners.some(({ _id }) => _id.toString() !== id);
}

export const toData = (id: string, { email, confirmedAt, frozenAt, leavingAt, generation = 0 }: User): UserData => ({
  id,
  email,
  confirmedAt: confirmedAt?.toISOString() ?? null,
  frozenAt: frozenAt?.toISOString() ?? null,
  ...(leavingAt && { leaving: { since: leavingAt.toISOString(), generation } }),
});

export const toBody = ({ id, email }: UserData): UserBody => ({ id, email });

/** Counters of limited actions. */
export const { Counts, limiter, readWindows } = countsIn('failures');

/** A recipient of messages. */
export type Recipient = Pick<StoredUser, '_id' | 'email' | 'language' | 'isUnsubscribed'>;

/** @param to their account, or an address that they gave */
export const readRecipient = async (to: string): Promise<Recipient | null> =>
  to.includes('@')
    ? readUserByEmail(to)
    : Users.findOne(alive(to), { email: 1, language: 1, isUnsubscribed: 1 }).lean<Recipient>().exec();

/** Records a recipient's language. No state depends on it, so it is not versioned. */
export const noteLanguage = (_id: Types.ObjectId, language: Language) =>
  Users.updateOne({ _id, deletedAt: null }, { $set: { language } });

const messageSchema = new Schema<StoredMessage>(
  {
    ...{ _id: String, kind: String, to: String, facts: Object, tries: Number, sends: Number, problem: String },
    ...{ dueAt: Date, owedAt: Date, triedAt: Date, againAt: Date, sentAt: Date, parkedAt: Date, isVoid: Boolean },
    // Written only by queue.ts, which knows which outcomes are published.
    ...{ version: Number, outbox: { type: [Schema.Types.Mixed], default: undefined } },
  },
  { versionKey: false, autoIndex: false },
);
// Fewest attempts first: unreachable recipients do not delay others.
messageSchema.index({ tries: 1, dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
messageSchema.index({ parkedAt: 1 }, { partialFilterExpression: { parkedAt: { $exists: true } } });
messageSchema.index({ to: 1, owedAt: 1 });
messageSchema.index({ 'outbox.occurredAt': 1 }, { name: 'unsent', partialFilterExpression: UNSENT });
messageSchema.index({ owedAt: 1 }, { expireAfterSeconds: lifetimes.message / 1000 });
export const Messages = model('Message', messageSchema);

/** A session of an account; its id is in its tokens. Renewals are not versioned: only its end is published. */
export interface StoredSession extends Aggregate {
  userId: string;
  /** The account's generation when it began, or when it survived the end of all others. */
  generation: number;
  browser: string | null;
  /** The network it was last used from. */
  network: string;
  lastUsedAt: Date;
  /** When the last of its tokens expires. */
  expiresAt: Date;
  proofs?: Proofs;
  endedAt?: Date;
  /** Its name, if its token is from an earlier version. */
  name?: string;
}

const sessionSchema = new Schema<StoredSession>({
  ...{ userId: String, generation: Number, browser: String, network: String, name: String },
  ...{ lastUsedAt: Date, expiresAt: Date, endedAt: Date, proofs: Object },
});
sessionSchema.plugin(aggregate);
sessionSchema.index({ userId: 1, lastUsedAt: -1 });
// By then its end no longer needs to be published.
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const Sessions = model('Session', sessionSchema);
