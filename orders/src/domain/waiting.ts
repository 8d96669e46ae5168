import type { Link, Order, Ticket } from './order';

type Copy = Pick<Ticket, 'seq' | 'status' | 'isRefunded'> | null;

/** Whether other services have yet to react to an order's state, judging by the copy of its listing. */
export function isWaiting({ status, seq, isReturned }: Link & Pick<Order, 'isReturned'>, ticket: Copy): boolean {
  if (status === 'awaiting:payment' || !ticket || ticket.seq < seq) return true;
  if (ticket.seq > seq) return false;
  switch (status) {
    case 'created':
      return ticket.status !== 'held';
    case 'cancelled':
      return ticket.status === 'held' || ticket.status === 'sold';
    case 'complete':
      return ticket.status !== 'sold';
    case 'refunded':
      return ticket.status !== 'sold' || !ticket.isRefunded || !isReturned;
  }
}

/** Whether others have yet to hear of an order. `early`: it is unpaid, with most of its time left. */
export type Look = 'waiting' | 'early' | 'unpaid' | 'done';

/** @param rest the remaining time, in milliseconds, at which an unpaid order is no longer early */
export function look(order: Order, ticket: Copy, rest: number, now: Date): Look {
  if (isWaiting(order, ticket)) return 'waiting';
  const left = order.expiresAt.getTime() - now.getTime();
  if (order.status !== 'created' || left <= 0) return 'done';
  return left > rest ? 'early' : 'unpaid';
}
