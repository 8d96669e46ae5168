import {
  normalEmail,
  Refusal,
  type EndedData,
  type Language,
  type NewEvent,
  type Role,
} from '@ticketing/common/contract';

/** An address that an account had, and may have again by the link that was sent there. */
export interface FormerAddress {
  email: string;
  /** Until when. */
  until: Date;
}

/** An account. */
export interface User {
  /** In normal form; very old accounts may have a Unicode domain. */
  email: string;
  /** How its owner wants to be called. */
  name?: string | null;
  /** In which its owner reads messages; English if unknown. */
  language?: Language | null;
  /** Since when the address is known to be theirs; null until they have followed a link sent to it. */
  confirmedAt?: Date | null;
  /** Who of the support desk took it for theirs; null once they have followed such a link themselves. */
  confirmedBy?: string | null;
  /** The address that it is to have, once a link sent there is followed. */
  pendingEmail?: string | null;
  /** The addresses that it had, oldest first, and may have again. */
  formerEmails?: FormerAddress[] | undefined;
  /** Whether they do not want messages that nobody is owed. */
  isUnsubscribed?: boolean;
  /** argon2id with its parameters and salt, in PHC string format. */
  passwordHash: string;
  /** The hash of the link that last set the password: it sets no other. */
  resetBy?: string;
  /** Browsers that were signed in to before are known no more: by then a link set the password. */
  devicesSince?: Date | null;
  /** How often all sessions were ended; a session belongs to the generation in which it began. 0 if missing. */
  generation?: number;
  /** When that was last done. */
  sessionsEndedAt?: Date | null;
  /** What its owner may do besides, once they have proved a second factor. */
  role?: Role | null;
  /** Since when nobody can sign in to it and its owner is not paid. */
  frozenAt?: Date | null;
  /** Since when its owner wants it deleted. */
  leavingAt?: Date | null;
  /** When the services were last told of that. */
  leavingToldAt?: Date | null;
  /** It is no more: nothing but its id is left. */
  deletedAt?: Date | null;
}

/** What was found of a caller's account; refuses if it is gone. */
export function existing<U>(user: U | null): U {
  if (!user) throw new Refusal('account-gone');
  return user;
}

type Ended = NewEvent & { subject: 'session:ended' };

/** The event that says that a session is over; without a `sid`, all of the account's below a generation. */
export const ended = (of: Omit<EndedData, 'endedAt'>, at: Date): Ended => ({
  subject: 'session:ended',
  data: { ...of, endedAt: at.toISOString() },
});

/** That all sessions of an account were ended, if they ever were. */
export const allEnded = (userId: string, { generation = 0, sessionsEndedAt: at }: User): Ended[] =>
  at ? [ended({ userId, sid: null, generation }, at)] : [];

/**
 * Ends all sessions of an account: whatever was signed in before. Commit the events with the change that ends them; a
 * session that is to go on is issued anew, with the account's new generation.
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

/** The same error for a link that was used, is too old, or never was. */
export const linkExpired = () => new Refusal('link-expired', { field: 'token' });

/** The same error for a second step that took too long, or whose account has changed meanwhile. */
export const stepExpired = () => new Refusal('step-expired');

export const tooManyLinks = (seconds: number) => new Refusal('too-many-links', waiting(seconds));

export const tooManyCodes = (seconds: number) => new Refusal('too-many-codes', waiting(seconds));

export const tooManyFailures = (seconds: number) => new Refusal('too-many-failed-sign-ins', waiting(seconds));

/** The same error whether or not an address is in use. */
export const tooManySignUps = (seconds: number) => new Refusal('sign-ups-limited', waiting(seconds));
