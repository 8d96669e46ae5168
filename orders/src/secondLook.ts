import type { Outbox } from '@ticketing/common';
import { commitEach } from './batch';
import { snapshot } from './bodies';
import { look, type Look } from './domain/waiting';
import * as store from './store';

/** Delay before checking whether other services have reacted to an order's state, in milliseconds. */
export const CHECK_AFTER = 10_000;
/** The maximum time between two checks; refunds may take days. */
const [AT_LEAST_EVERY, REFUNDS_EVERY] = [600_000, 3_600_000];

/**
 * Republishes orders that are waiting for other services, as news with a new version, so that none gets stuck, whatever
 * NATS has lost. First after ten seconds, then after as long again as it has waited; not while NATS is unavailable.
 *
 * Payments does not confirm what it has heard: an order that is still unpaid after a third of its window is republished
 * once, so that its buyer can pay.
 * @param window how long an order holds its ticket, in milliseconds
 */
export const createSecondLook =
  (outbox: Outbox, window: number, now: () => Date = () => new Date()) =>
  async (): Promise<void> => {
    const at = now();
    const due = await store.findDue(at);
    if (due.length === 0) return;
    const tickets = await Promise.all(due.map(({ ticket }) => store.loadTicket(ticket.id)));
    const rest = (window * 2) / 3;
    const looks = new Map(due.map((order, index) => [order, look(order, tickets[index] ?? null, rest, at)]));
    const those = (...which: Look[]) => due.filter((order) => which.includes(looks.get(order) ?? 'done'));
    await store.settle(those('done'), at);
    await store.settleUntil(those('early'), rest, at);
    await commitEach(
      outbox,
      those('waiting', 'unpaid'),
      (order) => ({
        set: { checkAt: looks.get(order) === 'waiting' ? nextCheck(order, at) : afterEnd(order) },
        events: order.outbox.length === 0 ? snapshot(order) : [],
        cause: { trace: `again-${order._id.toString()}` },
      }),
      { field: 'checkAt', now: at },
    );
  };

/** By then it was paid for, or has ended. */
const afterEnd = ({ expiresAt }: store.StoredOrder) => new Date(expiresAt.getTime() + CHECK_AFTER);

function nextCheck({ _id, status }: store.StoredOrder, at: Date): Date {
  const age = at.getTime() - _id.getTimestamp().getTime();
  const most = status === 'refunded' ? REFUNDS_EVERY : AT_LEAST_EVERY;
  return new Date(at.getTime() + Math.min(Math.max(age, CHECK_AFTER), most));
}
