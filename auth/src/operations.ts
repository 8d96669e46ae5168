import {
  isDuplicateKey,
  Refusal,
  retryConflicts,
  type AccountBody,
  type AccountInput,
  type Cause,
  type ChangedUserBody,
  type Outbox,
  type ProfileBody,
  type SignedIn,
  type SignInInput,
  type SignUpInput,
} from '@ticketing/common';
import { createAddresses } from './addresses';
import { commonPasswords } from './commonPasswords';
import { refuseUnproven } from './domain/factors';
import { aboutAccount, owed } from './domain/messages';
import { refuseGuessable } from './domain/password';
import { refuseMisleading } from './domain/displayName';
import * as domain from './domain/user';
import type { Entrance, FirstStep } from './entrance';
import type { AccountLimits } from './limits';
import type { MailedLinks } from './messages/links';
import type { MessageQueue } from './messages/queue';
import type { Unsubscribing } from './messages/unsubscribing';
import { hashPassword, hashWhile, inTurn } from './passwords';
import { createRecovery } from './recovery';
import type { Continued } from './continued';
import type { AccountSessions } from './sessions';
import * as store from './store';
import { createSubscriptions } from './subscriptions';
import type { Visitor } from './visitor';

/** The operations of auth. */
export function createOperations(
  outbox: Outbox,
  limits: AccountLimits,
  messages: Pick<MessageQueue, 'owe'>,
  links: Pick<MailedLinks, 'peek' | 'take'>,
  sessions: Pick<AccountSessions, 'open' | 'forget' | 'carryOn' | 'end' | 'proofsOf'>,
  { prove, signIn }: Pick<Entrance, 'prove' | 'signIn'>,
  unsubscribing: Pick<Unsubscribing, 'accountOf'>,
  now: () => Date,
) {
  const { claim, peek, ...addresses } = createAddresses(outbox, limits, messages, links, now);

  const toProfile = (user: Pick<store.StoredUser, '_id' | 'name'>): ProfileBody => ({
    id: user._id.toString(),
    name: user.name ?? null,
    memberSince: user._id.getTimestamp().toISOString(),
  });

  return {
    ...addresses,

    ...createRecovery(outbox, limits, messages, peek, links, now),

    ...createSubscriptions(outbox, unsubscribing),

    /** An account as everyone may see it. */
    async profile(id: string): Promise<ProfileBody> {
      const user = await store.readPublic(id);
      if (!user) throw new Refusal('user-not-found');
      return toProfile(user);
    },

    /** An account as only its owner may see it. */
    async account(id: string): Promise<AccountBody> {
      const user = domain.existing(await store.readAccount(id));
      const { email, name = null, pendingEmail = null, confirmedAt, isUnsubscribed, role = null } = user;
      return {
        ...{ id, email, name, pendingEmail, isConfirmed: Boolean(confirmedAt), isSubscribed: !isUnsubscribed, role },
        leavingAt: user.leavingAt?.toISOString() ?? null,
      };
    },

    /** Sets a display name, which is not published. */
    rename: (id: string, name: string | null, cause: Cause): Promise<ProfileBody> =>
      retryConflicts(async () => {
        if (name) refuseMisleading(name);
        const user = domain.existing(await store.loadUser(id));
        await outbox.commit(user.set({ name }), [], cause);
        return toProfile(user);
      }),

    async signUp(input: SignUpInput, visitor: Visitor, cause: Cause): Promise<Continued> {
      const email = domain.normalise(input.email);
      refuseGuessable(input.password, email, commonPasswords);
      const _id = store.newId();
      const id = _id.toString();
      const write = async () => {
        const [passwordHash, session] = await hashWhile('sign-up', visitor.network, input.password, async () => {
          await limits.countSignUpTo(email);
          return sessions.open({ userId: id, generation: 0 }, visitor, { password: now() });
        });
        const user = { _id, email, passwordHash, language: visitor.language };
        const events = [{ subject: 'user:created' as const, data: store.toData(id, user) }];
        try {
          await outbox.insert(store.Users, user, events, cause);
        } catch (error) {
          if (isDuplicateKey(error)) await sessions.forget(session);
          throw error;
        }
        return session;
      };
      const session = await claim({ id, email }, visitor, write, limits.admitSignUp(visitor.network));
      if (visitor.session) await sessions.end(visitor.session, cause);
      visitor.log('signed-up', id);
      return { user: { id, email }, session };
    },

    /** Signs in; if that takes two steps, this is the first. */
    signIn: ({ email, password }: SignInInput, visitor: Visitor, cause: Cause): Promise<Continued | FirstStep> =>
      signIn({ email: domain.normalise(email), password }, visitor, cause),

    /**
     * After verifying the current password, sets a new one, which voids what was asked before and ends all other
     * sessions; or asks for a new address, which takes effect once confirmed.
     */
    changeAccount: (
      { caller, session }: SignedIn,
      { currentPassword: password, email, newPassword }: AccountInput,
      visitor: Visitor,
      cause: Cause,
    ): Promise<Continued<ChangedUserBody>> =>
      retryConflicts(async () => {
        const { id, email: known } = caller;
        const find = async () => domain.existing(await store.loadUser(id));
        if (email) await limits.checkProbing(visitor.network);
        const user = await prove(find, { email: known, password }, visitor, domain.wrongPassword);
        const proofs = await sessions.proofsOf(session, user);
        if (user.twoStepSince) refuseUnproven(user, { ...proofs, password: now() }, now());
        const address = email ? domain.normalise(email) : user.email;
        const isMoving = address !== user.email;
        if (newPassword) {
          user.pendingEmail = null;
          refuseGuessable(newPassword, user.email, commonPasswords, 'newPassword');
          user.passwordHash = await inTurn('sign-in', visitor.network, () => hashPassword(newPassword));
        }
        if (isMoving) {
          user.pendingEmail = address;
          await claim({ id, email: address }, visitor, () => Promise.resolve());
          await limits.countLink(id, address);
        }
        const at = now();
        const events = [
          { subject: 'user:updated' as const, data: store.toData(id, user) },
          ...(newPassword ? domain.endSessions(user, id, at) : []),
          ...(newPassword ? [owed(aboutAccount('changed', id, { what: 'password' }, at))] : []),
          ...(isMoving ? [owed(aboutAccount('move', id, { sendTo: address }, at))] : []),
        ];
        await outbox.commit(user, events, cause);
        visitor.log('account-changed', id);
        const body = { id, email: user.email, pendingEmail: user.pendingEmail ?? null };
        return { user: body, session: await sessions.carryOn(session, user.generation ?? 0, visitor, cause) };
      }),
  };
}

export type Operations = ReturnType<typeof createOperations>;
