import { allOf, type Cause, type Event, type Outbox } from '@ticketing/common';
import { toData } from './bodies';
import type { Change } from './change';
import { withdrawFor } from './domain/support';
import * as store from './store';
import { findFrozen } from './supportStore';
import { readFrozen } from './userStore';

/** For how long sellers who were frozen are looked at again: somebody may list something before their sessions end. */
const AFTERWARDS = 900_000;

/** What becomes of the listings of people who may not sell any more. */
export function createFrozen(change: Change, outbox: Outbox, now: () => Date) {
  /**
   * Withdraws all that someone has for sale, a few hundred in a write; what is held, once its order has ended. Once more
   * is harmless. Nothing of it is listed again by itself.
   */
  async function withdrawAll(userId: string, cause: Cause): Promise<void> {
    for (let after: string | undefined; ;) {
      const listings = await store.findForSaleOf(userId, after);
      if (listings.length === 0) return;
      after = listings.at(-1)?._id.toString();
      const changes = listings.flatMap((ticket) => {
        const set = withdrawFor(ticket, 'account-frozen', now());
        if (!set) return [];
        const data = toData(ticket._id.toString(), { ...ticket, ...set });
        const events = [{ subject: 'ticket:updated' as const, data }];
        return { _id: ticket._id, version: ticket.version, set, events, cause };
      });
      const lost = await outbox.commitAll(store.Tickets, changes);
      await allOf(lost, (id) =>
        change(id.toString(), cause, (ticket) =>
          ticket?.status === 'available' || ticket?.status === 'held'
            ? withdrawFor(ticket, 'account-frozen', now())
            : undefined,
        ),
      );
    }
  }

  return {
    /** Withdraws what sellers have for sale whose accounts are frozen: now, not only when that was told. */
    async followUsers(events: Event<'user:updated'>[]) {
      const frozen = new Map(events.flatMap((event) => (event.data.frozenAt ? [[event.data.id, event]] : [])));
      for (const id of frozen.size > 0 ? await readFrozen([...frozen.keys()]) : [])
        await withdrawAll(id, frozen.get(id) ?? { trace: `frozen-${id}` });
    },

    /** Once more for those who were frozen lately. */
    async lookAtFrozen() {
      for (const id of await findFrozen(new Date(now().getTime() - AFTERWARDS)))
        await withdrawAll(id, { trace: `frozen-${id}` });
    },
  };
}
