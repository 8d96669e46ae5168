import { EventDetails, isPromiseOpen, PROMISE_SOLD_BEFORE, Refusal, toMajor } from '@ticketing/common/contract';
import { isLive, type Link, type Order, type Ticket } from './order';

/** A buyer's request; `price` (in minor units) and `edition` are what they saw, if given. */
export interface Wish {
  buyer: string;
  ticketId: string;
  price?: number;
  edition?: number;
}

/** What a hold depends on. */
export interface Circumstances {
  ticket: Ticket | null;
  /** The ticket's last order. */
  last: Link | null;
  /** When the buyer's previous time for this ticket ends or ended. */
  earlierEnd: Date | null;
  slot: number;
  now: Date;
  /** How long an order holds its ticket, in milliseconds. */
  window: number;
}

/** Within this many milliseconds, a buyer's holds of one ticket share one window. */
const AGAIN_AFTER = 3_600_000;

/** Reasons that end a hold but not the buyer's time: the buyer did not cause them. */
export const SHARED_END: Order['reason'][] = ['buyer', 'expired'];

/**
 * Holds a ticket for a buyer, as the next link in the chain of its orders. Refuses while the last one is live, and if
 * the listing is not what the buyer saw. The store ensures that only one buyer is next.
 */
export function place(wish: Wish, { ticket, last, earlierEnd, slot, now, window }: Circumstances): Order {
  if (!ticket) throw new Refusal('ticket-not-found');
  if (ticket.userId === wish.buyer) throw new Refusal('own-ticket');
  // If it is sold without an order here, this database has lost it.
  if (ticket.status === 'sold' || (last && isLive(last))) throw new Refusal('ticket-reserved');
  if (ticket.status === 'withdrawn') throw new Refusal('ticket-not-for-sale');
  if (ticket.startsAt && new Date(ticket.startsAt) <= now) throw new Refusal('event-begun');
  if (isPromiseOpen(ticket) && ticket.startsAt && Date.parse(ticket.startsAt) - PROMISE_SOLD_BEFORE <= now.getTime())
    throw new Refusal('promise-too-late');
  const { title, description, price, userId, edition } = ticket;
  if ((wish.price ?? price) !== price || (wish.edition ?? edition) !== edition)
    throw new Refusal('listing-changed', { params: { price: toMajor(price), edition } });
  return {
    userId: wish.buyer,
    status: 'created',
    reason: null,
    expiresAt: endOfHold(earlierEnd, now, window),
    seq: (last?.seq ?? 0) + 1,
    slot,
    ticket: { id: wish.ticketId, title, description, price, userId, edition, ...EventDetails.parse(ticket) },
  };
}

/**
 * When a buyer may hold the same ticket for a full window again: an hour after their previous window began.
 */
export const anewFrom = (earlierEnd: Date, window: number) => new Date(earlierEnd.getTime() - window + AGAIN_AFTER);

/**
 * Holding again continues the buyer's remaining time; a new window starts only an hour after the previous one began.
 */
function endOfHold(earlierEnd: Date | null, now: Date, window: number): Date {
  if (!earlierEnd || anewFrom(earlierEnd, window) <= now) return new Date(now.getTime() + window);
  if (earlierEnd > now) return earlierEnd;
  throw new Refusal('hold-again-later', { params: { until: anewFrom(earlierEnd, window).toISOString() } });
}

/** A slot not used by any of a buyer's open orders. Refuses if `max` orders are open. */
export function freeSlot(taken: number[], max: number, random = Math.random()): number {
  if (taken.length >= max) throw new Refusal('too-many-holds', { params: { max } });
  const below = taken.filter((slot) => slot < max).sort((one, other) => one - other);
  return below.reduce((slot, other) => (other <= slot ? slot + 1 : slot), Math.floor(random * (max - below.length)));
}

/**
 * The last order of a ticket, if its copy shows it: `available` means that tickets has heard of that order's end, and a
 * cancelled order never comes back. If newer orders exist, the next position is taken, and the insert fails.
 */
export const lastKnown = (ticket: Ticket): Link | null | undefined =>
  ticket.status !== 'available' ? undefined : ticket.seq === 0 ? null : { seq: ticket.seq, status: 'cancelled' };
