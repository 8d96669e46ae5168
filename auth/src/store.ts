import {
  aggregate,
  countsIn,
  languages,
  lifetimes,
  UNSENT,
  type Aggregate,
  type Language,
  type NewEvent,
  type UserBody,
  type UserData,
} from '@ticketing/common';
import { domainToUnicode } from 'node:url';
import { model, Schema, trusted, Types } from 'mongoose';
import type { StoredMessage } from './domain/facts';
import type { Factors, Proofs } from './domain/factors';
import { allEnded, normalise, type User } from './domain/user';

export { trusted } from 'mongoose';
export type { StoredMessage };

export type StoredUser = User & Factors & Aggregate;

const userSchema = new Schema<StoredUser>({
  email: { type: String, required: true },
  passwordHash: { type: String, required: true },
  name: { type: String, default: null },
  language: { type: String, enum: [...languages, null] },
  confirmedAt: Date,
  pendingEmail: { type: String, default: null },
  formerEmails: { type: [Schema.Types.Mixed], default: undefined },
  generation: { type: Number, default: 0 },
  sessionsEndedAt: Date,
  isUnsubscribed: Boolean,
  role: String,
  frozenAt: Date,
  // Factors, see domain/factors.ts.
  passkeys: { type: [Schema.Types.Mixed], default: undefined },
  recoveryCodes: { type: [String], default: undefined },
  ...{ app: Schema.Types.Mixed, pendingApp: Schema.Types.Mixed, twoStepSince: Date },
});
userSchema.plugin(aggregate);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ 'formerEmails.email': 1 }, { partialFilterExpression: { 'formerEmails.email': { $exists: true } } });
userSchema.index({ pendingEmail: 1 }, { partialFilterExpression: { pendingEmail: { $gt: '' } } });
userSchema.index({ role: 1 }, { partialFilterExpression: { role: { $gt: '' } } });
const credentials = { 'passkeys.credential': 1 } as const;
userSchema.index(credentials, { unique: true, partialFilterExpression: { 'passkeys.credential': { $exists: true } } });

export const Users = model('User', userSchema);

export const newId = (id?: string) => new Types.ObjectId(id);

export const loadUser = (id: string) => Users.findById(id);

/** What everybody may know of an account. */
export const readPublic = (id: string) => Users.findById(id, { name: 1 }).lean<Pick<StoredUser, '_id' | 'name'>>();

/** What its owner may know of an account. */
export const readAccount = (id: string) =>
  Users.findById(id, {
    ...{ email: 1, name: 1, confirmedAt: 1, pendingEmail: 1, generation: 1, isUnsubscribed: 1, role: 1 },
  }).lean<
    Pick<
      StoredUser,
      '_id' | 'email' | 'name' | 'confirmedAt' | 'pendingEmail' | 'generation' | 'isUnsubscribed' | 'role'
    >
  >();

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

/**
 * Whether an account other than `id` has an address, in any form, or had it and may have it again. Of two that are given
 * one at once, the index refuses the second.
 */
export const isTaken = async (email: string, id: string, now: Date): Promise<boolean> =>
  Boolean(
    await Users.exists({
      $or: [
        { email: trusted({ $in: [normalise(email), ...oldForms(email)] }) },
        { formerEmails: trusted({ $elemMatch: { email: normalise(email), until: { $gt: now } } }) },
      ],
      _id: trusted({ $ne: id }),
    }),
  );

export const toData = (id: string, { email, confirmedAt, frozenAt }: User): UserData => ({
  id,
  email,
  confirmedAt: confirmedAt?.toISOString() ?? null,
  frozenAt: frozenAt?.toISOString() ?? null,
});

export const toBody = ({ id, email }: UserData): UserBody => ({ id, email });

/** The events that describe an account's full public state. */
export const snapshot = (user: StoredUser): NewEvent[] => [
  { subject: 'user:updated', data: toData(user._id.toString(), user) },
  ...allEnded(user._id.toString(), user),
];

/** Counters of limited actions. */
export const { Counts, limiter } = countsIn('failures');

/** Someone to whom messages are sent. */
export type Recipient = Pick<StoredUser, '_id' | 'email' | 'language' | 'isUnsubscribed'>;

/** @param to their account, or an address that they gave */
export const readRecipient = async (to: string): Promise<Recipient | null> =>
  to.includes('@')
    ? readUserByEmail(to)
    : Users.findById(to, { email: 1, language: 1, isUnsubscribed: 1 }).lean<Recipient>().exec();

/** Notes the language in which someone reads. No state depends on it: it is not versioned. */
export const noteLanguage = (_id: Types.ObjectId, language: Language) =>
  Users.updateOne({ _id }, { $set: { language } });

const messageSchema = new Schema<StoredMessage>(
  {
    ...{ _id: String, kind: String, to: String, facts: Object, tries: Number, problem: String },
    ...{ dueAt: Date, owedAt: Date, againAt: Date, sentAt: Date, parkedAt: Date, isVoid: Boolean },
    // Written by queue.ts alone, which knows which messages are told of.
    ...{ version: Number, outbox: { type: [Schema.Types.Mixed], default: undefined } },
  },
  { versionKey: false, autoIndex: false },
);
// What was tried least comes first: those who cannot be reached hold nobody up.
messageSchema.index({ tries: 1, dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
messageSchema.index({ parkedAt: 1 }, { partialFilterExpression: { parkedAt: { $exists: true } } });
messageSchema.index({ to: 1, owedAt: 1 });
messageSchema.index({ 'outbox.occurredAt': 1 }, { name: 'unsent', partialFilterExpression: UNSENT });
messageSchema.index({ owedAt: 1 }, { expireAfterSeconds: lifetimes.message / 1000 });
export const Messages = model('Message', messageSchema);

/** A link that was sent by mail; of each kind, an account has one to each address. */
export interface StoredLink {
  userId: string;
  kind: string;
  /** SHA-256 of its secret. */
  hash: string;
  /** The address it was sent to. */
  email: string;
  expiresAt: Date;
}

const linkSchema = new Schema<StoredLink>(
  { userId: String, kind: String, hash: String, email: String, expiresAt: Date },
  { versionKey: false, autoIndex: false },
);
linkSchema.index({ userId: 1, kind: 1, email: 1 }, { unique: true });
linkSchema.index({ hash: 1 }, { unique: true });
linkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const Links = model('Link', linkSchema);

/** A session of an account; its id is in its tokens. Its renewals are not versioned: only its end is told. */
export interface StoredSession extends Aggregate {
  userId: string;
  /** Of the account when it began, or when it outlasted the end of all others. */
  generation: number;
  browser: string | null;
  /** The network it was last used from. */
  network: string;
  lastUsedAt: Date;
  /** When the last of its tokens expires. */
  expiresAt: Date;
  proofs?: Proofs;
  endedAt?: Date;
  /** What names it, if its token is of an earlier version. */
  name?: string;
}

const sessionSchema = new Schema<StoredSession>({
  ...{ userId: String, generation: Number, browser: String, network: String, name: String },
  ...{ lastUsedAt: Date, expiresAt: Date, endedAt: Date, proofs: Object },
});
sessionSchema.plugin(aggregate);
sessionSchema.index({ userId: 1, lastUsedAt: -1 });
// Its end need not be told any more either.
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const Sessions = model('Session', sessionSchema);
