import { isOutage, type Cause, type Outbox } from '@ticketing/common';
import { newsOf } from './bodies';
import type { Change } from './change';
import type { Ticket } from './domain/ticket';
import * as store from './store';

/** The change to a listing that may no longer be sold; undefined if there is none, or it was already made. */
type Rule = (ticket: Ticket, now: Date) => Partial<Ticket> | undefined;

/** Takes everything that someone has for sale, or that is held, off sale. Safe to repeat. */
export type Delist = (userId: string, cause: Cause, rule: Rule) => Promise<void>;

export function createDelisting(change: Change, outbox: Outbox, now: () => Date): Delist {
  const commit = async (listings: store.StoredTicket[], cause: Cause, rule: Rule) => {
    const changes = listings.flatMap((ticket) => {
      const set = rule(ticket, now());
      if (!set) return [];
      const events = newsOf(ticket._id.toString(), { ...ticket, ...set });
      return { _id: ticket._id, version: ticket.version, set, events, cause };
    });
    return outbox.commitAll(store.Tickets, changes);
  };

  /** A few hundred per write; one by one if they changed meanwhile, or if one of them cannot be published. */
  return async (userId, cause, rule) => {
    const failed = new Map<string, unknown>();
    for (let after: string | undefined; ;) {
      const listings = await store.findForSaleOf(userId, after);
      if (listings.length === 0) break;
      after = listings.at(-1)?._id.toString();
      const left = await commit(listings, cause, rule).catch((error: unknown) => {
        if (isOutage(error)) throw error;
        return listings.map(({ _id }) => _id);
      });
      const one = (id: string) => change(id, cause, (ticket) => (ticket ? rule(ticket, now()) : undefined));
      await Promise.all(left.map(String).map((id) => one(id).catch((error: unknown) => failed.set(id, error))));
    }
    if (failed.size > 0)
      throw new AggregateError(failed.values(), `These listings stay on sale: ${[...failed.keys()].join(', ')}`);
  };
}
