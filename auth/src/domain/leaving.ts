import type { NewEvent } from '@ticketing/common/contract';
import type { User } from './user';

/** What becomes of an account whose owner wants it deleted; undefined if they do already. */
export const leave = ({ leavingAt }: User, now: Date): Partial<User> | undefined =>
  leavingAt ? undefined : { leavingAt: now, leavingToldAt: now };

/** What becomes of an account whose owner keeps it after all; undefined if nothing is to be done. */
export const stay = ({ leavingAt }: User): Partial<User> | undefined =>
  leavingAt ? { leavingAt: null, leavingToldAt: null } : undefined;

/** That an account is deleted. */
export const deleted = (id: string, at: Date): NewEvent => ({
  subject: 'user:deleted',
  data: { id, deletedAt: at.toISOString() },
});
