import { allOf, type Event } from '@ticketing/common';
import type { Delist } from './delisting';
import { freeze } from './domain/support';
import { findFrozen, hearFrozen } from './userStore';

/**
 * How long sellers are rechecked after their freeze: they may list something before the end of their sessions has
 * been heard.
 */
const AFTERWARDS = 900_000;

/** Takes the listings of frozen accounts off sale. Unfreezing does not list them again. */
export function createFrozen(delist: Delist, now: () => Date) {
  return {
    /** Withdraws the listings of sellers whose accounts are frozen now, whatever the event says. */
    async followUsers(events: Event<'user:updated'>[]) {
      const frozen = new Map(events.flatMap((event) => (event.data.frozenAt ? [[event.data.id, event]] : [])));
      if (frozen.size === 0) return;
      const ids = await hearFrozen([...frozen.keys()], now());
      await allOf(ids, (id) => delist(id, frozen.get(id) ?? { trace: `frozen-${id}` }, freeze));
    },

    /** The same for accounts frozen recently. */
    async lookAtFrozen() {
      const ids = await findFrozen(new Date(now().getTime() - AFTERWARDS));
      await allOf(ids, (id) => delist(id, { trace: `frozen-${id}` }, freeze));
    },
  };
}
