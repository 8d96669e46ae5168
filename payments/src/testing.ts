import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outbox, Relay, type Event, type OrderData, type OrderStatus, type PaymentBody } from '@ticketing/common';
import {
  aHeldTicket,
  aHold,
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
import { declineLimits } from './declines';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { Declines, Orders, Payments, Sellers, Users } from './store';
import { stripeClient } from './stripe';

const SECRET = 'whsec_test';
const PRICE = 2_050;

/** An order as the test plays the orders service: it tells what becomes of it. */
export interface TestOrder {
  id: string;
  userId: string;
  expiresAt: string;
  sellerId: string;
}

type Status = Exclude<OrderStatus, 'created'> | 'released';
const versions = { created: 0, 'awaiting:payment': 1, complete: 2, cancelled: 3, released: 3, refunded: 4 } as const;
const subjects = {
  'awaiting:payment': 'order:awaiting-payment',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
  released: 'order:released',
  refunded: 'order:refunded',
} as const;
const dataOf = ({ id, userId, sellerId, expiresAt }: TestOrder, status: OrderStatus | 'released'): OrderData =>
  aHold({
    id,
    userId,
    status: status === 'released' ? 'complete' : status,
    releasedAt: status === 'released' ? new Date().toISOString() : null,
    reason: status === 'cancelled' ? 'expired' : null,
    expiresAt,
    ticket: aHeldTicket({ price: PRICE, userId: sellerId }),
  });

/** The service as it is served, with Stripe's emulator in Stripe's place, and whatever it tells in `heard`. */
export async function startPayments() {
  const [mongo, nats] = await Promise.all([startMongo(Payments, Orders, Users, Declines, Sellers), startNats()]);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/payments/webhook`;
  const emulator = await startTestEmulator({ webhook: { url, secret: SECRET } });
  const bus = nats.bus('payments-test');
  const heard: Event[] = [];
  for (const subject of ['payment:authorized', 'payment:created', 'payment:failed', 'payment:refunded'] as const)
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
  const payments = createOperations(outbox, stripe, declineLimits(), log);
  server.on('request', appOf(routes(payments, stripe, testSessions)));
  const table = listeners(payments);
  const webhooks: number[] = [];
  server.on('request', ({ url: path }, res) => {
    if (path?.endsWith('/webhook')) res.on('finish', () => webhooks.push(res.statusCode));
  });
  const payAt =
    (at: Parameters<typeof request>[0]) =>
    ({ id, userId }: TestOrder, body: object = { token: 'tok_visa' }, caller = userId) =>
      request(at)
        .post('/api/payments')
        .set('Cookie', cookieOf({ id: caller, email: 'buyer@test.com' }))
        .send({ orderId: id, ...body });

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
    payments,
    /** Errors that the service has logged. */
    complaints,
    /** How Stripe's webhooks were answered. */
    webhooks,
    tell,
    payment,
    eventsOf,
    /** A fresh order that payments has heard of. */
    async order(expiresInMs = 60_000, status: OrderStatus = 'created', userId = newId()): Promise<TestOrder> {
      const order = {
        id: newId(),
        userId,
        sellerId: newId(),
        expiresAt: new Date(Date.now() + expiresInMs).toISOString(),
      };
      await table['order:created']?.handle([anEvent('order:created', 0, dataOf(order, 'created'))]);
      if (status !== 'created') await tell(order, status);
      return order;
    },
    pay: payAt(server),
    /** Pays at another process of the service, whose Stripe is at `url`, and whose database tells the time `now`. */
    another(url: string, now?: () => Date) {
      const other = stripeClient('sk_test_key', SECRET, 'usd', url);
      return payAt(appOf(routes(createOperations(outbox, other, declineLimits(), log, now), other, testSessions)));
    },
    /** Tells of the account of an order's buyer. */
    async signUp({ userId }: TestOrder, email: string) {
      await table['user:created']?.handle([anEvent('user:created', 0, { id: userId, email })]);
    },
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
      await payments.reconcile();
    },
    /** As if the payment had been told so many milliseconds ago. */
    async ago({ id }: TestOrder, ms: number) {
      await Payments.collection.updateOne({ orderId: id }, { $set: { toldAt: new Date(Date.now() - ms) } });
    },
    async complaint(words: string) {
      await until(() => complaints.includes(words));
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
