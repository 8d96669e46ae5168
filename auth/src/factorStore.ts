import { alive, Users, newId, type StoredUser } from './store';

/** Queries and updates for signing in other than with a password. */

/** How an account is signed in to, as shown to its owner. */
export const readFactors = (id: string) =>
  Users.findOne(alive(id), {
    ...{ email: 1, generation: 1, passkeys: 1, app: 1, twoStepSince: 1, recoveryCodes: 1 },
  }).lean<StoredUser | null>();

/** All of an account except its outbox. */
export const readAll = (id: string) => Users.findOne(alive(id), { outbox: 0 }).lean<StoredUser | null>();

/** The account that has a passkey. */
export const readUserByPasskey = (credential: string) =>
  Users.findOne({ 'passkeys.credential': credential }, { outbox: 0 }).lean<StoredUser | null>();

const write = async (filter: object, update: object) =>
  (await Users.collection.updateOne(filter, { ...update, $inc: { version: 1 } })).modifiedCount === 1;

/**
 * Records a use of a passkey. False if the passkey is gone, or if its counter does not increase: then it was copied, or
 * a concurrent use came first.
 */
export const countPasskey = (userId: string, credential: string, counter: number, lastUsedAt: Date) =>
  write(
    {
      _id: newId(userId),
      passkeys: { $elemMatch: { credential, ...(counter > 0 ? { counter: { $lt: counter } } : { counter: 0 }) } },
    },
    { $set: { 'passkeys.$.counter': counter, 'passkeys.$.lastUsedAt': lastUsedAt } },
  );

/**
 * Uses up a time step of an authenticator app: false if a code of that or a later step was accepted before.
 * @param sealed its secret, sealed by the current key
 */
export const takeStep = (userId: string, secret: string, step: number, sealed: string) =>
  write(
    { _id: newId(userId), 'app.secret': secret, 'app.step': { $lt: step } },
    { $set: { 'app.step': step, 'app.secret': sealed } },
  );
