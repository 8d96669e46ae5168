import { createLeaving, dropLettersOf, type Event, type Outbox } from '@ticketing/common';
import * as leaving from './leavingStore';

/** Orders of people who are leaving. */
export function createPeopleLeaving(outbox: Outbox, now: () => Date) {
  /** They have nothing for sale and can hold nothing new: once settled, they stay settled. */
  async function isSettled(userId: string): Promise<boolean> {
    const { holds, purchases, sales } = await leaving.readUnsettled(userId);
    return holds + purchases + sales === 0;
  }

  const leavers = createLeaving(outbox, 'user:settled', isSettled, now);

  return {
    askLeavers: leavers.ask,
    checkLeavers: leavers.check,
    unsettledOf: leaving.readUnsettled,

    /** Erases the texts of people whose accounts are deleted. */
    async erasePerson(userId: string) {
      await leavers.forget([userId]);
      await dropLettersOf([userId]);
      await leaving.eraseClaims(userId);
    },

    /** Erases the listing texts of sellers who have left. */
    async followErased(events: Event<'ticket:updated'>[]) {
      const ids = events.flatMap(({ data }) => (data.isErased ? data.id : []));
      if (ids.length > 0) await leaving.eraseDescriptions(ids);
    },
  };
}
