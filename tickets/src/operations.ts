import {
  Refusal,
  retryConflicts,
  type Cause,
  type CityBody,
  type CountBody,
  type Event,
  type Listing,
  type Outbox,
  type TicketBody,
  type TicketTotals,
} from '@ticketing/common';
import * as domain from './domain/ticket';
import type { Position, Search } from './domain/search';
import { readListingsOf, retireBegun, type Page } from './lists';
import { readCount, readPage, readTopCities } from './search';
import * as store from './store';
import { readTotalsOf } from './totals';
import { createUpgrade } from './upgrade';

type OrderEvent = Event<'order:created' | 'order:completed' | 'order:cancelled' | 'order:refunded'>;

const TRIES = 10;

/** What tickets can do. */
export function createOperations(outbox: Outbox, now = () => new Date()) {
  /** Loads a listing, lets a rule decide, and commits; again from the start while others change the same one. */
  const change = (id: string, cause: Cause, decide: (ticket: domain.Ticket | null) => Partial<domain.Ticket>) =>
    retryConflicts(async () => {
      const ticket = await store.loadTicket(id);
      const changes = decide(ticket);
      if (!ticket) throw new Refusal('ticket-not-found');
      ticket.set(changes);
      await outbox.commit(ticket, [{ subject: 'ticket:updated', data: store.toData(id, ticket) }], cause);
      return store.toBody(ticket);
    });

  return {
    async list(seller: string, listing: Listing, cause: Cause): Promise<TicketBody> {
      const _id = store.newId();
      const ticket = domain.list(seller, listing, now());
      await outbox.insert(
        store.Tickets,
        { _id, ...ticket },
        [{ subject: 'ticket:created', data: store.toData(_id.toString(), ticket) }],
        cause,
      );
      return store.toBody({ _id, ...ticket, version: 0 });
    },

    edit: (id: string, caller: string, listing: Listing, cause: Cause) =>
      change(id, cause, (ticket) => domain.edit(ticket, caller, listing, now())),

    withdraw: (id: string, caller: string, cause: Cause) =>
      change(id, cause, (ticket) => domain.withdraw(ticket, caller)),

    async show(id: string): Promise<TicketBody> {
      const ticket = await store.readTicket(id);
      if (!ticket) throw new Refusal('ticket-not-found');
      return store.toBody(ticket);
    },

    /** A page of tickets for sale that match a search. */
    browse: async (search: Search): Promise<Found> => found(await readPage(search)),

    count: (): Promise<CountBody> => readCount(),

    cities: (): Promise<CityBody[]> => readTopCities(),

    listingsOf: async (seller: string, page: Pick<Search, 'limit' | 'after'>): Promise<Found> =>
      found(await readListingsOf(seller, page)),

    totalsOf: (seller: string): Promise<TicketTotals> => readTotalsOf(seller, now()),

    /** Keeps what has begun from lengthening the lists. */
    retireBegun: () => retireBegun(now()),

    /** Makes listings from older versions searchable by the current rules, a few at a time. */
    upgrade: createUpgrade(),

    /** Updates tickets to their orders' states, all arrived events in one read and one write. */
    async follow(events: OrderEvent[]) {
      let left = events;
      for (let tries = TRIES; left.length > 0; tries--) {
        if (tries === 0)
          throw new Error(`Tickets kept changing: ${left.map((event) => event.data.ticket.id).join(', ')}`);
        const tickets = await store.loadTickets([...new Set(left.map((event) => event.data.ticket.id))]);
        const lost = await outbox.commitAll(store.Tickets, followAll(tickets, left));
        const again = new Set(lost.map(String));
        left = left.filter((event) => again.has(event.data.ticket.id));
      }
    },
  };
}

/** A page of tickets in the API's format, and where the next one starts. */
export interface Found {
  tickets: TicketBody[];
  next?: Position;
}

const found = ({ tickets, next }: Page): Found => ({ tickets: tickets.map(store.toBody), next });

function followAll(tickets: store.StoredTicket[], events: OrderEvent[]) {
  const known = new Map(tickets.map((ticket) => [ticket._id.toString(), ticket]));
  const changes = new Map<string, Parameters<Outbox['commitAll']>[1][number]>();
  for (const event of events) {
    const {
      id: orderId,
      seq,
      status,
      expiresAt,
      ticket: { id },
    } = event.data;
    const stored = known.get(id);
    if (!stored) throw new Error(`An order holds ticket ${id}, which is not there`);
    const set = domain.follow(stored, {
      orderId,
      seq,
      version: event.version,
      republished: event.republished,
      status,
      expiresAt: new Date(expiresAt),
    });
    if (!set) continue;
    const ticket = { ...stored, ...set };
    known.set(id, ticket);
    changes.set(id, {
      _id: stored._id,
      version: stored.version,
      set: { ...changes.get(id)?.set, ...set },
      events: [{ subject: 'ticket:updated', data: store.toData(id, ticket) }],
      cause: event,
    });
  }
  return [...changes.values()];
}

export type Operations = ReturnType<typeof createOperations>;
