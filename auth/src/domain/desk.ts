import { Refusal, type Role } from '@ticketing/common/contract';
import { factorOf, type Proofs } from './factors';
import type { User } from './user';

/** What a session may do besides that begins with these proofs: nothing without a second factor. */
export const roleOf = ({ role }: Pick<User, 'role'>, proofs: Proofs): Role | undefined =>
  (factorOf(proofs) && role) || undefined;

/** Refuses the owner of a frozen account. Only who has proved to be that may learn of it. */
export function refuseFrozen({ frozenAt }: Pick<User, 'frozenAt'>) {
  if (frozenAt) throw new Refusal('account-frozen');
}

/** Nobody at the support desk acts on their own account. */
export function refuseOwn(id: string, by: string | undefined) {
  if (id === by) throw new Refusal('own-account');
}

/** The desk cannot be locked out by one of its own. */
export function refuseStaff({ role }: Pick<User, 'role'>) {
  if (role) throw new Refusal('account-of-staff');
}

/** The account as it is once frozen; undefined if it is already. */
export function freeze({ role, frozenAt }: User, now: Date): Pick<User, 'frozenAt'> | undefined {
  refuseStaff({ role });
  return frozenAt ? undefined : { frozenAt: now };
}
