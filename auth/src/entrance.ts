import type { Cause, Refusal } from '@ticketing/common';
import { knownTo } from './devices';
import { refuseFrozen, roleOf } from './domain/desk';
import type { Proofs, Step } from './domain/factors';
import type { User } from './domain/user';
import type { AccountLimits } from './limits';
import type { MessageQueue } from './messages/queue';
import { inTurn, matches } from './passwords';
import type { Continued, ContinuedSession } from './continued';
import { Overtaken } from './sessionBounds';
import type { AccountSessions } from './sessions';
import { readAll } from './factorStore';
import * as store from './store';
import type { StoredUser } from './store';
import type { Visitor } from './visitor';

/** Someone who gave the right password and must also take one of these steps. */
export interface FirstStep {
  account: string;
  generation: number;
  steps: Step[];
}

/** Checks passwords and lets people in. */
export function createEntrance(
  limits: Pick<AccountLimits, 'failures'>,
  messages: Pick<MessageQueue, 'owe'>,
  sessions: Pick<AccountSessions, 'begin'>,
  now: () => Date,
) {
  /** Tells an account's owner about a new browser: each browser once a day, in at most a few messages a day. */
  const tellOfDevice = (id: string, { browser, network }: Visitor, at = now()) => {
    const about = [id, at.toISOString().slice(0, 10), network, browser].join('/');
    return messages.owe([{ kind: 'device', about, to: id, at, facts: { browser, network, at: at.toISOString() } }]);
  };

  /** Begins a session; once more if that was overtaken and the password, which alone was needed, is still the same. */
  async function begin(
    user: StoredUser,
    proofs: Proofs,
    visitor: Visitor,
    cause: Cause,
    again = true,
  ): Promise<ContinuedSession> {
    const { generation = 0, leavingAt } = user;
    const owner = {
      userId: user._id.toString(),
      generation,
      role: roleOf(user, proofs),
      isLeaving: Boolean(leavingAt),
    };
    try {
      return await sessions.begin(owner, visitor, proofs, visitor.session, cause);
    } catch (error) {
      const later = again && error instanceof Overtaken ? await readAll(owner.userId) : null;
      if (!later || !proofs.password || later.twoStepSince || later.passwordHash !== user.passwordHash) throw error;
      refuseFrozen(later);
      return begin(later, proofs, visitor, cause, false);
    }
  }

  return {
    /** Verifies the password of the account returned by `find`, within the limits on failures. */
    prove: <U extends User & Pick<StoredUser, '_id'>>(
      find: () => Promise<U | null>,
      { email, password }: { email: string; password: string },
      { network, device, log }: Visitor,
      refusal: () => Refusal,
    ): Promise<U> =>
      inTurn('sign-in', network, async () => {
        const [user, failures] = await Promise.all([find(), limits.failures(email, network, device)]);
        const [account, isKnown] = [user?._id.toString(), user !== null && knownTo(user, device) !== undefined];
        failures.check(isKnown);
        if ((await matches(user?.passwordHash, password)) && user) return user;
        log('sign-in-failed', account, ['password']);
        await failures.count(isKnown);
        throw refusal();
      }),

    /** Lets in an account's owner, who has proved who they are; refuses if it is frozen. */
    async enter(user: StoredUser, proofs: Proofs, visitor: Visitor, cause: Cause): Promise<Continued> {
      refuseFrozen(user);
      const id = user._id.toString();
      const [session] = await Promise.all([
        begin(user, proofs, visitor, cause),
        !knownTo(user, visitor.device) && tellOfDevice(id, visitor),
        user.language !== visitor.language && store.noteLanguage(user._id, visitor.language),
      ]);
      visitor.log('signed-in', id, Object.keys(proofs));
      return { user: { id, email: user.email }, session };
    },
  };
}

export type Entrance = ReturnType<typeof createEntrance>;
