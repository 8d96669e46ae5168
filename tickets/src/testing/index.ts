import {
  EndedSessions,
  Audit,
  Leavers,
  Outbox,
  parseEvent,
  Relay,
  type Caller,
  type Event,
  type OrderStatus,
  type TicketBody,
} from '@ticketing/common';
import {
  aHeldTicket,
  aHold,
  anEvent,
  appOf,
  byVersion,
  deliverTo,
  cookieOf,
  newId,
  quiet,
  startMongo,
  startNats,
  testSessions,
  until,
} from '@ticketing/common/testing';
import type { RequestListener } from 'node:http';
import request from 'supertest';
import { listeners } from '../listeners';
import { LiveTickets } from '../live';
import { createOperations, type Terms } from '../operations';
import { routes } from '../routes';
import { Chunks, Counts, Files, Reports, Tickets, Users } from '../store';

export const testTerms: Terms = {
  deliveryKeys: ['a key'],
  barcodeKey: 'another key',
  bytesPerSeller: 500 * 1024 * 1024,
  bytesInAll: 2 * 1024 ** 3,
  deliveryMs: 86_400_000,
};

/** The service on its own mongod and NATS, and the events another service receives from it. */
export async function startTickets(now = () => new Date(), terms: Partial<Terms> = {}, log = quiet) {
  const [mongo, nats] = await Promise.all([
    startMongo(Tickets, Files, Chunks, Reports, Counts, Users, Audit, Leavers, EndedSessions),
    startNats(),
  ]);
  const bus = nats.bus('tickets');
  const ear = nats.bus('ear');
  const heard: Event<'ticket:created' | 'ticket:updated' | 'ticket:withdrawn'>[] = [];
  for (const subject of ['ticket:created', 'ticket:updated', 'ticket:withdrawn'] as const) {
    ear.subscribe(subject, ({ text, ack }) => {
      const event = parseEvent(subject, text);
      // An event may be published, and delivered, more than once.
      if (!heard.some(({ id }) => id === event.id)) heard.push(event);
      ack();
    });
  }
  const relay = new Relay(bus, [Tickets, Leavers], log);
  const outbox = new Outbox(relay);
  const start = (more: Partial<Terms> = {}) => createOperations(outbox, { ...testTerms, ...terms, ...more }, now);
  const operations = start();
  const live = new LiveTickets(bus.watch);
  bus.start();
  ear.start();
  await until(() => bus.ready && ear.ready);
  const on = listeners(operations);

  return {
    app: appOf(routes(operations, testSessions, live, { ...testTerms, ...terms }), log),
    operations,
    /** The HTTP API of another replica, on the same database. */
    replica: (more?: Partial<Terms>) =>
      appOf(routes(start(more), testSessions, live, { ...testTerms, ...terms, ...more })),
    nats,
    deliver: deliverTo(on),
    /** The events received about a ticket, by version. */
    heardOf: (id: string) => heard.filter(({ aggregateId }) => aggregateId === id).sort(byVersion),
    async stop() {
      await relay.close();
      await Promise.all([bus.close(), ear.close()]);
      await Promise.all([mongo.stop(), nats.stop()]);
    },
  };
}

export type OrderEvent = Event<'order:created' | 'order:completed' | 'order:cancelled' | 'order:refunded'>;

const subjects = {
  created: 'order:created',
  'awaiting:payment': 'order:created',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
  refunded: 'order:refunded',
} as const;

export const aCaller = (): Caller => ({ id: newId(), email: 'someone@example.com' });

/** When the buyer's time is up, in tests. */
export const expiresAt = new Date(Date.now() + 900_000).toISOString();

export { noDetails } from './listing';

/** An event of the order at a position in a ticket's chain. */
export function anOrder(ticketId: string, seq: number, version: number, status: OrderStatus, id = newId()): OrderEvent {
  const data = aHold({
    id,
    status,
    reason: status === 'cancelled' ? 'buyer' : null,
    expiresAt,
    seq,
    ticket: aHeldTicket({ id: ticketId }),
  });
  return anEvent(subjects[status], version, data);
}

export const concert = { title: 'Concert', price: 20.5 };

/** All optional details of a listing, as sent and as shown. */
export const event = {
  description: 'Two hours, no break',
  category: 'concert',
  venue: 'Philharmonie',
  city: 'Berlin',
  startsAt: '2030-06-01T20:00:00+02:00',
  timeZone: 'Europe/Berlin',
  section: 'A',
  row: '7',
  seat: '12',
};
export const shownEvent = { ...event, startsAt: '2030-06-01T18:00:00.000Z' };

/** The HTTP API as a seller calls it. */
export function clientOf(app: () => RequestListener, seller: Caller) {
  const http = () => request(app());
  const list = (body: unknown, caller = seller, path = '/api/tickets') =>
    http()
      .post(path)
      .set('Cookie', cookieOf(caller))
      .send(body as object);
  return {
    http,
    list,
    edit: (id: string, body: unknown, caller = seller) =>
      http()
        .put(`/api/tickets/${id}`)
        .set('Cookie', cookieOf(caller))
        .send(body as object),
    withdraw: (id: string, caller = seller) => http().delete(`/api/tickets/${id}`).set('Cookie', cookieOf(caller)),
    listed: async (caller = seller) => (await list(concert, caller).expect(201)).body as TicketBody,
  };
}
