import {
  EndedSessions,
  Leavers,
  Audit,
  Outbox,
  parseEvent,
  Relay,
  subjects,
  type Caller,
  type Event,
  type EventDetails,
  type Subject,
  type TicketData,
} from '@ticketing/common';
import {
  anEvent,
  appOf,
  aTicket,
  byVersion,
  deliverTo,
  newId,
  quiet,
  startMongo,
  startNats,
  testSessions,
  until,
} from '@ticketing/common/testing';
import { Counts } from './leavingStore';
import { Journal } from './journalStore';
import { listeners } from './listeners';
import { LiveOrders } from './live';
import { createOperations } from './operations';
import { createPasses } from './passes';
import { routes } from './routes';
import { createSecondLook } from './secondLook';
import { Spendings } from './spendingStore';
import { createUpgrade } from './upgrade';
import { Orders, Tickets, type StoredOrder, type StoredTicket } from './store';

export const HOUR = 3_600_000;
export const testTerms = {
  window: 900_000,
  holdsPerBuyer: 1_000,
  payoutAfter: 24 * HOUR,
  payoutAfterSale: 14 * 24 * HOUR,
  payoutAfterRead: 7 * 24 * HOUR,
  answerWithin: 72 * HOUR,
  supportLimit: 20_000,
  supportDaily: 200_000,
};
export const testPasses = createPasses(['a key for tests']);

/** The service on its own mongod and NATS, and the events another service receives from it. */
export async function startOrders(terms: Partial<typeof testTerms> = {}) {
  const models = [Orders, Tickets, Counts, Journal, Spendings, Audit, Leavers, EndedSessions];
  const [mongo, nats] = await Promise.all([startMongo(...models), startNats()]);
  const bus = nats.bus('orders');
  const ear = nats.bus('ear');
  const heard: Event[] = [];
  for (const subject of Object.keys(subjects) as Subject[]) {
    ear.subscribe(subject, ({ text, ack }) => {
      heard.push(parseEvent(subject, text));
      ack();
    });
  }
  let skew = 0;
  let stoodStill: number | undefined;
  const relay = new Relay(bus, [Orders, Leavers], quiet);
  const outbox = new Outbox(relay);
  const now = () => new Date((stoodStill ?? Date.now()) + skew);
  const operations = createOperations(outbox, { ...testTerms, ...terms }, testPasses, now);
  const live = new LiveOrders(bus.watch, operations);
  bus.start();
  ear.start();
  await until(() => bus.ready && ear.ready);
  const deliver = deliverTo(listeners(operations));

  return {
    app: appOf(routes(operations, testSessions, live)),
    operations,
    lookAgain: createSecondLook(outbox, testTerms.window, now),
    /** A pass over sales of older versions, step by step. */
    upgrade: () => createUpgrade(outbox, { ...testTerms, ...terms }, now),
    nats,
    deliver,
    /** Tickets follows an order, and orders hears of that; `changes` override the held listing. */
    async follow(orderId: string, changes: Partial<TicketData> = {}) {
      const { seq, ticket } = await Orders.findById(orderId).orFail().lean<StoredOrder>();
      const { version, edition } = await Tickets.findById(ticket.id).orFail().lean<StoredTicket>();
      const held = { ...ticket, status: 'held', orderId, seq, edition, ...changes } as const;
      await deliver(aListing(held, version + 1));
    },
    /** Sets the service's clock ahead by that many milliseconds, or back if negative. */
    skew: (milliseconds: number) => void (skew = milliseconds),
    /** Stops the service's clock: only `skew` moves it, however long a test takes. */
    standStill: (stands = true) => void (stoodStill = stands ? Date.now() : undefined),
    /** The subjects received about an aggregate, by version. */
    heardOf: (id: string) =>
      heard
        .filter(({ aggregateId }) => aggregateId === id)
        .sort(byVersion)
        .map(({ subject }) => subject),
    /** The data of the newest event received about an aggregate. */
    lastOf: <T>(id: string) =>
      heard
        .filter(({ aggregateId }) => aggregateId === id)
        .sort(byVersion)
        .at(-1)?.data as T | undefined,
    async stop() {
      await relay.close();
      await Promise.all([bus.close(), ear.close()]);
      await Promise.all([mongo.stop(), nats.stop()]);
    },
  };
}

/** A ticket with these details, sold. */
export async function aSale(
  orders: Pick<Awaited<ReturnType<typeof startOrders>>, 'deliver' | 'operations' | 'follow'>,
  details: Partial<EventDetails>,
  seller = newId(),
  buyer = newId(),
) {
  const listing = aListing({ ...details, userId: seller });
  await orders.deliver(listing);
  const cause = { trace: 'test' };
  const { id } = await orders.operations.place({ buyer, ticketId: listing.data.id, network: 'test' }, cause);
  await orders.follow(id);
  await orders.operations.authorize(id, { ...cause, version: 1 });
  await orders.operations.complete(id, { ...cause, version: 2 });
  await orders.follow(id, { status: 'sold' });
  return { id, buyer, seller };
}

export const aCaller = (): Caller => ({ id: newId(), email: 'someone@example.com' });

/** An event of a listing; `changes` override its data. */
export const aListing = (changes: Partial<TicketData> = {}, version = 0) =>
  anEvent(version === 0 ? 'ticket:created' : 'ticket:updated', version, aTicket(changes));
