import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Audit,
  EndedSessions,
  Leavers,
  Outbox,
  Relay,
  type Event,
  type OrderData,
  type OrderStatus,
  type PaymentBody,
  type PayoutBody,
  type SellerBody,
} from '@ticketing/common';
import {
  aHeldTicket,
  aHold,
  anEvent,
  appOf,
  byVersion,
  cookieOf,
  deliverTo,
  newId,
  quiet,
  startMongo,
  startNats,
  testSessions,
  until,
} from '@ticketing/common/testing';
import request from 'supertest';
import { startTestEmulator } from '../../infra/local/stripe/src/testing';
import { createAudit } from './audit';
import { declineLimits } from './declines';
import { faultsOf, sumsOf } from './domain/ledger';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { Audits, Declines, Orders, Payments, Sellers, Users } from './store';
import { stripeClient } from './stripe';
import { createSupport } from './support';

const FEE_PERCENT = 5;

const SECRET = 'whsec_test';
/** Thin events go to a separate destination. */
const SECRETS = [SECRET, 'whsec_thin'];
const PRICE = 2_050;

/** An order, with the test in the role of the orders service, publishing its changes. */
export interface TestOrder extends Partial<Pick<OrderData, 'readAt' | 'usedAt'>> {
  id: string;
  userId: string;
  expiresAt: string;
  sellerId: string;
}

type Status = Exclude<OrderStatus, 'created'> | 'claimed' | 'released';
const versions = {
  created: 0,
  'awaiting:payment': 1,
  complete: 2,
  cancelled: 3,
  claimed: 3,
  released: 4,
  refunded: 5,
} as const;
const subjects = {
  'awaiting:payment': 'order:awaiting-payment',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
  claimed: 'order:claimed',
  released: 'order:released',
  refunded: 'order:refunded',
} as const;
const dataOf = (
  { id, userId, sellerId, expiresAt, readAt = null, usedAt = null }: TestOrder,
  status: OrderStatus | Status,
): OrderData =>
  aHold({
    id,
    userId,
    status: status === 'released' || status === 'claimed' ? 'complete' : status,
    claim:
      status === 'claimed'
        ? {
            reason: 'not-admitted',
            status: 'open',
            openedAt: expiresAt,
            answerBy: expiresAt,
            answeredAt: null,
            decidedAt: null,
          }
        : null,
    releasedAt: status === 'released' ? new Date().toISOString() : null,
    reason: status === 'cancelled' ? 'expired' : null,
    ...{ readAt, usedAt, expiresAt },
    ticket: aHeldTicket({ price: PRICE, userId: sellerId }),
  });

/**
 * The service as served, with Stripe's emulator in place of Stripe, and everything it publishes in `heard`.
 * @param tamper may change how it writes
 * @param through may put something between it and Stripe: maps the URL that it gets
 */
export async function startPayments(
  tamper?: (outbox: Outbox) => void,
  through = (url: string): Promise<string> => Promise.resolve(url),
) {
  const [mongo, nats] = await Promise.all([
    startMongo(Payments, Orders, Users, Declines, Sellers, Audits, Audit, Leavers, EndedSessions),
    startNats(),
  ]);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/payments/webhook`;
  const emulator = await startTestEmulator({ webhook: { url, secret: SECRET, thinSecret: SECRETS[1] } });
  const bus = nats.bus('payments-test');
  const heard: Event[] = [];
  for (const subject of [
    'payment:authorized',
    'payment:created',
    'payment:failed',
    'payment:refunded',
    'payout:paid',
    'payout:failed',
    'seller:updated',
  ] as const)
    bus.subscribe(subject, ({ text, ack }) => {
      heard.push(JSON.parse(text) as Event);
      ack();
    });
  bus.start();
  await until(() => bus.ready);

  const complaints: string[] = [];
  const log = quiet.child({});
  log.error = (_what: unknown, message?: string) => void complaints.push(String(message));
  const relay = new Relay(bus, [Payments, Sellers, Leavers], quiet);
  const outbox = new Outbox(relay);
  tamper?.(outbox);
  const stripe = stripeClient('sk_test_key', SECRETS, 'usd', await through(emulator.url));
  const operationsOf = (client: typeof stripe, now?: () => Date) =>
    createOperations(outbox, client, declineLimits(), log, FEE_PERCENT, now);
  const payments = operationsOf(stripe);
  const audit = createAudit(stripe, payments.settle, log, () => new Date());
  server.on(
    'request',
    appOf(
      routes(
        payments,
        createSupport(outbox, stripe, () => new Date()),
        stripe,
        testSessions,
      ),
    ),
  );
  const deliver = deliverTo(listeners(payments));
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

  const tell = (order: TestOrder, status: Status) =>
    deliver(anEvent(subjects[status], versions[status], dataOf(order, status)));
  const payment = async ({ id }: TestOrder) =>
    (await Payments.findOne({ orderId: id }, { outbox: 0 }).lean()) ?? undefined;
  /** Waits for a condition: a webhook may leave its work to the reconciler. */
  const untilReconciled = (condition: () => boolean | Promise<boolean>) =>
    until(async () => {
      await payments.reconcile();
      return condition();
    });
  const eventsOf = ({ id }: TestOrder) =>
    heard
      .filter(({ subject, data }) => subject.startsWith('payment:') && 'orderId' in data && data.orderId === id)
      .sort(byVersion)
      .map(({ subject }) => subject);

  return {
    server,
    nats,
    emulator,
    deliver,
    payments,
    /** Those of another process of the service. */
    elsewhere: operationsOf(stripe),
    audit,
    /** All published events, in order of arrival. */
    tellings: heard,
    /** Errors that the service has logged. */
    complaints,
    untilReconciled,
    /** Waits until nothing is left to do for an order's payment; a late webhook may cause another check. */
    untilAtRest: (order: TestOrder) => untilReconciled(async () => (await payment(order))?.checkAt === null),
    /** How Stripe's webhooks were answered. */
    webhooks,
    tell,
    payment,
    eventsOf,
    /** The events of an order's payout. */
    payoutsOf: ({ id }: TestOrder) =>
      heard
        .filter(({ subject, data }) => subject.startsWith('payout:') && 'orderId' in data && data.orderId === id)
        .sort(byVersion)
        .map(({ subject, data }) => [subject, data] as const),
    /** Why an order's money is gone, according to its events. */
    causeOf({ id }: TestOrder) {
      const told = heard.flatMap(({ data }) => ('orderId' in data && data.orderId === id ? [data] : []));
      return told.flatMap((data) => ('cause' in data ? [data.cause] : [])).find(Boolean) ?? null;
    },
    /** A new order that payments has received. */
    async order(
      expiresInMs = 900_000,
      status: OrderStatus = 'created',
      userId = newId(),
      sellerId = newId(),
    ): Promise<TestOrder> {
      const order = {
        id: newId(),
        userId,
        sellerId,
        expiresAt: new Date(Date.now() + expiresInMs).toISOString(),
      };
      await deliver(anEvent('order:created', 0, dataOf(order, 'created')));
      if (status !== 'created') await tell(order, status);
      return order;
    },
    pay: payAt(server),
    /** Pays through another process of the service, with Stripe at `url` and the database's time at `now`. */
    another(url: string, now?: () => Date) {
      const other = stripeClient('sk_test_key', SECRETS, 'usd', url);
      return payAt(
        appOf(
          routes(
            operationsOf(other, now),
            createSupport(outbox, other, () => new Date()),
            other,
            testSessions,
          ),
        ),
      );
    },
    /** Publishes the account of an order's buyer. */
    async signUp({ userId }: TestOrder, email: string) {
      const { version = -1 } = (await Users.findById(userId).lean()) ?? {};
      await deliver(anEvent('user:created', version + 1, { id: userId, email }));
    },
    /** Publishes that someone has confirmed their address. */
    async confirm(id: string, email = 'seller@test.com') {
      const { version = 0 } = (await Users.findById(id).lean()) ?? {};
      const confirmed = { id, email, confirmedAt: new Date().toISOString() };
      await deliver(anEvent('user:updated', version + 1, confirmed));
    },
    show: ({ id, userId }: TestOrder, caller = userId) =>
      request(server)
        .get(`/api/payments/${id}`)
        .set('Cookie', cookieOf({ id: caller, email: 'buyer@test.com' })),
    fault: (fault: object) => emulator.control('POST', '/faults', fault),
    /** The buyer's response to their bank. */
    authenticate: (stripeId: string, outcome: 'approve' | 'fail' = 'approve') =>
      emulator.control('POST', `/payment_intents/${stripeId}/authenticate`, { outcome }),
    money: (order: TestOrder) => moneyOf(emulator, order),
    /** Lets the reconciler check a payment as if it were due. */
    async reconcile({ id }: TestOrder) {
      await Payments.collection.updateOne(
        { orderId: id, checkAt: { $type: 'date' } },
        { $set: { checkAt: new Date(0) } },
      );
      await Payments.collection.updateOne(
        { orderId: id, 'payout.retryAt': { $type: 'date' } },
        { $set: { 'payout.retryAt': new Date(0) } },
      );
      await payments.reconcile();
    },
    /** Makes it as if the payment had been published that many milliseconds ago. */
    async ago({ id }: TestOrder, ms: number) {
      await until(async () => (await Payments.findOne({ orderId: id }).orFail().lean()).outbox.length === 0);
      await Payments.collection.updateOne({ orderId: id }, { $set: { toldAt: new Date(Date.now() - ms) } });
    },
    /** Waits until the service has logged an error. */
    async complaint(words: string) {
      await untilReconciled(() => complaints.includes(words));
    },
    async status(order: TestOrder, status: string) {
      await untilReconciled(async () => (await payment(order))?.status === status);
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

/** Helpers for tests of payouts in a world. */
export function sellersIn(world: World) {
  const cookie = ({ sellerId }: Pick<TestOrder, 'sellerId'>) => cookieOf({ id: sellerId, email: 'seller@test.com' });
  const get = async (path: string, order: Pick<TestOrder, 'sellerId'>) =>
    request(world.server).get(`/api/payments/${path}`).set('Cookie', cookie(order)).expect(200);
  const seller = async (order: Pick<TestOrder, 'sellerId'>) => (await get('seller', order)).body as SellerBody;
  const payout = async (order: TestOrder) => (await world.payment(order))?.payout ?? undefined;
  return {
    cookie,
    get,
    /** What an order's seller is told about their account. */
    seller,
    payout,
    /** What the seller is told about an order's payout. */
    async told(order: TestOrder) {
      const { body } = await get(`payouts?orderIds=${order.id}`, order);
      return (body as PayoutBody[])[0];
    },
    /** Completes Stripe's onboarding. */
    async onboard(order: Pick<TestOrder, 'sellerId'>, outcome = 'complete', bank?: string) {
      await world.confirm(order.sellerId);
      const { body } = await request(world.server)
        .post('/api/payments/seller')
        .set('Cookie', cookie(order))
        .expect(200);
      const { url } = body as { url: string };
      await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ outcome, ...(bank && { bank }) }),
        redirect: 'manual',
      });
      return seller(order);
    },
    /** A complete order, with a new seller unless one is given. */
    async sale(sellerId?: string) {
      const order = await world.order(undefined, 'created', undefined, sellerId);
      await world.pay(order).expect(201);
      await world.tell(order, 'awaiting:payment');
      await world.status(order, 'captured');
      await world.tell(order, 'complete');
      return order;
    },
    /** The transfers of an order at Stripe. */
    transfers: async ({ id }: TestOrder) =>
      (await world.emulator.stripe.transfers.list({ transfer_group: id })).data.map(
        ({ amount, amount_reversed: reversed }) => ({ amount, reversed }),
      ),
    accountOf: async ({ sellerId }: Pick<TestOrder, 'sellerId'>) =>
      (await Sellers.findById(sellerId).lean())?.accountId ?? '',
    settled: (order: TestOrder, status: string) =>
      until(async () => {
        if ((await payout(order))?.status === status) return true;
        await world.reconcile(order);
        return false;
      }),
    /** The account balances of an order's ledger, without zero ones. */
    async balances(order: TestOrder) {
      const payment = await world.payment(order);
      expect(payment && faultsOf(payment)).toEqual([]);
      return Object.fromEntries(Object.entries(sumsOf(payment?.ledger ?? [])).filter(([, amount]) => amount !== 0));
    },
    kinds: async (order: TestOrder) => (await world.payment(order))?.ledger.map(({ kind }) => kind),
  };
}

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
