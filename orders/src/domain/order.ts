import {
  Refusal,
  type CancelReason,
  type EventDetails,
  type OrderData,
  type OrderStatus,
  type Subject,
  type TicketStatus,
} from '@ticketing/common/contract';
import type { Claim, Proposal, Ruling } from './claim';

/** A reservation of one ticket by one buyer. */
export interface Order {
  /** The buyer. */
  userId: string;
  status: OrderStatus;
  reason: OrderData['reason'];
  expiresAt: Date;
  /** Its position in the chain of the ticket's orders: 1, 2, 3 … */
  seq: number;
  /** While open: its slot among the buyer's holds, from 0; no two share one. */
  slot?: number;
  /** The ticket as it was when held; `userId` is its seller, `price` in minor units. */
  ticket: OrderData['ticket'];
  /** Since when its money is held, if tickets had not yet confirmed the listing. */
  authorizedAt?: Date;
  /** The newest known version of its payment. */
  paymentVersion?: number;
  /** When its pass was used. */
  usedAt?: Date;
  /** When the buyer first opened the delivery. */
  readAt?: Date;
  /** Once refunded: whether payments has confirmed that the money went back. */
  isReturned?: boolean;
  completedAt?: Date;
  refundedAt?: Date;
  /** The deadline for handing over a promised ticket, until that has happened. */
  deliverBy?: Date | null;
  /** When it was handed over, if that was after the sale or promised. */
  deliveredAt?: Date;
  /** When its seller will be paid if nothing stands against it. */
  releaseAt?: Date;
  /** When its seller's money was released. */
  releasedAt?: Date;
  claim?: Claim;
  /** The support desk's decisions about it, oldest first. */
  history?: Ruling[];
  /** A decision that needs a second person; null once that is settled. */
  proposal?: Proposal | null;
  /** When the sale is next due for a decision; null if never. */
  dueAt?: Date | null;
}

/** A listing, as known to orders. */
export interface Ticket extends EventDetails {
  title: string;
  description: string | null;
  price: number;
  userId: string;
  status: TicketStatus;
  /** The last of its orders known to tickets. */
  seq: number;
  edition: number;
  /** Whether its seller withdrew it before tickets heard of the order at `seq`. */
  withdrawing: boolean;
  /** Since when its delivery is there. */
  deliveredAt: string | null;
  /** The deadline of its promised delivery, while it is sold but not handed over. */
  deliverBy: string | null;
  /** When its promised delivery missed its deadline. */
  missedAt: string | null;
  /** When the buyer first opened the delivery. */
  readAt: string | null;
  /** Whether tickets knows that its sale was refunded, so that nobody can read what was handed over. */
  isRefunded?: boolean;
}

/** An order as a link in the chain of its ticket's orders. */
export type Link = Pick<Order, 'seq' | 'status'>;

export type OrderSubject = Subject & `order:${string}`;

/** An order's change caused by a command or event, and the resulting event, if others need to know. */
export interface Decision {
  set: Partial<Order>;
  subject?: OrderSubject;
}

/** An order is live as long as no one else can have its ticket. */
export const isLive = (order: Pick<Order, 'status'>): boolean => order.status !== 'cancelled';

/** Only the buyer may see an order. */
export function own<T extends Pick<Order, 'userId'>>(order: T | null, caller: string): T {
  if (!order) throw new Refusal('order-not-found');
  if (order.userId !== caller) throw new Refusal('order-not-yours');
  return order;
}

/** Its buyer cancels it. */
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

/** Our clock decides; the timer is only a wake-up. */
export const expire = (order: Order, now: Date): Decision | undefined =>
  order.status === 'created' && order.expiresAt <= now ? cancelled('expired') : undefined;

/** What decides whether the listing that tickets holds is the one that was ordered. */
export type Held = Pick<Order, 'status' | 'seq' | 'authorizedAt'> & { ticket: Pick<Order['ticket'], 'edition'> };

/** How the listing that tickets holds compares with the order's; undefined while tickets has not heard of the order. */
function standing(
  { seq, ticket: { edition } }: Held,
  ticket: Ticket | null,
): 'confirmed' | 'changed' | 'withdrawn' | undefined {
  if (ticket?.seq !== seq || ticket.status !== 'held') return undefined;
  if (ticket.withdrawing) return 'withdrawn';
  return ticket.edition === edition ? 'confirmed' : 'changed';
}

/**
 * The listing's state in tickets decides: an order made on another edition is cancelled, and one whose money is held
 * wins.
 */
export function confirm(
  order: Held,
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
 * Applies a payment event of a given version: attempts follow each other, and events of earlier ones may come late. If
 * payments restates something known in a newer version, it has missed the order's outcome, which is published again.
 */
export function hear(order: Order, version: number, decision: Decision | undefined): Decision | undefined {
  const known = order.paymentVersion ?? -1;
  if (version < known) return undefined;
  if (decision) return { ...decision, set: { ...decision.set, paymentVersion: version } };
  if (version === known) return undefined;
  return { set: { paymentVersion: version }, ...(order.status !== 'created' && { subject: subjectOf(order) }) };
}

/**
 * The money is held: the order has won, unless it has ended or tickets has yet to confirm the listing. An order whose
 * time has just passed wins too: of authorization and expiry, the one written first counts.
 */
export function authorize(order: Order, ticket: Ticket | null, now: Date): Decision | undefined {
  if (order.status !== 'created') return undefined;
  return confirm(order, ticket, true) ?? (order.authorizedAt ? undefined : { set: { authorizedAt: now } });
}

/** Admits the bearer of its pass, once. */
export function usePass(order: Order | null, now: Date): Decision {
  if (order?.status !== 'complete') throw new Refusal('pass-invalid');
  if (order.usedAt) throw new Refusal('pass-used', { params: { usedAt: order.usedAt.toISOString() } });
  return { set: { usedAt: now }, subject: subjectOf(order) };
}

const subjects = {
  created: 'order:created',
  'awaiting:payment': 'order:awaiting-payment',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
  refunded: 'order:refunded',
} as const satisfies Record<OrderStatus, Subject>;

/** The event that describes an order's latest state. */
export function subjectOf({ status, claim, releasedAt }: Pick<Order, 'status' | 'claim' | 'releasedAt'>): OrderSubject {
  if (status !== 'complete') return subjects[status];
  if (releasedAt) return 'order:released';
  return claim ? 'order:claimed' : 'order:completed';
}

export const cancelled = (reason: CancelReason): Decision => ({
  set: { status: 'cancelled', reason, slot: undefined },
  subject: 'order:cancelled',
});
