import { patiently, type Cause, type OrderBody, type Outbox } from '@ticketing/common';
import { bodyOf, toData } from './bodies';
import * as hold from './domain/hold';
import * as domain from './domain/order';
import { CHECK_AFTER } from './secondLook';
import * as store from './store';

export interface HoldTerms {
  /** How long an order holds its ticket, in milliseconds. */
  window: number;
  /** Maximum open orders per buyer. */
  holdsPerBuyer: number;
}

/**
 * Holds a ticket for a buyer. An order needs two places, the next in its ticket's chain and one of its buyer's slots;
 * two unique indexes give each to one order only. Both are usually free, so they are guessed, and looked up only after
 * an index has rejected the guess. The lookup then finds the order that was faster: either it blocks this one
 * and the buyer is refused, or it has ended and there is another place to try. So every further round follows an
 * order that someone else got meanwhile.
 */
export function createPlace(outbox: Outbox, { window, holdsPerBuyer }: HoldTerms, now: () => Date) {
  /** Inserts an order, or returns which of its two places is taken. */
  async function insert(order: domain.Order, cause: Cause): Promise<OrderBody | 'seq' | 'slot'> {
    const _id = store.newId();
    const id = _id.toString();
    const checkAt = new Date(now().getTime() + CHECK_AFTER);
    const data = toData(id, order);
    try {
      await outbox.insert(store.Orders, { _id, ...order, checkAt }, [{ subject: 'order:created', data }], cause);
      return bodyOf(data, 0);
    } catch (error) {
      const taken = store.takenPlace(error);
      if (!taken) throw error;
      return taken;
    }
  }

  return async ({ network, ...wish }: hold.Wish & { network: string }, cause: Cause): Promise<OrderBody> => {
    const { buyer, ticketId } = wish;
    const ticket = await patiently(ticketId, { id: buyer, network }, () => store.loadTicket(ticketId), now);
    let last = ticket && hold.lastKnown(ticket);
    if (last === undefined) last = await store.loadLastOrder(ticketId);
    let slot = hold.freeSlot([], holdsPerBuyer);
    for (;;) {
      const earlierEnd = last && !domain.isLive(last) ? await store.loadEarlierEnd(buyer, ticketId) : null;
      const order = hold.place(wish, { ticket, last, earlierEnd, slot, now: now(), window });
      const placed = await insert(order, cause);
      if (placed === 'seq') last = await store.loadLastOrder(ticketId);
      else if (placed === 'slot') slot = hold.freeSlot(await store.loadSlots(buyer), holdsPerBuyer);
      else return placed;
    }
  };
}
