import { retryConflicts, type Cause, type Outbox, type SecurityEvent, type SignedIn } from '@ticketing/common';
import { refuseUnproven, type Factors } from './domain/factors';
import type { Change } from './domain/facts';
import { aboutAccount, owed } from './domain/messages';
import { endSessions, existing, type User } from './domain/user';
import type { Continued } from './continued';
import type { AccountSessions } from './sessions';
import * as store from './store';
import type { Visitor } from './visitor';

/** A change to how someone signs in, with its side effects. */
export interface Plan {
  set: Partial<Factors & User>;
  /** The message to the account's owner. */
  told?: Change;
  log?: SecurityEvent;
  /** Whether it is published to other services. */
  isPublic?: boolean;
  /** Whether it ends all other sessions. */
  ends?: boolean;
}

/** A change that was made; the caller's session continues. */
export interface Changed extends Continued {
  plan: Plan;
}

/** Changes to how an account is signed in to require a recent proof of identity. */
export function createChanges(
  outbox: Outbox,
  sessions: Pick<AccountSessions, 'carryOn' | 'proofsOf'>,
  now: () => Date,
) {
  /** The account of a caller who has recently proved who they are; refuses others. */
  async function proven({ caller, session }: SignedIn) {
    const user = existing(await store.loadUser(caller.id));
    refuseUnproven(user, await sessions.proofsOf(session, user), now());
    return user;
  }

  return {
    proven,

    /** Changes how the caller signs in. */
    make: (
      signedIn: SignedIn,
      visitor: Visitor,
      cause: Cause,
      planFor: (now: Factors & User) => Plan,
    ): Promise<Changed> =>
      retryConflicts(async () => {
        const [{ id }, user] = [signedIn.caller, await proven(signedIn)];
        const plan = planFor(user.toObject());
        user.set(plan.set);
        const events = [
          ...(plan.ends ? endSessions(user, id, now()) : []),
          ...(plan.isPublic ? [{ subject: 'user:updated' as const, data: store.toData(id, user) }] : []),
          ...(plan.told ? [owed(aboutAccount('changed', id, { what: plan.told }, now()))] : []),
        ];
        await outbox.commit(user, events, cause);
        if (plan.log) visitor.log(plan.log, id);
        const session = await sessions.carryOn(signedIn.session, user.generation ?? 0, visitor, cause);
        return { plan, user: { id, email: user.email }, session };
      }),
  };
}

export type Changes = ReturnType<typeof createChanges>;
