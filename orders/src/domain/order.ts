import {
  EventDetails,
  Refusal,
  type CancelReason,
  type OrderData,
  type OrderStatus,
  type Subject,
  type TicketStatus,
} from '@ticketing/common/contract';

/** A reservation of one ticket by one buyer. */
export interface Order {
  /** The buyer. */
  userId: string;
  status: OrderStatus;
  reason: CancelReason | null;
  expiresAt: Date;
  /** Its place in the chain of the ticket's orders: 1, 2, 3 … */
  seq: number;
  /** The ticket as it was when it was held; `userId` is its seller, `price` in minor units. */
  ticket: OrderData['ticket'];
}

/** A listing, as far as orders knows it. */
export interface Ticket extends EventDetails {
  title: string;
  price: number;
  userId: string;
  status: TicketStatus;
  /** The last of its orders that tickets had heard of. */
  seq: number;
}

/** An order as a link in the chain of its ticket's orders. */
export type Link = Pick<Order, 'seq' | 'status'>;

/** What a command or an event changes in an order, and the event that tells of it. */
export interface Decision {
  set: Partial<Order>;
  subject: Subject & `order:${string}`;
}

/** An order is live as long as its ticket is nobody else's. */
export const isLive = (order: Pick<Order, 'status'>): boolean => order.status !== 'cancelled';

/**
 * Holds a ticket for a buyer until `now + window` milliseconds, as the next link in the chain of its orders.
 * Refuses while the last one is live. That two buyers cannot both be next is for the store to see to.
 */
export function place(
  buyer: string,
  ticketId: string,
  ticket: Ticket | null,
  last: Link | null,
  now: Date,
  window: number,
): Order {
  if (!ticket) throw new Refusal('ticket-not-found');
  if (ticket.userId === buyer) throw new Refusal('own-ticket');
  if (last && isLive(last)) throw reserved();
  if (ticket.status === 'withdrawn') throw new Refusal('ticket-not-for-sale');
  if (ticket.startsAt && new Date(ticket.startsAt) <= now) throw new Refusal('event-begun');
  const { title, price, userId } = ticket;
  return {
    userId: buyer,
    status: 'created',
    reason: null,
    expiresAt: new Date(now.getTime() + window),
    seq: (last?.seq ?? 0) + 1,
    ticket: { id: ticketId, title, price, userId, ...EventDetails.parse(ticket) },
  };
}

/**
 * The last order of a ticket, where its copy tells: `available` means that tickets heard of that order's end, and
 * a cancelled order never comes back. If others came since, the next place is taken, and the insert says so.
 */
export const lastKnown = (ticket: Ticket): Link | null | undefined =>
  ticket.status !== 'available' ? undefined : ticket.seq === 0 ? null : { seq: ticket.seq, status: 'cancelled' };

export const reserved = () => new Refusal('ticket-reserved');

/** Only its buyer sees an order. */
export function own<T extends Pick<Order, 'userId'>>(order: T | null, caller: string): T {
  if (!order) throw new Refusal('order-not-found');
  if (order.userId !== caller) throw new Refusal('order-not-yours');
  return order;
}

/** Its buyer gives the ticket back. */
export function cancel(order: Order): Decision | undefined {
  if (order.status === 'cancelled') return undefined;
  if (order.status === 'created') return cancelled('buyer');
  throw new Refusal(order.status === 'complete' ? 'order-complete' : 'order-being-paid');
}

/** Its time has passed, by our own clock: whoever says that a timer rang is not asked. */
export const expire = (order: Order, now: Date): Decision | undefined =>
  order.status === 'created' && order.expiresAt <= now ? cancelled('expired') : undefined;

/**
 * The money is held: the order has won, unless it has been cancelled. One whose time has just passed wins as
 * well: of authorisation and expiry, whichever is written first.
 */
export const authorize = (order: Order): Decision | undefined =>
  order.status === 'created' ? { set: { status: 'awaiting:payment' }, subject: 'order:awaiting-payment' } : undefined;

/** The money is captured: sold. */
export const complete = (order: Order): Decision | undefined =>
  order.status === 'awaiting:payment' ? { set: { status: 'complete' }, subject: 'order:completed' } : undefined;

/** The money that was held cannot be captured after all. */
export const failPayment = (order: Order): Decision | undefined =>
  order.status === 'awaiting:payment' ? cancelled('payment-failed') : undefined;

const cancelled = (reason: CancelReason): Decision => ({
  set: { status: 'cancelled', reason },
  subject: 'order:cancelled',
});
