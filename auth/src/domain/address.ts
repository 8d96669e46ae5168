import { lifetimes, Refusal } from '@ticketing/common/contract';
import type { FormerAddress, User } from './user';

/** Changes allowed while one can be undone: as many former addresses are kept, including the first. */
const MOST_CHANGES = 5;

/**
 * What becomes of an account when a link that was sent to `email` is followed to confirm it; undefined if it neither
 * has that address nor asked for it.
 */
export function confirm(user: User, email: string, now: Date): Partial<User> | undefined {
  if (email === user.email) return { confirmedAt: user.confirmedAt ?? now, confirmedBy: null };
  if (email !== user.pendingEmail) return undefined;
  const former = (user.formerEmails ?? []).filter(({ until }) => until > now);
  if (former.length >= MOST_CHANGES) throw tooManyChanges(former, now);
  // One that was never confirmed may be somebody else's: it can undo nothing.
  const left = user.confirmedAt ? [{ email: user.email, until: new Date(now.getTime() + lifetimes.undoLink) }] : [];
  return { email, confirmedAt: now, confirmedBy: null, pendingEmail: null, formerEmails: [...former, ...left] };
}

/** Stands for someone at the support desk, if nobody says who. */
const UNKNOWN = 'desk';

/** What becomes of an account whose address the support desk takes for its owner's; undefined if it counts already. */
export const vouch = ({ confirmedAt }: User, by: string | undefined, now: Date): Partial<User> | undefined =>
  confirmedAt ? undefined : { confirmedAt: now, confirmedBy: by ?? UNKNOWN };

type Confirmed = Pick<User, 'confirmedAt' | 'confirmedBy'>;

/** Whether the desk is known to have confirmed an address whose owner has followed no link since. */
export const isVouched = ({ confirmedAt, confirmedBy }: Confirmed): boolean => Boolean(confirmedAt && confirmedBy);

/**
 * Whether the owner of an account has followed a link that was sent to its address: nobody else can have. An account
 * confirmed before that was kept has no `confirmedBy`: it may have been the desk.
 */
export const isProven = ({ confirmedAt, confirmedBy }: Confirmed): boolean =>
  Boolean(confirmedAt) && confirmedBy === null;

/**
 * Undoes a change of address, and all since: whoever moved an account twice cannot keep its owner from the first of its
 * addresses. Undefined if that can no longer be done.
 */
export function undo(user: User, email: string, now: Date): Partial<User> | undefined {
  const former = user.formerEmails ?? [];
  const at = former.findIndex((one) => one.email === email && one.until > now);
  if (at < 0) return undefined;
  // Whoever moved the account may have requested its deletion, too.
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
