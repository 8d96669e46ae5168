import {
  normalEmail,
  Refusal,
  type EndedData,
  type Language,
  type NewEvent,
  type Role,
} from '@ticketing/common/contract';

/** A former address, which the link sent there can restore. */
export interface FormerAddress {
  email: string;
  /** When the link expires. */
  until: Date;
}

/** An account. */
export interface User {
  /** In normal form; very old accounts may have a Unicode domain. */
  email: string;
  /** The owner's display name. */
  name?: string | null;
  /** Language of messages to its owner; English if unknown. */
  language?: Language | null;
  /** Since when the address is confirmed; null until they have opened a link sent to it. */
  confirmedAt?: Date | null;
  /** Who at the support desk confirmed it for them; null once they have opened such a link themselves. */
  confirmedBy?: string | null;
  /** The pending address, which takes effect once a link sent there is opened. */
  pendingEmail?: string | null;
  /** Former addresses that can be restored, oldest first. */
  formerEmails?: FormerAddress[] | undefined;
  /** Whether its owner has unsubscribed from optional messages. */
  isUnsubscribed?: boolean;
  /** argon2id with its parameters and salt, in PHC string format. */
  passwordHash: string;
  /** Hash of the link that last set the password: it cannot set another. */
  resetBy?: string;
  /** Browsers that signed in before this are no longer known devices: a link set the password then. */
  devicesSince?: Date | null;
  /** How many times all sessions were ended; a session belongs to the generation in which it began. 0 if missing. */
  generation?: number;
  /** When that was last done. */
  sessionsEndedAt?: Date | null;
  /** Its owner's role, once they have proved a second factor. */
  role?: Role | null;
  /** Since when it is frozen: nobody can sign in, and its owner is not paid. */
  frozenAt?: Date | null;
  /** Since when its deletion is requested. */
  leavingAt?: Date | null;
  /** When that was last published. */
  leavingToldAt?: Date | null;
  /** When it was deleted: only its id is left. */
  deletedAt?: Date | null;
}

/** The caller's account, given what was found; refuses if it is gone. */
export function existing<U>(user: U | null): U {
  if (!user) throw new Refusal('account-gone');
  return user;
}

type Ended = NewEvent & { subject: 'session:ended' };

/** The event that ends a session; without a `sid`, all of the account's below a generation. */
export const ended = (of: Omit<EndedData, 'endedAt'>, at: Date): Ended => ({
  subject: 'session:ended',
  data: { ...of, endedAt: at.toISOString() },
});

/** The event that all sessions of an account were ended, if they ever were. */
export const allEnded = (userId: string, { generation = 0, sessionsEndedAt: at }: User): Ended[] =>
  at ? [ended({ userId, sid: null, generation }, at)] : [];

/**
 * Ends all sessions of an account. Commit the events with the change that ends them; a
 * session that continues is reissued with the account's new generation.
 */
export function endSessions(user: User, userId: string, now: Date): Ended[] {
  Object.assign(user, { generation: (user.generation ?? 0) + 1, sessionsEndedAt: now });
  return allEnded(userId, user);
}

/** The normal form of a valid address. */
export function normalise(email: string): string {
  const normal = normalEmail(email);
  if (normal === undefined) throw new Refusal('email-invalid', { field: 'email' });
  return normal;
}

/** The same error for an unknown address and a wrong password, so that neither reveals who has an account. */
export const invalidCredentials = () => new Refusal('invalid-credentials');

export const emailInUse = () => new Refusal('email-in-use', { field: 'email' });

export const wrongPassword = () => new Refusal('current-password-wrong', { field: 'currentPassword' });

const waiting = (seconds: number) => ({ params: { minutes: Math.ceil(seconds / 60) }, retryAfter: seconds });

/** The same error for a link that was used, has expired, or never existed. */
export const linkExpired = () => new Refusal('link-expired', { field: 'token' });

/** The same error for a second step that took too long, or whose account has changed in the meantime. */
export const stepExpired = () => new Refusal('step-expired');

export const tooManyLinks = (seconds: number) => new Refusal('too-many-links', waiting(seconds));

export const tooManyCodes = (seconds: number) => new Refusal('too-many-codes', waiting(seconds));

export const tooManyFailures = (seconds: number) => new Refusal('too-many-failed-sign-ins', waiting(seconds));

/** The same error whether or not an address is in use. */
export const tooManySignUps = (seconds: number) => new Refusal('sign-ups-limited', waiting(seconds));
