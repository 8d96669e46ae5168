import {
  retryConflicts,
  type Cause,
  type ForgotInput,
  type Outbox,
  type ResetInput,
  type UserBody,
} from '@ticketing/common';
import type { Addresses } from './addresses';
import { commonPasswords } from './commonPasswords';
import { isVouched } from './domain/address';
import { refuseFrozen } from './domain/desk';
import { oneStep } from './domain/factors';
import { aboutAccount, owed, welcome } from './domain/messages';
import { refuseGuessable } from './domain/password';
import * as domain from './domain/user';
import type { AccountLimits } from './limits';
import type { MailedLinks } from './messages/links';
import type { MessageQueue } from './messages/queue';
import { hashPassword, inTurn } from './passwords';
import * as store from './store';
import type { Visitor } from './visitor';

/** The owner of the reset password, and whether the reset makes their browser a known device. */
export interface Reset {
  user: UserBody;
  isKnown: boolean;
  at: Date;
}

/** Recovery from a forgotten password. */
export function createRecovery(
  outbox: Outbox,
  limits: Pick<AccountLimits, 'countForgotten'>,
  messages: Pick<MessageQueue, 'owe'>,
  peek: Addresses['peek'],
  links: Pick<MailedLinks, 'take'>,
  now: () => Date,
) {
  return {
    /**
     * Requests a link, sent if an account has this address: that is looked up only when sending. The response, its
     * timing and its work are the same for every address.
     */
    async forgot({ email }: ForgotInput, { network }: Visitor) {
      const [address, at] = [domain.normalise(email), now()];
      await limits.countForgotten(address, network);
      await messages.owe([{ kind: 'reset', about: `${at.getTime()}`, to: address, at, facts: {} }]);
    },

    /**
     * Sets a new password by the link that was sent, ends all sessions and forgets all devices; not of a frozen account. Two-step sign-in stays
     * as it is: the link is only one factor. The account records the link in the same write: a failure
     * before that leaves the link valid, and of several concurrent uses one succeeds.
     */
    async reset({ token, password }: ResetInput, { network, log }: Visitor, cause: Cause): Promise<Reset> {
      const { userId, email, hash } = await peek('reset', token, network);
      refuseGuessable(password, email, commonPasswords);
      const passwordHash = await inTurn('sign-in', network, () => hashPassword(password));
      const done = await retryConflicts(async () => {
        const user = await store.loadUser(userId);
        if (user?.email !== email || user.resetBy === hash) throw domain.linkExpired();
        refuseFrozen(user);
        const [at, wasConfirmed, wasVouched] = [now(), user.confirmedAt, isVouched(user)];
        // The pending address may have been requested by someone else.
        const owned = { confirmedAt: wasConfirmed ?? at, confirmedBy: null, devicesSince: at };
        user.set({ passwordHash, resetBy: hash, ...owned, pendingEmail: null });
        // Someone else may have opened the account: until its owner opens a link, its factors are not trusted.
        if (!wasConfirmed || wasVouched) user.set({ ...oneStep(), passkeys: [] });
        const data = store.toData(userId, user);
        const events = [
          { subject: 'user:updated' as const, data },
          ...domain.endSessions(user, userId, at),
          owed(aboutAccount('changed', userId, { what: 'password' }, at)),
          ...(wasConfirmed ? [] : [owed(welcome(userId, at))]),
        ];
        await outbox.commit(user, events, cause);
        log('password-reset', userId);
        return { user: store.toBody(data), isKnown: !user.twoStepSince, at };
      });
      await links.take('reset', token);
      return done;
    },
  };
}
