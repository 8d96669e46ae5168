import { isNews, Refusal, toMajor, type Listing, type OrderStatus } from '@ticketing/common/contract';
import { editionOf, rekeyed, sold, soldUntil, type Deliverable } from './delivery';
import { findable, type Findable } from './facets';
import type { Review } from './review';

/** A listing, what is handed over for it, and the order it follows. */
export interface Ticket extends Deliverable, Findable {
  /** Its live order, if any. */
  orderId: string | null;
  /** How far it has followed its orders: the last one's position in the chain, and that order's version. */
  followed: { seq: number; version: number };
  /** Its seller is leaving: it is withdrawn as soon as nobody holds it. */
  isLast?: boolean;
  /** Its seller has left: what they wrote about it is erased. */
  erasedAt?: Date;
  /** Set if its description has to be reviewed. */
  review?: Review | null;
  /** Why others than its seller withdrew it: a text, or what happened to its seller's account. */
  withdrawnFor?: string;
}

/** An order's latest state. */
export interface OrderNews {
  orderId: string;
  seq: number;
  version: number;
  /** See `Event`. */
  republished?: true | undefined;
  status: OrderStatus;
  expiresAt: Date;
  buyer: string;
  completedAt: Date;
}

/** Refuses a price above that percentage of the ticket's face value, if given. */
export function withinCap(listing: Listing, percent: number | undefined): Listing {
  const { price, faceValue } = listing;
  if (percent === undefined || !faceValue) return listing;
  // In hundredths of a percent, so that no fraction of a percent is lost to binary arithmetic.
  const max = Math.floor((faceValue * Math.round(percent * 100)) / 10_000);
  if (price <= max) return listing;
  throw new Refusal('price-above-cap', { field: 'price', params: { max: toMajor(max), percent } });
}

export const list = (seller: string, listing: Listing, now: Date): Ticket => ({
  ...ahead(listing, {}, now),
  userId: seller,
  status: 'available',
  orderId: null,
  heldUntil: null,
  edition: 0,
  followed: { seq: 0, version: -1 },
  withdrawing: false,
});

/** Replaces a listing's details, unless it is held or sold. */
export function edit(ticket: Ticket | null, caller: string, listing: Listing, now: Date): Partial<Ticket> {
  const before = editable(ticket, caller);
  return { ...ahead(listing, before, now), edition: editionOf(before) + 1 };
}

function ahead(listing: Listing, before: Pick<Ticket, 'deliveredAt' | 'uniqueKeys'>, now: Date) {
  if (listing.startsAt && listing.startsAt <= now) throw new Refusal('event-in-past', { field: 'startsAt' });
  const sellsUntil = soldUntil({ ...listing, deliveredAt: before.deliveredAt });
  return { ...listing, ...findable(listing), sellsUntil, uniqueKeys: rekeyed(before, listing) };
}

/** Withdraws a listing, under the same rules. */
export function withdraw(ticket: Ticket | null, caller: string, now: Date): Partial<Ticket> {
  editable(ticket, caller);
  return withdrawn(now);
}

/** Its seat and its content may be listed again. */
export const withdrawn = (now: Date) =>
  ({ status: 'withdrawn', sellsUntil: null, endedAt: now, uniqueKeys: [] }) satisfies Partial<Ticket>;

/** Its seller is leaving: nobody can hold it any more, but its holder may still pay. Undefined if already done. */
export function retire({ status, isLast }: Ticket, now: Date): Partial<Ticket> | undefined {
  if (status === 'available') return withdrawn(now);
  return status === 'held' && !isLast ? { isLast: true } : undefined;
}

/** Its seller has left: what they wrote about it is erased, once no order needs it. Undefined if already done. */
export const erase = ({ erasedAt }: Ticket, now: Date): Partial<Ticket> | undefined =>
  erasedAt ? undefined : { description: null, erasedAt: now };

function editable(ticket: Ticket | null, caller: string): Ticket {
  if (!ticket) throw new Refusal('ticket-not-found');
  if (ticket.userId !== caller) throw new Refusal('listing-not-yours');
  switch (ticket.status) {
    case 'available':
      return ticket;
    case 'withdrawn':
      throw new Refusal('listing-withdrawn');
    case 'held':
      throw new Refusal('listing-held', { params: { until: ticket.heldUntil?.toISOString() ?? '' } });
    case 'sold':
      throw new Refusal('listing-sold');
  }
}

/**
 * Follows an order. `(seq, version)` is the fencing token: news that is not newer than what the ticket has followed
 * changes nothing, in whatever order it arrives. A hold that raced a withdrawal wins, and the listing is withdrawn once
 * it is released.
 * @param windowMs how long a seller has to hand over what was promised
 */
export function follow(ticket: Ticket, news: OrderNews, now: Date, windowMs: number): Partial<Ticket> | undefined {
  const { orderId, seq, version, republished, status, expiresAt, buyer, completedAt } = news;
  const { followed } = ticket;
  if (seq < followed.seq || (seq === followed.seq && !isNews({ version, republished }, followed.version)))
    return undefined;
  // A sale is final: another order comes only from orders that have lost the one that bought it.
  if (ticket.status === 'sold' && ticket.orderId !== orderId) {
    if (status === 'cancelled' || status === 'refunded') return undefined;
    throw new Error(`It was sold to order ${ticket.orderId}: order ${orderId} cannot have it`);
  }
  const withdrawing = ticket.withdrawing || ticket.status === 'withdrawn';
  const next = { followed: { seq, version }, withdrawing };
  switch (status) {
    case 'created':
    case 'awaiting:payment':
      return { ...next, status: 'held', orderId, heldUntil: expiresAt };
    case 'complete':
      return { ...next, ...isSold, orderId, ...sold(ticket, buyer, completedAt, windowMs) };
    case 'refunded':
      return { ...next, ...isSold, orderId, deliverBy: null, isVoid: true, endedAt: completedAt };
    case 'cancelled':
      return {
        ...next,
        ...(withdrawing || ticket.isLast ? withdrawn(now) : { status: 'available' as const }),
        orderId: null,
        heldUntil: null,
      };
  }
}

const isSold = { status: 'sold', heldUntil: null, sellsUntil: null } as const;
