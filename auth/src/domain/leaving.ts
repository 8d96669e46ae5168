import type { NewEvent } from '@ticketing/common/contract';
import type { User } from './user';

/** The changes when an account's owner requests its deletion; undefined if that was done already. */
export const leave = ({ leavingAt }: User, now: Date): Partial<User> | undefined =>
  leavingAt ? undefined : { leavingAt: now, leavingToldAt: now };

/** The changes when its owner keeps the account after all; undefined if there is nothing to do. */
export const stay = ({ leavingAt }: User): Partial<User> | undefined =>
  leavingAt ? { leavingAt: null, leavingToldAt: null } : undefined;

/** That an account is deleted. */
export const deleted = (id: string, at: Date): NewEvent => ({
  subject: 'user:deleted',
  data: { id, deletedAt: at.toISOString() },
});
