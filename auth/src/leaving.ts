import {
  allOf,
  dropLettersOf,
  retryConflicts,
  type Cause,
  type LeaverData,
  type Outbox,
  type SignedIn,
} from '@ticketing/common';
import type { Changes } from './changes';
import type { Continued } from './continued';
import type { AddressHash } from './counted';
import * as domain from './domain/leaving';
import { heldBy } from './exports';
import { endSessions } from './domain/user';
import * as leaving from './leavingStore';
import * as store from './store';
import type { Visitor } from './visitor';

/** How often leavers are republished, in milliseconds, so that services catch up on what they missed. */
const TELL_EVERY = 3_600_000;
const AT_ONCE = 100;

/**
 * How accounts are deleted. The owner requests it, and completes what is open: the other services are told, and each
 * reports when it is done with them. Only then is the account deleted.
 */
export const createLeaving = (
  outbox: Outbox,
  changes: Pick<Changes, 'make'>,
  hashOf: AddressHash,
  now: () => Date,
) => ({
  /** What auth holds about someone. */
  held: heldBy(now),

  /** Requests the deletion of the caller's account, once nothing is open. Idempotent. */
  async leave(signedIn: SignedIn, visitor: Visitor, cause: Cause): Promise<Continued & { leavingAt: Date }> {
    let leavingAt = now();
    const { user, session } = await changes.make(signedIn, visitor, cause, (account) => {
      leavingAt = account.leavingAt ?? leavingAt;
      const set = domain.leave(account, leavingAt);
      return set
        ? { set, told: 'leaving' as const, log: 'account-leaving' as const, ends: true, isPublic: true }
        : { set: {} };
    });
    return { user, session: { ...session, isLeaving: true }, leavingAt };
  },

  /** Keeps the caller's account after all. Idempotent. */
  async stay(signedIn: SignedIn, visitor: Visitor, cause: Cause): Promise<Continued> {
    const { user, session } = await changes.make(signedIn, visitor, cause, (account) => {
      const set = domain.stay(account);
      return set
        ? { set, told: 'staying' as const, log: 'account-kept' as const, ends: true, isPublic: true }
        : { set: {} };
    });
    return { user, session: { ...session, isLeaving: false } };
  },

  /** Once all services are done with someone: deletes the account, unless its owner has changed their mind. */
  finish: ({ id, since }: LeaverData, cause: Cause) =>
    retryConflicts(async () => {
      const user = await store.loadUser(id);
      // A frozen account waits for the support desk.
      if (!user || user.frozenAt || user.leavingAt?.toISOString() !== since) return;
      const [at, { email }] = [now(), user];
      const addresses = leaving.addressesOf(user.toObject(), at);
      await leaving.eraseByAddress(email, addresses, hashOf);
      leaving.empty(user, at);
      await outbox.commit(user, [domain.deleted(id, at), ...endSessions(user, id, at)], cause);
      // Whatever arrived at these addresses meanwhile.
      await leaving.eraseByAddress(email, addresses, hashOf);
    }),

  /** Erases everything else about deleted accounts, and whatever has arrived since. */
  erase: async (ids: string[]) => {
    for (const id of ids) await leaving.eraseById(id);
    await dropLettersOf(ids);
  },

  /** Republishes leavers, and once more that an account is deleted: what misses that keeps personal data for good. */
  async tellAgain() {
    const before = new Date(now().getTime() - TELL_EVERY);
    await allOf(await leaving.findUntold(before, AT_ONCE), (id) =>
      retryConflicts(async () => {
        const user = await store.Users.findById(id);
        if (!user?.leavingToldAt || user.leavingToldAt > before) return;
        const { deletedAt } = user;
        user.leavingToldAt = deletedAt ? undefined : now();
        const event = deletedAt
          ? domain.deleted(id, deletedAt)
          : { subject: 'user:updated' as const, data: store.toData(id, user) };
        await outbox.commit(user, [event], { trace: `leaving-${id}` });
      }),
    );
  },
});

export type AccountLeaving = ReturnType<typeof createLeaving>;
