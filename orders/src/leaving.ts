import { createLeaving, dropLettersOf, type Event, type Outbox } from '@ticketing/common';
import * as leaving from './leavingStore';

/** What becomes of the orders of people who have their accounts deleted. */
export function createPeopleLeaving(outbox: Outbox, now: () => Date) {
  /** Nothing of theirs is for sale, and nothing new is held for them: what is settled stays so. */
  async function isSettled(userId: string): Promise<boolean> {
    const { holds, purchases, sales } = await leaving.readUnsettled(userId);
    return holds + purchases + sales === 0;
  }

  const leavers = createLeaving(outbox, 'user:settled', isSettled, now);

  return {
    askLeavers: leavers.ask,
    checkLeavers: leavers.check,
    unsettledOf: leaving.readUnsettled,

    /** Erases what people wrote whose accounts are deleted. */
    async erasePerson(userId: string) {
      await leavers.forget([userId]);
      await dropLettersOf([userId]);
      await leaving.eraseClaims(userId);
    },

    /** Erases what sellers who have left wrote of their listings. */
    async followErased(events: Event<'ticket:updated'>[]) {
      const ids = events.flatMap(({ data }) => (data.isErased ? data.id : []));
      if (ids.length > 0) await leaving.eraseDescriptions(ids);
    },
  };
}
