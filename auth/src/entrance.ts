import type { Cause, Refusal } from '@ticketing/common';
import { knownTo } from './devices';
import { refuseFrozen, roleOf } from './domain/desk';
import { stepsOf, type Proofs, type Step } from './domain/factors';
import { invalidCredentials, type User } from './domain/user';
import type { AccountLimits } from './limits';
import type { MessageQueue } from './messages/queue';
import { inTurn, matches } from './passwords';
import type { Continued, ContinuedSession } from './continued';
import { Overtaken } from './sessionBounds';
import type { AccountSessions } from './sessions';
import type { Prepared } from './sessionStarts';
import { readAll } from './factorStore';
import * as store from './store';
import type { StoredUser } from './store';
import type { Visitor } from './visitor';

interface Credentials {
  /** In its normal form. */
  email: string;
  password: string;
}

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
  sessions: Pick<AccountSessions, 'prepare'>,
  now: () => Date,
) {
  /** Tells an account's owner about a new browser: each browser once a day, in at most a few messages a day. */
  const tellOfDevice = (id: string, { browser, network }: Visitor, at = now()) => {
    const about = [id, at.toISOString().slice(0, 10), network, browser].join('/');
    return messages.owe([{ kind: 'device', about, to: id, at, facts: { browser, network, at: at.toISOString() } }]);
  };

  const prepare = (user: StoredUser, proofs: Proofs, visitor: Visitor) =>
    sessions.prepare(
      {
        userId: user._id.toString(),
        generation: user.generation ?? 0,
        role: roleOf(user, proofs),
        isLeaving: Boolean(user.leavingAt),
      },
      visitor,
      proofs,
      now(),
      visitor.session,
    );

  /** Begins a session; once more if that was overtaken and the password, which alone was needed, is still the same. */
  async function begin(
    user: StoredUser,
    proofs: Proofs,
    visitor: Visitor,
    cause: Cause,
    prepared: Prepared,
    again = true,
  ): Promise<ContinuedSession> {
    try {
      return await prepared.finish(visitor.session, cause);
    } catch (error) {
      const later = again && error instanceof Overtaken ? await readAll(user._id.toString()) : null;
      if (!later || !proofs.password || later.twoStepSince || later.passwordHash !== user.passwordHash) throw error;
      refuseFrozen(later);
      return begin(later, proofs, visitor, cause, prepare(later, proofs, visitor), false);
    }
  }

  /**
   * Verifies the password of the account returned by `find`, within the limits on failures.
   * @param ahead prepares a session while the password is hashed, if the account knows the browser; it is discarded if
   * the password is wrong, or could not be compared
   */
  const check = <U extends User & Pick<StoredUser, '_id'>>(
    find: () => Promise<U | null>,
    { email, password }: Credentials,
    { network, device, log }: Visitor,
    refusal: () => Refusal,
    ahead: (user: U) => Prepared | undefined = () => undefined,
  ): Promise<{ user: U; prepared: Prepared | undefined }> =>
    inTurn('sign-in', network, async () => {
      const [user, failures] = await Promise.all([find(), limits.failures(email, network, device)]);
      const known = user && knownTo(user, device) ? user : undefined;
      failures.check(known !== undefined);
      // First: it takes the longest.
      const right = matches(user?.passwordHash, password);
      const prepared = known && ahead(known);
      right.catch(() => prepared?.discard()).catch(() => undefined);
      if ((await right) && user) return { user, prepared };
      log('sign-in-failed', user?._id.toString(), ['password']);
      await Promise.all([failures.count(known !== undefined), prepared?.discard()]);
      throw refusal();
    });

  /** Lets in an account's owner, who has proved who they are; refuses if it is frozen. */
  async function enter(
    user: StoredUser,
    proofs: Proofs,
    visitor: Visitor,
    cause: Cause,
    ahead?: Prepared,
  ): Promise<Continued> {
    refuseFrozen(user);
    const id = user._id.toString();
    const prepared = ahead ?? prepare(user, proofs, visitor);
    try {
      await Promise.all([
        !knownTo(user, visitor.device) && tellOfDevice(id, visitor),
        user.language !== visitor.language && store.noteLanguage(user._id, visitor.language),
      ]);
    } catch (error) {
      prepared.discard().catch(() => undefined);
      throw error;
    }
    // Last: whatever fails before leaves the former session.
    const session = await begin(user, proofs, visitor, cause, prepared);
    visitor.log('signed-in', id, Object.keys(proofs));
    return { user: { id, email: user.email }, session };
  }

  return {
    enter,

    /** Verifies the password of the account returned by `find`, within the limits on failures. */
    prove: async <U extends User & Pick<StoredUser, '_id'>>(
      find: () => Promise<U | null>,
      credentials: Credentials,
      visitor: Visitor,
      refusal: () => Refusal,
    ): Promise<U> => (await check(find, credentials, visitor, refusal)).user,

    /** Signs in with a password; if that takes two steps, this is the first. */
    async signIn(credentials: Credentials, visitor: Visitor, cause: Cause): Promise<Continued | FirstStep> {
      const proofs = { password: now() };
      const ahead = (user: StoredUser) =>
        user.twoStepSince || user.frozenAt ? undefined : prepare(user, proofs, visitor);
      const find = () => store.readUserByEmail(credentials.email);
      const { user, prepared } = await check(find, credentials, visitor, invalidCredentials, ahead);
      if (!user.twoStepSince) return enter(user, proofs, visitor, cause, prepared);
      const account = user._id.toString();
      visitor.log('factor-required', account);
      return { account, generation: user.generation ?? 0, steps: stepsOf(user) };
    },
  };
}

export type Entrance = ReturnType<typeof createEntrance>;
