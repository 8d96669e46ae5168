import { Refusal, toMajor, type WithdrawnBy } from '@ticketing/common/contract';
import { editionOf } from './delivery';
import { decideReview } from './review';
import { withdrawn, type Ticket } from './ticket';

/** Decisions about a listing by others than its seller. */

/** A listing that someone at the support desk may decide about: nobody decides about their own. */
export function foreign<T extends Pick<Ticket, 'userId'>>(ticket: T | null, person: string): T {
  if (!ticket) throw new Refusal('ticket-not-found');
  if (ticket.userId === person) throw new Refusal('own-account');
  return ticket;
}

/**
 * Withdraws a listing; a held one as soon as its order has ended, which orders does unless it is being paid.
 * @param why told to its seller
 */
export function withdrawFor(ticket: Ticket, why: string, now: Date): Partial<Ticket> | undefined {
  switch (ticket.status) {
    case 'available':
      return { ...withdrawn(now), withdrawnFor: why };
    case 'held':
      return ticket.withdrawnFor ? undefined : { withdrawing: true, withdrawnFor: why };
    case 'withdrawn':
      if (ticket.withdrawnFor) return undefined;
      throw new Refusal('listing-withdrawn');
    case 'sold':
      throw new Refusal('listing-sold');
  }
}

const FROZEN = 'account-frozen';

/** Its seller's account is frozen: what they have for sale is withdrawn. */
export const freeze = (ticket: Ticket, now: Date): Partial<Ticket> | undefined =>
  ticket.status === 'available' || ticket.status === 'held' ? withdrawFor(ticket, FROZEN, now) : undefined;

/** Since when a listing is withdrawn, and by whom: the reason is not for everyone. */
export function withdrawalOf({ status, endedAt, withdrawnFor }: Pick<Ticket, 'status' | 'endedAt' | 'withdrawnFor'>) {
  if (status !== 'withdrawn') return { withdrawnAt: null, withdrawnBy: null };
  const others: WithdrawnBy = withdrawnFor === FROZEN ? 'freeze' : 'support';
  return { withdrawnAt: endedAt?.toISOString() ?? null, withdrawnBy: withdrawnFor ? others : ('seller' as const) };
}

/**
 * Decides whether a description may be shown.
 * @param edition of the listing that the reviewer saw
 */
export function review(ticket: Ticket, decision: 'show' | 'hide', reason: string, edition: number, now: Date) {
  const [current, price] = [editionOf(ticket), toMajor(ticket.price)];
  if (current !== edition) throw new Refusal('listing-changed', { params: { price, edition: current } });
  return decideReview(ticket, decision, reason, now);
}
