import { createLeaving, dropLettersOf, type Outbox } from '@ticketing/common';
import { debtOf } from './debts';
import * as leaving from './leavingStore';
import { readSeller } from './store';

/** The money of people who are leaving. */
export function createPeopleLeaving(outbox: Outbox, now: () => Date) {
  /** None of their sales is open: what is paid stays paid, unless a bank decides otherwise. */
  async function isPaid(userId: string): Promise<boolean> {
    // A share that becomes a debt is recorded as a debt before it is closed: in this order one of them is seen.
    if (await leaving.hasOpenShares(userId)) return false;
    const seller = await readSeller(userId);
    return !(seller && debtOf(seller) > 0);
  }

  const leavers = createLeaving(outbox, 'user:paid', isPaid, now, 0);

  return {
    askLeavers: leavers.ask,
    checkLeavers: leavers.check,

    /** Erases the personal data of a deleted account. Its payments stay on the books, under a bare id. */
    async erasePerson(userId: string) {
      await leavers.forget([userId]);
      await dropLettersOf([userId]);
      await leaving.eraseContact(userId);
    },
  };
}
