import type { Outbox } from '@ticketing/common';
import { commitEach } from './batch';
import { snapshot } from './bodies';
import { isWaiting } from './domain/waiting';
import * as store from './store';

/** Delay before checking whether other services have reacted to an order's state, in milliseconds. */
export const CHECK_AFTER = 10_000;
/** The most time between two looks; money that goes back may take days. */
const [AT_LEAST_EVERY, REFUNDS_EVERY] = [600_000, 3_600_000];

/**
 * Republishes orders that are waiting for other services, as news with a new version, so that none gets stuck, whatever
 * NATS has lost. First after ten seconds, then after as long again as it has waited; not while NATS is unavailable.
 */
export const createSecondLook =
  (outbox: Outbox, now: () => Date = () => new Date()) =>
  async (): Promise<void> => {
    const at = now();
    const due = await store.findDue(at);
    if (due.length === 0) return;
    const tickets = await Promise.all(due.map(({ ticket }) => store.loadTicket(ticket.id)));
    const waiting = due.filter((order, index) => isWaiting(order, tickets[index] ?? null));
    await store.settle(
      due.filter((order) => !waiting.includes(order)),
      at,
    );
    await commitEach(
      outbox,
      waiting,
      (order) => ({
        set: { checkAt: nextCheck(order, at) },
        events: order.outbox.length === 0 ? snapshot(order) : [],
        cause: { trace: `again-${order._id.toString()}` },
      }),
      { field: 'checkAt', now: at },
    );
  };

function nextCheck({ _id, status }: store.StoredOrder, at: Date): Date {
  const age = at.getTime() - _id.getTimestamp().getTime();
  const most = status === 'refunded' ? REFUNDS_EVERY : AT_LEAST_EVERY;
  return new Date(at.getTime() + Math.min(Math.max(age, CHECK_AFTER), most));
}
