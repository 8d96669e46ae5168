import {
  Refusal,
  type CancelReason,
  type EventDetails,
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
  /** While it is open: which of its buyer's holds it is, from 0; no two have the same. */
  slot?: number;
  /** The ticket as it was when it was held; `userId` is its seller, `price` in minor units. */
  ticket: OrderData['ticket'];
  /** Since when its money is held, if tickets had not confirmed the listing by then. */
  authorizedAt?: Date;
  /** The newest version of its payment that was heard of. */
  paymentVersion?: number;
  /** When its pass was used up. */
  usedAt?: Date;
}

/** A listing, as far as orders knows it. */
export interface Ticket extends EventDetails {
  title: string;
  description: string | null;
  price: number;
  userId: string;
  status: TicketStatus;
  /** The last of its orders that tickets had heard of. */
  seq: number;
  edition: number;
  /** Its seller withdrew it before tickets heard of the order at `seq`. */
  withdrawing: boolean;
}

/** An order as a link in the chain of its ticket's orders. */
export type Link = Pick<Order, 'seq' | 'status'>;

/** What a command or an event changes in an order, and the event that tells of it, if others need to know. */
export interface Decision {
  set: Partial<Order>;
  subject?: Subject & `order:${string}`;
}

/** An order is live as long as its ticket is nobody else's. */
export const isLive = (order: Pick<Order, 'status'>): boolean => order.status !== 'cancelled';

/** Only its buyer sees an order. */
export function own<T extends Pick<Order, 'userId'>>(order: T | null, caller: string): T {
  if (!order) throw new Refusal('order-not-found');
  if (order.userId !== caller) throw new Refusal('order-not-yours');
  return order;
}

/** Its buyer gives the ticket back. */
export function cancel(order: Order): Decision | undefined {
  switch (order.status) {
    case 'created':
      return cancelled('buyer');
    case 'awaiting:payment':
      throw new Refusal('order-being-paid');
    case 'complete':
      throw new Refusal('order-complete');
    case 'cancelled':
    case 'refunded':
      return undefined;
  }
}

/** Its time has passed, by our own clock: whoever says that a timer rang is not asked. */
export const expire = (order: Order, now: Date): Decision | undefined =>
  order.status === 'created' && order.expiresAt <= now ? cancelled('expired') : undefined;

/** Whether tickets holds for an order what the order was made on; undefined while tickets has not heard of it. */
function standing(
  { seq, ticket: { edition } }: Order,
  ticket: Ticket | null,
): 'confirmed' | 'changed' | 'withdrawn' | undefined {
  if (ticket?.seq !== seq || ticket.status !== 'held') return undefined;
  if (ticket.withdrawing) return 'withdrawn';
  return ticket.edition === edition ? 'confirmed' : 'changed';
}

/** What tickets says of the listing decides: an order made on another one is cancelled, and one whose money is held wins. */
export function confirm(
  order: Order,
  ticket: Ticket | null,
  isAuthorized = Boolean(order.authorizedAt),
): Decision | undefined {
  if (order.status !== 'created') return undefined;
  const found = standing(order, ticket);
  if (found === undefined) return undefined;
  if (found !== 'confirmed') return cancelled(found);
  return isAuthorized ? { set: { status: 'awaiting:payment' }, subject: 'order:awaiting-payment' } : undefined;
}

/**
 * What news of its payment lead to, of a version of that: attempts follow each other, and what is told of an earlier one
 * may come late. Payments that tells of a newer version what is known has not heard how the order went on, and is told.
 */
export function hear(order: Order, version: number, decision: Decision | undefined): Decision | undefined {
  const known = order.paymentVersion ?? -1;
  if (version < known) return undefined;
  if (decision) return { ...decision, set: { ...decision.set, paymentVersion: version } };
  if (version === known) return undefined;
  return { set: { paymentVersion: version }, ...(order.status !== 'created' && { subject: subjectOf(order) }) };
}

/**
 * The money is held: the order has won, unless it has ended or tickets has yet to confirm the listing. One whose time has
 * just passed wins as well: of authorisation and expiry, whichever is written first.
 */
export function authorize(order: Order, ticket: Ticket | null, now: Date): Decision | undefined {
  if (order.status !== 'created') return undefined;
  return confirm(order, ticket, true) ?? (order.authorizedAt ? undefined : { set: { authorizedAt: now } });
}

/** The money is captured: sold. */
export const complete = (order: Order): Decision | undefined =>
  order.status === 'awaiting:payment'
    ? { set: { status: 'complete', slot: undefined }, subject: 'order:completed' }
    : undefined;

/** The money that was held cannot be captured after all, or was given back before payments had heard of the sale. */
export const failPayment = (order: Order): Decision | undefined =>
  order.status === 'awaiting:payment' ? cancelled('payment-failed') : refund(order);

/** The money that was captured has been given back; that it was captured may be heard later. */
export function refund(order: Order): Decision | undefined {
  switch (order.status) {
    case 'created':
      return order.authorizedAt && { set: { authorizedAt: undefined } };
    case 'awaiting:payment':
    case 'complete':
      return { set: { status: 'refunded', slot: undefined }, subject: 'order:refunded' };
    case 'cancelled':
    case 'refunded':
      return undefined;
  }
}

/** Lets the bearer of its pass in, once. */
export function usePass(order: Order | null, now: Date): Decision {
  if (order?.status !== 'complete') throw new Refusal('pass-invalid');
  if (order.usedAt) throw new Refusal('pass-used', { params: { usedAt: order.usedAt.toISOString() } });
  return { set: { usedAt: now } };
}

/** Whether others have yet to answer what an order has become, as far as the listing's copy shows. */
export function isWaiting({ status, seq }: Link, ticket: Pick<Ticket, 'seq' | 'status'> | null): boolean {
  if (status === 'awaiting:payment' || !ticket || ticket.seq < seq) return true;
  if (ticket.seq > seq) return false;
  switch (status) {
    case 'created':
      return ticket.status !== 'held';
    case 'cancelled':
      return ticket.status === 'held' || ticket.status === 'sold';
    case 'complete':
    case 'refunded':
      return ticket.status !== 'sold';
  }
}

const subjects = {
  created: 'order:created',
  'awaiting:payment': 'order:awaiting-payment',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
  refunded: 'order:refunded',
} as const satisfies Record<OrderStatus, Subject>;

/** The event that tells of an order as it is. */
export const subjectOf = ({ status }: Pick<Order, 'status'>) => subjects[status];

const cancelled = (reason: CancelReason): Decision => ({
  set: { status: 'cancelled', reason, slot: undefined },
  subject: 'order:cancelled',
});
