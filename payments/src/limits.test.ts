import { newId, setClockAhead, until } from '@ticketing/common/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';
import { HELD, paymentOf, refusal, RELEASED, startPayments, type TestOrder, type World } from './testing';
import { Declines, Payments } from './store';

let world: World;
beforeAll(async () => (world = await startPayments()));
afterEach(async () => {
  await world.emulator.control('DELETE', '/faults');
  await Declines.deleteMany({});
});
afterAll(() => world.stop());

const DECLINED = { token: 'tok_chargeDeclined' };
const BANK = { paymentMethodId: 'pm_card_authenticationRequired' };
const CREATE = { path: '/v1/payment_intents', method: 'POST' };

/** Counts the queries to MongoDB from now on: all, or those of one collection. */
function countReads(only?: string) {
  let count = 0;
  mongoose.set('debug', (collection: string, method: string) => {
    // The relay's sweeps, by `find`, are nobody's request.
    if (method.startsWith('findOne') && (only ?? collection) === collection) count++;
  });
  return () => {
    mongoose.set('debug', false);
    return count;
  };
}

test.each<[string, object | undefined]>([
  ['that is the first', undefined],
  ['after a declined card', DECLINED],
  ['instead of one that waits for the bank', BANK],
])('a request to pay %s loads the payment once', async (_which, before) => {
  await world.fault({ kind: 'lost', times: 20 });
  const order = await world.order();
  if (before) await world.pay(order, before);
  const reads = countReads('payments');
  await world.pay(order).expect(201);
  expect(reads()).toBe(1);
  expect(await world.money(order)).toMatchObject({ ...HELD, intents: before ? 2 : 1 });
});

describe('declined cards', () => {
  test('are accepted five times per order', async () => {
    const order = await world.order();
    for (let left = 5; left > 0; left--) await world.pay(order, DECLINED).expect(400, refusal('card-declined'));
    for (const card of [DECLINED, { token: 'tok_visa' }])
      await world.pay(order, card).expect(429, refusal('too-many-attempts'));
    expect(await world.money(order)).toEqual({ ...RELEASED, intents: 5 });
  });

  test('sixty concurrent ones on one order make at most five attempts, and no webhook fails', async () => {
    const order = await world.order();
    world.webhooks.splice(0);
    const statuses = await Promise.all(
      Array.from({ length: 60 }, () => world.pay(order, DECLINED).then((r) => r.status)),
    );
    expect(statuses.filter((status) => status !== 400 && status !== 429)).toEqual([]);
    const { intents } = await world.money(order);
    expect(intents).toBeLessThanOrEqual(5);
    await until(() => world.webhooks.length >= 2 * intents);
    expect(world.webhooks.filter((status) => status !== 200)).toEqual([]);
  });

  /** As if that many of someone's cards had been declined half an hour ago. */
  const declined = (key: string, points: number) =>
    mongoose.connection.collection('declines').insertOne({ key, points, expire: new Date(Date.now() + 1_800_000) });

  test('are accepted twenty times an hour per account, on any orders', async () => {
    const userId = newId();
    const [first, second] = [
      await world.order(undefined, undefined, userId),
      await world.order(undefined, undefined, userId),
    ];
    await declined(`account:${userId}`, 19);
    await world.pay(first, DECLINED).expect(400, refusal('card-declined'));
    for (const order of [first, second]) {
      const { body, headers } = await world.pay(order).expect(429);
      expect(body).toEqual(refusal('too-many-declines', undefined, { minutes: 30 }));
      expect(Number(headers['retry-after'])).toBeGreaterThan(1_200);
    }
    expect(await world.payment(second)).toBeUndefined();
    await world.pay(await world.order()).expect(201);
  });

  test('count as declined even if the bank declines them after asking the buyer', async () => {
    const userId = newId();
    const order = await world.order(undefined, undefined, userId);
    await declined(`account:${userId}`, 19);
    await world.pay(order, BANK).expect(201);
    await world.authenticate((await world.payment(order))?.stripeId ?? '', 'fail');
    await world.status(order, 'declined');
    await until(async () => (await world.pay(order)).status === 429);
    const { body } = await world.pay(await world.order(undefined, undefined, userId)).expect(429);
    expect(body).toMatchObject({ errors: [{ code: 'too-many-declines' }] });
  });

  test('concurrent attempts do not exceed the twenty', async () => {
    const userId = newId();
    const orders = await Promise.all(Array.from({ length: 6 }, () => world.order(undefined, undefined, userId)));
    await declined(`account:${userId}`, 18);
    await world.fault({ ...CREATE, kind: 'slow', delayMs: 300, times: 6 });
    const statuses = await Promise.all(orders.map((order) => world.pay(order, DECLINED).then(({ status }) => status)));
    expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(2);
    await world.pay(await world.order(undefined, undefined, newId()), DECLINED).expect(400);
    const count = await mongoose.connection.collection('declines').findOne({ key: `account:${userId}` });
    expect(count?.points).toBeLessThanOrEqual(20);
  });

  test('are accepted sixty times an hour per address or IPv6 /64, on any accounts', async () => {
    await declined('address:203.0.113.7', 60);
    const from = (address: string, order: TestOrder) => world.pay(order).set('X-Forwarded-For', address);
    await from('203.0.113.7', await world.order()).expect(
      429,
      refusal('too-many-declines', undefined, { minutes: 30 }),
    );
    await from('203.0.113.8', await world.order()).expect(201);
    await declined('address:2001:db8:0:7::/64', 60);
    await from('2001:db8:0:7:1234::1', await world.order()).expect(429);
    await from('2001:db8:0:8::1', await world.order()).expect(201);
  });
});

describe('requests that wait', () => {
  test('cost a bounded number of reads each, and get the same response as the first', async () => {
    const order = await world.order();
    await world.fault({ ...CREATE, kind: 'slow', delayMs: 3_000 });
    const first = world.pay(order).then(({ body }) => body as object);
    await world.status(order, 'pending');
    const reads = countReads();
    const repeats = await Promise.all(Array.from({ length: 30 }, () => world.pay(order)));
    // The order, its payment, the payer: and no more, however long it takes.
    expect(reads()).toBeLessThanOrEqual(30 * 3);
    const body = await first;
    for (const repeat of repeats)
      expect([repeat.status, repeat.body]).toEqual(
        repeat.status === 201 ? [201, body] : [429, refusal('too-many-payments')],
      );
    expect(await world.money(order)).toEqual(HELD);
  });

  test("for another process's response poll together", async () => {
    const order = await world.order();
    await world.fault({ ...CREATE, kind: 'slow', delayMs: 600 });
    await world.pay(order, BANK).expect(201);
    await Payments.updateOne({ orderId: order.id }, { status: 'pending', checkAt: null });
    const waiting = Promise.all(Array.from({ length: 5 }, () => world.pay(order, BANK)));
    await Payments.updateOne({ orderId: order.id }, { status: 'authorized' });
    for (const { status, body } of await waiting) expect([status, body]).toMatchObject([201, { status: 'authorized' }]);
  });
});

describe('while Stripe does not answer', () => {
  test('changing the card says that Stripe is unavailable, also when it responds with 429', async () => {
    const order = await world.order();
    await world.pay(order, BANK).expect(201);
    await world.fault({ kind: 'error-429', times: 20 });
    const { body, headers } = await world.pay(order).expect(503);
    expect([body, headers['retry-after']]).toEqual([refusal('unavailable'), '3']);
    await world.emulator.control('DELETE', '/faults');
    await world.pay(order).expect(201);
    expect(await world.money(order)).toMatchObject({ held: HELD.held });
  });

  test("a request that waits for another process gets its answer, also if the machine's clock is set", async () => {
    await world.fault({ kind: 'lost', times: 20 });
    const order = await world.order();
    const first = paymentOf(await world.pay(order));
    const answered = (status: string) => Payments.updateOne({ orderId: order.id }, { status });
    await answered('pending');
    const reading = jest.spyOn(Payments, 'findOne');
    const second = world.another(world.emulator.url)(order).then(paymentOf);
    await until(() => reading.mock.calls.some((given: unknown[]) => given.length > 1));
    reading.mockRestore();
    const setBack = setClockAhead(3_600_000);
    await answered('authorized');
    expect(await second).toEqual(first);
    setBack();
  });

  test('a payment is pending, and settled later', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const deaf = world.another(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const order = await world.order();
    const { body } = await deaf(order).expect(201);
    expect(body).toMatchObject({ status: 'pending' });
    silent.close();
    silent.closeAllConnections();
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ status: 'authorized', attempt: 1 });
    expect(await world.money(order)).toEqual(HELD);
  });
});

test.each(['müller@test.com', 'buyer@müller.test', '.buyer@test.com'])(
  'a receipt that cannot go to %s does not stop the payment',
  async (email) => {
    const order = await world.order();
    await world.signUp(order, email);
    expect(paymentOf(await world.pay(order).expect(201)).status).toBe('authorized');
    expect(await world.money(order)).toEqual(HELD);
  },
);
