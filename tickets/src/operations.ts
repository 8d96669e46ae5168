import {
  Refusal,
  type Cause,
  type CityBody,
  type CountBody,
  type Event,
  type Listing,
  type Outbox,
  type TicketBody,
  type TicketTotals,
} from '@ticketing/common';
import { newsOf, toBody, toData } from './bodies';
import { createChange, refuseListed } from './change';
import { createDelisting } from './delisting';
import { createDeliveries, type DeliveryTerms } from './deliveries';
import { reviewOf } from './domain/review';
import * as domain from './domain/ticket';
import type { Position, Search } from './domain/search';
import { createFrozen } from './frozen';
import { readListingsOf, retireBegun, type Page } from './lists';
import { createSellersLeaving } from './leaving';
import { createReports } from './reports';
import { keyedHash } from './sealing';
import { readCount, readPage, readSold, readTopCities } from './search';
import * as store from './store';
import { createSupport } from './support';
import { sharedTotalsOf } from './totals';
import { createUpgrade } from './upgrade';
import { isConfirmed } from './userStore';

type OrderEvent = Event<'order:created' | 'order:completed' | 'order:cancelled' | 'order:refunded'>;

const TRIES = 10;

/** What tickets need besides the database. */
export interface Terms extends DeliveryTerms {
  /** How long a seller has to hand over what was promised, in milliseconds. */
  deliveryMs: number;
  /** The highest price in percent of a ticket's face value; undefined if there is none. */
  priceCap?: number | undefined;
  /** Only accounts with a confirmed address may list tickets. */
  confirmBeforeSelling?: boolean;
  /** Descriptions with addresses, telephone numbers or links wait for the support desk. */
  reviewContacts?: boolean;
}

/** What tickets can do. */
export function createOperations(outbox: Outbox, terms: Terms, now = () => new Date()) {
  const change = createChange(outbox);
  const reviewed = (listing: Listing, before: domain.Ticket | null = null) =>
    reviewOf(listing, before, terms.reviewContacts ?? false, now());
  const edited = (ticket: domain.Ticket | null, caller: string, listing: Listing) => ({
    ...domain.edit(ticket, caller, domain.withinCap(listing, terms.priceCap), now()),
    review: reviewed(listing, ticket),
  });

  const delist = createDelisting(change, outbox, now);
  const reports = createReports(keyedHash(terms.barcodeKey), now);

  return {
    deliveries: createDeliveries(change, terms, now),

    ...reports,

    ...createSellersLeaving(outbox, change, delist, reports.byAccount, now),

    support: createSupport(change, now),

    ...createFrozen(delist, now),

    async list(seller: string, listing: Listing, cause: Cause): Promise<TicketBody> {
      if (terms.confirmBeforeSelling && !(await isConfirmed(seller))) throw new Refusal('email-unconfirmed');
      const _id = store.newId();
      const listed = domain.list(seller, domain.withinCap(listing, terms.priceCap), now());
      const ticket = { ...listed, review: reviewed(listing) };
      const events = [{ subject: 'ticket:created' as const, data: toData(_id.toString(), ticket) }];
      await outbox.insert(store.Tickets, { _id, ...ticket }, events, cause).catch(refuseListed);
      return toBody({ _id, ...ticket, version: 0 }, seller);
    },

    edit: async (id: string, caller: string, listing: Listing, cause: Cause): Promise<TicketBody> =>
      toBody(await change(id, cause, (ticket) => edited(ticket, caller, listing)), caller),

    withdraw: (id: string, caller: string, cause: Cause) =>
      change(id, cause, (ticket) => domain.withdraw(ticket, caller, now())),

    /** @param caller undefined if nobody is signed in */
    async show(id: string, caller?: string): Promise<TicketBody> {
      const ticket = await store.readTicket(id);
      if (!ticket) throw new Refusal('ticket-not-found');
      return toBody(ticket, caller);
    },

    /** A page of tickets for sale that match a search. */
    browse: async (search: Search): Promise<Found> => found(await readPage(search, now())),

    count: (): Promise<CountBody> => readCount(now()),

    countSold: (seller: string): Promise<CountBody> => readSold(seller),

    cities: (): Promise<CityBody[]> => readTopCities(now()),

    listingsOf: async (seller: string, page: Pick<Search, 'limit' | 'after'>): Promise<Found> =>
      found(await readListingsOf(seller, page), seller),

    totalsOf: (seller: string): Promise<TicketTotals> => sharedTotalsOf(seller, now()),

    /** Removes past events from the lists, to keep them short. */
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
        const lost = await outbox.commitAll(store.Tickets, followAll(tickets, left, now(), terms.deliveryMs));
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

const found = ({ tickets, next }: Page, viewer?: string): Found => ({
  tickets: tickets.map((ticket) => toBody(ticket, viewer)),
  next,
});

function followAll(tickets: store.StoredTicket[], events: OrderEvent[], now: Date, windowMs: number) {
  const known = new Map(tickets.map((ticket) => [ticket._id.toString(), ticket]));
  const changes = new Map<string, Parameters<Outbox['commitAll']>[1][number]>();
  for (const event of events) {
    const {
      id: orderId,
      seq,
      status,
      expiresAt,
      userId: buyer,
      completedAt,
      ticket: { id },
    } = event.data;
    const stored = known.get(id);
    if (!stored) throw new Error(`An order holds ticket ${id}, which is not there`);
    const news = {
      ...{ orderId, seq, status, buyer, version: event.version, republished: event.republished },
      expiresAt: new Date(expiresAt),
      completedAt: new Date(completedAt ?? event.occurredAt),
    };
    const set = domain.follow(stored, news, now, windowMs);
    if (!set) continue;
    const ticket = { ...stored, ...set };
    known.set(id, ticket);
    changes.set(id, {
      _id: stored._id,
      version: stored.version,
      set: { ...changes.get(id)?.set, ...set },
      events: newsOf(id, ticket),
      cause: event,
    });
  }
  return [...changes.values()];
}

export type Operations = ReturnType<typeof createOperations>;
