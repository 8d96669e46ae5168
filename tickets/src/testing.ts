import {
  EventDetails,
  Outbox,
  parseEvent,
  Relay,
  type Caller,
  type Event,
  type OrderData,
  type OrderStatus,
} from '@ticketing/common';
import {
  aHeldTicket,
  anEvent,
  appOf,
  byVersion,
  deliverTo,
  newId,
  quiet,
  startMongo,
  startNats,
  testSessions,
  until,
} from '@ticketing/common/testing';
import { listeners } from './listeners';
import { LiveTickets } from './live';
import { createOperations } from './operations';
import { routes } from './routes';
import { Tickets } from './store';

/** The service on a mongod and a NATS of its own, and what another service hears of it. */
export async function startTickets() {
  const [mongo, nats] = await Promise.all([startMongo(Tickets), startNats()]);
  const bus = nats.bus('tickets');
  const ear = nats.bus('ear');
  const heard: Event<'ticket:created' | 'ticket:updated'>[] = [];
  for (const subject of ['ticket:created', 'ticket:updated'] as const) {
    ear.subscribe(subject, ({ text, ack }) => {
      heard.push(parseEvent(subject, text));
      ack();
    });
  }
  const relay = new Relay(bus, [Tickets], quiet);
  const operations = createOperations(new Outbox(relay));
  const live = new LiveTickets(bus.watch);
  bus.start();
  ear.start();
  await until(() => bus.ready && ear.ready);
  const on = listeners(operations);

  return {
    app: appOf(routes(operations, testSessions, live)),
    operations,
    nats,
    deliver: deliverTo(on),
    /** What was heard of a ticket, by version. */
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

/** When the time of a test's buyer is up. */
export const expiresAt = new Date(Date.now() + 900_000).toISOString();

/** What a seller may leave unsaid, as tickets keeps it. */
export const nothingSaid = { description: null, ...EventDetails.parse({}), startsAt: null };

/** An event of the order at a place of a ticket's chain. */
export function anOrder(ticketId: string, seq: number, version: number, status: OrderStatus, id = newId()): OrderEvent {
  const data: OrderData = {
    id,
    userId: newId(),
    status,
    reason: status === 'cancelled' ? 'buyer' : null,
    expiresAt,
    seq,
    ticket: aHeldTicket({ id: ticketId }),
  };
  return anEvent(subjects[status], version, data);
}
