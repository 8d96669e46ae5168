import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outbox, Relay, type Event, type OrderData, type OrderStatus, type PaymentBody } from '@ticketing/common';
import {
  aHeldTicket,
  anEvent,
  appOf,
  byVersion,
  cookieOf,
  newId,
  quiet,
  startMongo,
  startNats,
  testSessions,
  until,
} from '@ticketing/common/testing';
import request from 'supertest';
import { startTestEmulator } from '../../infra/local/stripe/src/testing';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { createSettlement } from './settlement';
import { Orders, Payments, Users } from './store';
import { stripeClient } from './stripe';

const SECRET = 'whsec_test';
const PRICE = 2_050;

/** An order as the test plays the orders service: it tells what becomes of it. */
export interface TestOrder {
  id: string;
  userId: string;
  expiresAt: string;
}

type Status = Exclude<OrderStatus, 'created'>;
const versions: Record<OrderStatus, number> = { created: 0, 'awaiting:payment': 1, complete: 2, cancelled: 3 };
const subjects = {
  'awaiting:payment': 'order:awaiting-payment',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
} as const;
const dataOf = ({ id, userId, expiresAt }: TestOrder, status: OrderStatus): OrderData => ({
  id,
  userId,
  status,
  reason: status === 'cancelled' ? 'expired' : null,
  expiresAt,
  seq: 1,
  ticket: aHeldTicket({ price: PRICE }),
});

/** The service as it is served, with Stripe's emulator in Stripe's place, and whatever it tells in `heard`. */
export async function startPayments() {
  const [mongo, nats] = await Promise.all([startMongo(Payments, Orders, Users), startNats()]);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/payments/webhook`;
  const emulator = await startTestEmulator({ webhook: { url, secret: SECRET } });
  const bus = nats.bus('payments-test');
  const heard: Event[] = [];
  for (const subject of ['payment:authorized', 'payment:created', 'payment:failed'] as const)
    bus.subscribe(subject, ({ text, ack }) => {
      heard.push(JSON.parse(text) as Event);
      ack();
    });
  bus.start();
  await until(() => bus.ready);

  const complaints: string[] = [];
  const log = quiet.child({});
  log.error = (_what: unknown, message?: string) => void complaints.push(String(message));
  const relay = new Relay(bus, [Payments], quiet);
  const outbox = new Outbox(relay);
  const stripe = stripeClient('sk_test_key', SECRET, 'usd', emulator.url);
  const settlement = createSettlement(outbox, stripe, log);
  server.on('request', appOf(routes(createOperations(outbox, stripe, settlement), settlement, stripe, testSessions)));
  const table = listeners(settlement);

  const tell = async (order: TestOrder, status: Status) =>
    table[subjects[status]]?.handle([anEvent(subjects[status], versions[status], dataOf(order, status))] as never[]);
  const payment = async ({ id }: TestOrder) =>
    (await Payments.findOne({ orderId: id }, { outbox: 0 }).lean()) ?? undefined;
  const eventsOf = ({ id }: TestOrder) =>
    heard
      .filter(({ data }) => 'orderId' in data && data.orderId === id)
      .sort(byVersion)
      .map(({ subject }) => subject);

  return {
    server,
    emulator,
    table,
    settlement,
    /** Errors that the service has logged. */
    complaints,
    tell,
    payment,
    eventsOf,
    /** A fresh order that payments has heard of. */
    async order(expiresInMs = 60_000, status: OrderStatus = 'created'): Promise<TestOrder> {
      const order = { id: newId(), userId: newId(), expiresAt: new Date(Date.now() + expiresInMs).toISOString() };
      await table['order:created']?.handle([anEvent('order:created', 0, dataOf(order, 'created'))]);
      if (status !== 'created') await tell(order, status);
      return order;
    },
    pay: ({ id, userId }: TestOrder, body: object = { token: 'tok_visa' }, caller = userId) =>
      request(server)
        .post('/api/payments')
        .set('Cookie', cookieOf({ id: caller, email: 'buyer@test.com' }))
        .send({ orderId: id, ...body }),
    show: ({ id, userId }: TestOrder, caller = userId) =>
      request(server)
        .get(`/api/payments/${id}`)
        .set('Cookie', cookieOf({ id: caller, email: 'buyer@test.com' })),
    fault: (fault: object) => emulator.control('POST', '/faults', fault),
    /** The buyer's answer to their bank. */
    authenticate: (stripeId: string, outcome: 'approve' | 'fail' = 'approve') =>
      emulator.control('POST', `/payment_intents/${stripeId}/authenticate`, { outcome }),
    money: (order: TestOrder) => moneyOf(emulator, order),
    /** Lets the reconciler look at a payment as if its time had come. */
    async reconcile({ id }: TestOrder) {
      await Payments.collection.updateOne(
        { orderId: id, checkAt: { $type: 'date' } },
        { $set: { checkAt: new Date(0) } },
      );
      await settlement.reconcile();
    },
    async status(order: TestOrder, status: string) {
      await until(async () => (await payment(order))?.status === status);
    },
    async heard(order: TestOrder, ...expected: string[]) {
      await until(() => eventsOf(order).length >= expected.length);
      expect(eventsOf(order)).toEqual(expected);
    },
    async stop() {
      await emulator.close();
      server.close();
      server.closeAllConnections();
      await relay.close();
      await bus.close();
      await nats.stop();
      await mongo.stop();
    },
  };
}

export type World = Awaited<ReturnType<typeof startPayments>>;
export const paymentOf = ({ body }: request.Response) => body as PaymentBody;
export { refusal } from '@ticketing/common/testing';

/** Where an order's money is at Stripe, in minor units, and by how many intents. */
async function moneyOf(emulator: Awaited<ReturnType<typeof startTestEmulator>>, { id }: TestOrder) {
  const { orders } = (await emulator.control('GET', `/ledger?orderId=${id}`)) as {
    orders: { held: number; captured: number; refunded: number; intents: unknown[] }[];
  };
  const [{ held, captured, refunded, intents } = { held: 0, captured: 0, refunded: 0, intents: [] }] = orders;
  return { held, captured, refunded, intents: intents.length };
}

export const HELD = { held: PRICE, captured: 0, refunded: 0, intents: 1 };
export const CAPTURED = { held: 0, captured: PRICE, refunded: 0, intents: 1 };
export const RELEASED = { held: 0, captured: 0, refunded: 0, intents: 1 };
export const UNTOUCHED = { held: 0, captured: 0, refunded: 0, intents: 0 };
