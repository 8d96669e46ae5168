import { Refusal, type Role } from '@ticketing/common/contract';
import { factorOf, type Proofs } from './factors';
import type { User } from './user';

/** The role of a session with these proofs: none without a second factor. */
export const roleOf = ({ role }: Pick<User, 'role'>, proofs: Proofs): Role | undefined =>
  (factorOf(proofs) && role) || undefined;

/** Refuses the owner of a frozen account. Only someone proven to be the owner may learn that it is frozen. */
export function refuseFrozen({ frozenAt }: Pick<User, 'frozenAt'>) {
  if (frozenAt) throw new Refusal('account-frozen');
}

/** Support staff may not act on their own account. */
export function refuseOwn(id: string, by: string | undefined) {
  if (id === by) throw new Refusal('own-account');
}

/** No member of the desk can lock out another. */
export function refuseStaff({ role }: Pick<User, 'role'>) {
  if (role) throw new Refusal('account-of-staff');
}

/** The changes that freeze an account; undefined if it is frozen already. */
export function freeze({ role, frozenAt }: User, now: Date): Pick<User, 'frozenAt'> | undefined {
  refuseStaff({ role });
  return frozenAt ? undefined : { frozenAt: now };
}
