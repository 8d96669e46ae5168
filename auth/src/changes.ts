import { retryConflicts, type Cause, type Outbox, type SecurityEvent, type SignedIn } from '@ticketing/common';
import { refuseUnproven, type Factors } from './domain/factors';
import type { Change } from './domain/facts';
import { aboutAccount, owed } from './domain/messages';
import { endSessions, existing, type User } from './domain/user';
import type { Continued } from './continued';
import type { AccountSessions } from './sessions';
import * as store from './store';
import type { Visitor } from './visitor';

/** A change of how someone signs in, and what it does besides. */
export interface Plan {
  set: Partial<Factors & User>;
  /** What the owner of the account is told. */
  told?: Change;
  log?: SecurityEvent;
  /** Whether other services are told of it. */
  isPublic?: boolean;
  /** Whether it ends all other sessions. */
  ends?: boolean;
}

/** A change that was made; the caller's session goes on. */
export interface Changed extends Continued {
  plan: Plan;
}

/** Whoever changes how an account is signed in to has just proved who they are. */
export function createChanges(
  outbox: Outbox,
  sessions: Pick<AccountSessions, 'carryOn' | 'proofsOf'>,
  now: () => Date,
) {
  /** The account of a caller who has just proved who they are; refuses any other. */
  async function proven({ caller, session }: SignedIn) {
    const user = existing(await store.loadUser(caller.id));
    refuseUnproven(user, await sessions.proofsOf(session, user), now());
    return user;
  }

  return {
    proven,

    /** Makes a change of how the caller signs in. */
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
