import { isNews, Refusal, type Listing, type OrderStatus, type TicketStatus } from '@ticketing/common/contract';
import { findable, type Findable } from './facets';
import { FOREVER } from './search';

/** A listing, and the order it follows. */
export interface Ticket extends Listing, Findable {
  /** For sale until then: the start of its event, or forever. Null once sold, withdrawn or past. */
  sellsUntil: Date | null;
  /** The seller. */
  userId: string;
  status: TicketStatus;
  /** Its live order, if any. */
  orderId: string | null;
  /** While held: when the buyer's time is up. */
  heldUntil: Date | null;
  /** Number of the seller's edits, from 0. */
  edition: number;
  /** How far it has followed its orders: the last one's position in the chain, and that order's version. */
  followed: { seq: number; version: number };
  /** Its seller withdrew it while an order we had not heard of was holding it. */
  withdrawing: boolean;
}

/** News of an order. */
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

/** Replaces a listing's details, unless it is held or sold. */
export function edit(ticket: Ticket | null, caller: string, listing: Listing, now: Date): Partial<Ticket> {
  return { ...ahead(listing, now), edition: editionOf(editable(ticket, caller)) + 1 };
}

/** Listings older than edition counting have none. */
export const editionOf = ({ edition }: { edition?: number }): number => edition ?? 0;

function ahead(listing: Listing, now: Date) {
  if (listing.startsAt && listing.startsAt <= now) throw new Refusal('event-in-past', { field: 'startsAt' });
  return { ...listing, ...findable(listing), sellsUntil: listing.startsAt ?? FOREVER };
}

/** Withdraws a listing, under the same rules. */
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
 * Follows an order. `(seq, version)` is the fencing token: news that is not newer than what the ticket has followed
 * changes nothing, in whatever order it arrives. A hold that raced a withdrawal wins, and the listing is withdrawn once
 * it is released.
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
