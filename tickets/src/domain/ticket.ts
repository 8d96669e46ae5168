import { isNews, Refusal, type Listing, type OrderStatus, type TicketStatus } from '@ticketing/common/contract';
import { findable, type Findable } from './facets';
import { FOREVER } from './search';

/** A listing, and which order it follows. */
export interface Ticket extends Listing, Findable {
  /** For sale until then: the beginning of its event, or for ever. Null once it is sold, withdrawn or that time has passed. */
  sellsUntil: Date | null;
  /** The seller. */
  userId: string;
  status: TicketStatus;
  /** Its live order, if it has one. */
  orderId: string | null;
  /** While it is held: when its buyer's time is up. */
  heldUntil: Date | null;
  /** Counts the seller's edits, from 0. */
  edition: number;
  /** How far it has followed its orders: the last one's place in the chain, and that order's version. */
  followed: { seq: number; version: number };
  /** Its seller withdrew it while an order that we had not heard of was holding it. */
  withdrawing: boolean;
}

/** An order's news. */
export interface OrderNews {
  orderId: string;
  seq: number;
  version: number;
  /** See `Event`. */
  republished?: true | undefined;
  status: OrderStatus;
  expiresAt: Date;
}

export const list = (seller: string, listing: Listing, now: Date): Ticket => ({
  ...ahead(listing, now),
  userId: seller,
  status: 'available',
  orderId: null,
  heldUntil: null,
  edition: 0,
  followed: { seq: 0, version: -1 },
  withdrawing: false,
});

/** Says a listing anew, while it is neither held nor sold. */
export function edit(ticket: Ticket | null, caller: string, listing: Listing, now: Date): Partial<Ticket> {
  return { ...ahead(listing, now), edition: editionOf(editable(ticket, caller)) + 1 };
}

/** Those that were listed before editions were counted have none. */
export const editionOf = ({ edition }: { edition?: number }): number => edition ?? 0;

function ahead(listing: Listing, now: Date) {
  if (listing.startsAt && listing.startsAt <= now) throw new Refusal('event-in-past', { field: 'startsAt' });
  return { ...listing, ...findable(listing), sellsUntil: listing.startsAt ?? FOREVER };
}

/** Takes a listing off the market, under the same rules. */
export function withdraw(ticket: Ticket | null, caller: string): Partial<Ticket> {
  editable(ticket, caller);
  return { status: 'withdrawn', sellsUntil: null };
}

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
 * Follows an order. `(seq, version)` is the fencing token: news that is not newer than what the ticket has
 * followed changes nothing, in whatever order it arrives. A hold that raced a withdrawal wins, and the listing
 * is withdrawn once it is released.
 */
export function follow(
  ticket: Ticket,
  { orderId, seq, version, republished, status, expiresAt }: OrderNews,
): Partial<Ticket> | undefined {
  const { followed } = ticket;
  if (seq < followed.seq || (seq === followed.seq && !isNews({ version, republished }, followed.version)))
    return undefined;
  const withdrawing = ticket.withdrawing || ticket.status === 'withdrawn';
  const next = { followed: { seq, version }, withdrawing };
  switch (status) {
    case 'created':
    case 'awaiting:payment':
      return { ...next, status: 'held', orderId, heldUntil: expiresAt };
    case 'complete':
    case 'refunded':
      return { ...next, status: 'sold', orderId, heldUntil: null, sellsUntil: null };
    case 'cancelled':
      return {
        ...next,
        ...(withdrawing ? { status: 'withdrawn', sellsUntil: null } : { status: 'available' }),
        orderId: null,
        heldUntil: null,
      };
  }
}
