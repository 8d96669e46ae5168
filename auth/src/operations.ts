import {
  isDuplicateKey,
  Refusal,
  retryConflicts,
  type AccountInput,
  type Cause,
  type Outbox,
  type SignInInput,
  type SignUpInput,
  type UserBody,
} from '@ticketing/common';
import * as domain from './domain/user';
import type { FailureLimits } from './failures';
import { hashPassword, inTurn, matches } from './passwords';
import * as store from './store';

/** What auth can do. */
export function createOperations(outbox: Outbox, failures: FailureLimits) {
  /** Checks a password, within the limits on failures; throws `refusal` where it is wrong. */
  const prove = (user: domain.User | null, email: string, password: string, address: string, refusal: () => Error) =>
    inTurn(async () => {
      await failures.check(email, address);
      if (await matches(user?.passwordHash, password)) return;
      await failures.count(email, address);
      throw refusal();
    });

  return {
    async signUp({ email, password }: SignUpInput, cause: Cause): Promise<UserBody> {
      const user = { email: domain.normalEmail(email), passwordHash: await hashPassword(password) };
      const _id = store.newId();
      const data = store.toData(_id.toString(), user);
      try {
        await outbox.insert(store.Users, { _id, ...user }, [{ subject: 'user:created', data }], cause);
      } catch (error) {
        throw isDuplicateKey(error) ? domain.emailInUse() : error;
      }
      return data;
    },

    async signIn({ email, password }: SignInInput, address: string): Promise<UserBody> {
      const normal = domain.normalEmail(email);
      const user = await store.readUserByEmail(normal);
      await prove(user, normal, password, address, domain.invalidCredentials);
      if (!user) throw domain.invalidCredentials();
      return store.toData(user._id.toString(), user);
    },

    /** Changes a signed-in person's e-mail address, password or both, once they have proved the present one. */
    changeAccount: (
      id: string,
      { currentPassword, email, newPassword }: AccountInput,
      address: string,
      cause: Cause,
    ): Promise<UserBody> =>
      retryConflicts(async () => {
        const user = await store.loadUser(id);
        if (!user) throw new Refusal('account-gone');
        await prove(user, user.email, currentPassword, address, domain.wrongPassword);
        if (newPassword) user.passwordHash = await hashPassword(newPassword);
        if (email) user.email = domain.normalEmail(email);
        const data = store.toData(id, user);
        try {
          await outbox.commit(user, [{ subject: 'user:updated', data }], cause);
        } catch (error) {
          throw isDuplicateKey(error) ? domain.emailInUse() : error;
        }
        return data;
      }),
  };
}

export type Operations = ReturnType<typeof createOperations>;
