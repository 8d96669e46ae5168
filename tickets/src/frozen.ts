import { allOf, type Event } from '@ticketing/common';
import type { Delist } from './delisting';
import { freeze } from './domain/support';
import { findFrozen, hearFrozen } from './userStore';

/**
 * For how long sellers of whose freeze was heard are looked at again: somebody may list something before it is heard that
 * their sessions have ended.
 */
const AFTERWARDS = 900_000;

/** What becomes of the listings of people whose accounts are frozen. Nothing of it is listed again by itself. */
export function createFrozen(delist: Delist, now: () => Date) {
  return {
    /** Withdraws what sellers have for sale whose accounts are frozen: now, not only when that was told. */
    async followUsers(events: Event<'user:updated'>[]) {
      const frozen = new Map(events.flatMap((event) => (event.data.frozenAt ? [[event.data.id, event]] : [])));
      if (frozen.size === 0) return;
      const ids = await hearFrozen([...frozen.keys()], now());
      await allOf(ids, (id) => delist(id, frozen.get(id) ?? { trace: `frozen-${id}` }, freeze));
    },

    /** Once more for those who were frozen lately, as far as was heard. */
    async lookAtFrozen() {
      const ids = await findFrozen(new Date(now().getTime() - AFTERWARDS));
      await allOf(ids, (id) => delist(id, { trace: `frozen-${id}` }, freeze));
    },
  };
}
