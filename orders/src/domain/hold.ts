import { EventDetails, Refusal, toMajor, type CancelReason } from '@ticketing/common/contract';
import { isLive, type Link, type Order, type Ticket } from './order';

/** What a buyer asks for; `price` (in minor units) and `edition` are what they saw, where they say so. */
export interface Wish {
  buyer: string;
  ticketId: string;
  price?: number;
  edition?: number;
}

/** What there is to know before a ticket can be held. */
export interface Circumstances {
  ticket: Ticket | null;
  /** The last order of the ticket. */
  last: Link | null;
  /** When the time ends, or ended, that the buyer had for this ticket before. */
  earlierEnd: Date | null;
  slot: number;
  now: Date;
  /** How long an order holds its ticket, in milliseconds. */
  window: number;
}

/** Within so many milliseconds, a buyer's holds of one ticket share one window. */
const AGAIN_AFTER = 3_600_000;

/** The reasons that end a hold without ending its buyer's time: they were not the buyer's. */
export const SHARED_END: CancelReason[] = ['buyer', 'expired'];

/**
 * Holds a ticket for a buyer, as the next link in the chain of its orders. Refuses while the last one is live, and where
 * the listing is not what the buyer saw. That two buyers cannot both be next is for the store to see to.
 */
export function place(wish: Wish, { ticket, last, earlierEnd, slot, now, window }: Circumstances): Order {
  if (!ticket) throw new Refusal('ticket-not-found');
  if (ticket.userId === wish.buyer) throw new Refusal('own-ticket');
  if (last && isLive(last)) throw new Refusal('ticket-reserved');
  if (ticket.status === 'withdrawn') throw new Refusal('ticket-not-for-sale');
  if (ticket.startsAt && new Date(ticket.startsAt) <= now) throw new Refusal('event-begun');
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

/** When a buyer may hold a ticket for a whole window again, of whose time for it there was an end: an hour after that began. */
export const anewFrom = (earlierEnd: Date, window: number) => new Date(earlierEnd.getTime() - window + AGAIN_AFTER);

/** Holding again gives what is left of the buyer's time, and a window of its own only an hour after that one began. */
function endOfHold(earlierEnd: Date | null, now: Date, window: number): Date {
  if (!earlierEnd || anewFrom(earlierEnd, window) <= now) return new Date(now.getTime() + window);
  if (earlierEnd > now) return earlierEnd;
  throw new Refusal('hold-again-later', { params: { until: anewFrom(earlierEnd, window).toISOString() } });
}

/** A slot that none of a buyer's open orders has. Refuses where `max` orders are open. */
export function freeSlot(taken: number[], max: number, random = Math.random()): number {
  if (taken.length >= max) throw new Refusal('too-many-holds', { params: { max } });
  const below = taken.filter((slot) => slot < max).sort((one, other) => one - other);
  return below.reduce((slot, other) => (other <= slot ? slot + 1 : slot), Math.floor(random * (max - below.length)));
}

/**
 * The last order of a ticket, where its copy tells: `available` means that tickets heard of that order's end, and
 * a cancelled order never comes back. If others came since, the next place is taken, and the insert says so.
 */
export const lastKnown = (ticket: Ticket): Link | null | undefined =>
  ticket.status !== 'available' ? undefined : ticket.seq === 0 ? null : { seq: ticket.seq, status: 'cancelled' };
