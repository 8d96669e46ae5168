import { lifetimes, Refusal } from '@ticketing/common/contract';
import type { FormerAddress, User } from './user';

/** Changes allowed while one can be undone: this many former addresses are kept, including the first. */
const MOST_CHANGES = 5;

/**
 * The changes to an account when the confirmation link sent to `email` is followed; undefined if it neither
 * has that address nor requested it.
 */
export function confirm(user: User, email: string, now: Date): Partial<User> | undefined {
  if (email === user.email) return { confirmedAt: user.confirmedAt ?? now, confirmedBy: null };
  if (email !== user.pendingEmail) return undefined;
  const former = (user.formerEmails ?? []).filter(({ until }) => until > now);
  if (former.length >= MOST_CHANGES) throw tooManyChanges(former, now);
  // A never confirmed one may be someone else's: it must not undo anything.
  const left = user.confirmedAt ? [{ email: user.email, until: new Date(now.getTime() + lifetimes.undoLink) }] : [];
  return { email, confirmedAt: now, confirmedBy: null, pendingEmail: null, formerEmails: [...former, ...left] };
}

/** Stands for someone at the support desk when it is unknown who. */
const UNKNOWN = 'desk';

/** The changes to an account whose address the support desk confirms; undefined if it is confirmed already. */
export const vouch = ({ confirmedAt }: User, by: string | undefined, now: Date): Partial<User> | undefined =>
  confirmedAt ? undefined : { confirmedAt: now, confirmedBy: by ?? UNKNOWN };

type Confirmed = Pick<User, 'confirmedAt' | 'confirmedBy'>;

/** Whether the desk is known to have confirmed the address, and its owner has followed no link since. */
export const isVouched = ({ confirmedAt, confirmedBy }: Confirmed): boolean => Boolean(confirmedAt && confirmedBy);

/**
 * Whether the owner of an account has followed a link sent to its address, which nobody else can. An account
 * confirmed before `confirmedBy` existed may have been confirmed by the desk.
 */
export const isProven = ({ confirmedAt, confirmedBy }: Confirmed): boolean =>
  Boolean(confirmedAt) && confirmedBy === null;

/**
 * Undoes a change of address, and all later ones: moving an account twice must not lock its owner out of the original
 * address. Undefined if that is no longer possible.
 */
export function undo(user: User, email: string, now: Date): Partial<User> | undefined {
  const former = user.formerEmails ?? [];
  const at = former.findIndex((one) => one.email === email && one.until > now);
  if (at < 0) return undefined;
  // Whoever changed the address may have requested the account's deletion, too.
  const stays = { leavingAt: null, leavingToldAt: null };
  return {
    email,
    confirmedAt: now,
    confirmedBy: null,
    pendingEmail: null,
    formerEmails: former.slice(0, at),
    ...stays,
  };
}

function tooManyChanges([first]: FormerAddress[], now: Date): Refusal {
  const seconds = Math.max(0, (first?.until.getTime() ?? 0) - now.getTime()) / 1000;
  return new Refusal('address-changes-limited', { params: { days: Math.ceil(seconds / 86_400) }, retryAfter: seconds });
}
