import type { Link, Order, Ticket } from './order';

/** Whether other services have yet to react to an order's state, judging by the copy of its listing. */
export function isWaiting(
  { status, seq, isReturned }: Link & Pick<Order, 'isReturned'>,
  ticket: Pick<Ticket, 'seq' | 'status' | 'isRefunded'> | null,
): boolean {
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
