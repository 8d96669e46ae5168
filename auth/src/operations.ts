import {
  isDuplicateKey,
  Refusal,
  retryConflicts,
  type AccountBody,
  type AccountInput,
  type Cause,
  type Language,
  type Outbox,
  type ProfileBody,
  type SecurityEvent,
  type Session,
  type SignedIn,
  type SignInInput,
  type SignUpInput,
  type UserBody,
} from '@ticketing/common';
import type { Device } from './devices';
import * as domain from './domain/user';
import type { AccountLimits } from './limits';
import type { MailedLinks } from './messages/links';
import type { MessageQueue } from './messages/queue';
import { hashPassword, inTurn, matches } from './passwords';
import type { AccountSessions, Continued, Place } from './sessions';
import * as store from './store';

/** The caller, as far as limits, sessions, messages and logs are concerned. */
export interface Visitor extends Place {
  /** In which they read. */
  language: Language;
  device?: Device;
  /** The session that they came with. */
  session?: Session;
  /** Logs a security event. `account` is the id of the account concerned. */
  log(event: SecurityEvent, account?: string): void;
}

/** The operations of auth. */
export function createOperations(
  outbox: Outbox,
  limits: AccountLimits,
  messages: Pick<MessageQueue, 'owe'>,
  links: Pick<MailedLinks, 'take'>,
  sessions: Pick<AccountSessions, 'begin' | 'open' | 'carryOn' | 'end'>,
  now: () => Date,
) {
  /** Verifies the password of the account returned by `find`, within the limits on failures. */
  const prove = <U extends domain.User & Pick<store.StoredUser, '_id'>>(
    find: () => Promise<U | null>,
    { email, password }: { email: string; password: string },
    { network, device, log }: Visitor,
    refusal: () => Refusal,
  ): Promise<U> =>
    inTurn('sign-in', network, async () => {
      const [user, failures] = await Promise.all([find(), limits.failures(email, network, device)]);
      const account = user?._id.toString();
      failures.check(account);
      if ((await matches(user?.passwordHash, password)) && user) return user;
      log('sign-in-failed', account);
      await failures.count(account);
      throw refusal();
    });

  /** Sets an account's address; refuses one that another account has, in any form. */
  async function claim({ id, email }: UserBody, { network }: Visitor, write: () => Promise<void>) {
    try {
      if (!(await store.isUsedInOldForm(email, id))) return await write();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    await limits.countProbe(network);
    throw domain.emailInUse();
  }

  const toProfile = (user: Pick<store.StoredUser, '_id' | 'name'>): ProfileBody => ({
    id: user._id.toString(),
    name: user.name ?? null,
    memberSince: user._id.getTimestamp().toISOString(),
  });

  const askToConfirm = (id: string, at = now()) =>
    messages.owe([{ kind: 'confirm', about: `${id}/${at.getTime()}`, to: id, at, facts: {} }]);

  return {
    /** What everybody may know of an account. */
    async profile(id: string): Promise<ProfileBody> {
      const user = await store.readPublic(id);
      if (!user) throw new Refusal('user-not-found');
      return toProfile(user);
    },

    /** What only its owner may know of an account. */
    async account(id: string): Promise<AccountBody> {
      const user = await store.readAccount(id);
      if (!user) throw new Refusal('account-gone');
      return { id, email: user.email, name: user.name ?? null, isConfirmed: Boolean(user.confirmedAt) };
    },

    /** Confirms an address by the link that was sent to it; by a link to a former address, nothing. */
    async confirm(token: string, { network, log }: Visitor, cause: Cause): Promise<UserBody> {
      await limits.checkLinks(network);
      const link = await links.take('confirm', token);
      if (!link) return limits.countBadLink(network);
      return retryConflicts(async () => {
        const user = await store.loadUser(link.userId);
        if (user?.email !== link.email) throw domain.linkExpired();
        user.confirmedAt ??= now();
        await outbox.commit(user, [], cause);
        log('address-confirmed', link.userId);
        return { id: link.userId, email: user.email };
      });
    },

    /** Has the link that confirms someone's address sent again. */
    async sendConfirmation(id: string) {
      const user = await store.readAccount(id);
      if (!user) throw new Refusal('account-gone');
      await limits.countLink(id);
      if (!user.confirmedAt) await askToConfirm(id);
    },

    /** Sets how a person wants to be called. Nobody needs to hear of it. */
    rename: (id: string, name: string | null, cause: Cause): Promise<ProfileBody> =>
      retryConflicts(async () => {
        const user = await store.loadUser(id);
        if (!user) throw new Refusal('account-gone');
        await outbox.commit(user.set({ name }), [], cause);
        return toProfile(user);
      }),

    async signUp(input: SignUpInput, visitor: Visitor, cause: Cause): Promise<Continued> {
      await limits.admitSignUp(visitor.network);
      const email = domain.normalise(input.email);
      const passwordHash = await inTurn('sign-up', visitor.network, () => hashPassword(input.password));
      const _id = store.newId();
      const data = store.toData(_id.toString(), { email, passwordHash });
      const events = [{ subject: 'user:created' as const, data }];
      // Side by side: a session of an account that is refused expires by itself.
      const [session] = await Promise.all([
        sessions.open(data.id, 0, visitor),
        claim(data, visitor, () =>
          outbox.insert(store.Users, { _id, email, passwordHash, language: visitor.language }, events, cause),
        ),
      ]);
      if (visitor.session) await sessions.end(visitor.session, cause);
      visitor.log('signed-up', data.id);
      return { user: data, session };
    },

    async signIn({ email, password }: SignInInput, visitor: Visitor, cause: Cause): Promise<Continued> {
      const tried = { email: domain.normalise(email), password };
      const user = await prove(() => store.readUserByEmail(email), tried, visitor, domain.invalidCredentials);
      const data = store.toData(user._id.toString(), user);
      const [session] = await Promise.all([
        sessions.begin(data.id, user.generation ?? 0, visitor, visitor.session, cause),
        user.language !== visitor.language && store.noteLanguage(user._id, visitor.language),
      ]);
      visitor.log('signed-in', data.id);
      return { user: data, session };
    },

    /**
     * Changes a signed-in user's email address, password or both, after verifying the current password. A new password
     * ends all other sessions.
     */
    changeAccount: (
      { caller, session }: SignedIn,
      { currentPassword: password, email, newPassword }: AccountInput,
      visitor: Visitor,
      cause: Cause,
    ): Promise<Continued> =>
      retryConflicts(async () => {
        const { id, email: known } = caller;
        const find = async () => {
          const user = await store.loadUser(id);
          if (!user) throw new Refusal('account-gone');
          return user;
        };
        if (email) await limits.checkProbing(visitor.network);
        const user = await prove(find, { email: known, password }, visitor, domain.wrongPassword);
        if (newPassword) user.passwordHash = await inTurn('sign-in', visitor.network, () => hashPassword(newPassword));
        const address = email ? domain.normalise(email) : user.email;
        const isMoving = address !== user.email;
        user.set({ email: address, ...(isMoving && { confirmedAt: null }) });
        const data = store.toData(id, user);
        const ends = newPassword ? domain.endSessions(user, id, now()) : [];
        const write = () => outbox.commit(user, [{ subject: 'user:updated', data }, ...ends], cause);
        await claim(data, visitor, write);
        visitor.log('account-changed', id);
        if (isMoving) await askToConfirm(id);
        return { user: data, session: await sessions.carryOn(session, user.generation ?? 0, visitor) };
      }),
  };
}

export type Operations = ReturnType<typeof createOperations>;
