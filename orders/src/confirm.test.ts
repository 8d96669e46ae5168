import { anEvent, aPayment, until } from '@ticketing/common/testing';
import * as store from './store';
import { aCaller, aListing, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());
afterEach(() => orders.skew(0));

const cause = { trace: 'test' };
const load = (id: string) => store.Orders.findById(id).orFail().lean<store.StoredOrder>();

async function held() {
  const listing = aListing();
  await orders.deliver(listing);
  const { id } = await orders.operations.place(
    { buyer: aCaller().id, ticketId: listing.data.id, network: 'test' },
    cause,
  );
  await until(() => orders.heardOf(id).length === 1);
  return id;
}
const authorized = (orderId: string, version = 0) => anEvent('payment:authorized', version, aPayment(orderId));

describe('an order placed on a listing that had already changed', () => {
  test.each([
    ['changed', { edition: 1, price: 50_000 }],
    ['withdrawn', { withdrawing: true }],
  ])('is cancelled as soon as orders hears of it: %s', async (reason, changes) => {
    for (const isPaid of [false, true]) {
      const id = await held();
      if (isPaid) await orders.deliver(authorized(id));
      await orders.follow(id, changes);
      expect(await load(id)).toMatchObject({ status: 'cancelled', reason });
      await orders.deliver(authorized(id));
      expect((await load(id)).status).toBe('cancelled');
      await until(() => orders.heardOf(id).includes('order:cancelled'));
      expect(orders.heardOf(id)).not.toContain('order:awaiting-payment');
    }
  });
});

describe('money authorized before tickets has confirmed the listing', () => {
  test('waits for it, and publishes nothing meanwhile', async () => {
    const id = await held();
    await orders.deliver(authorized(id), authorized(id));
    expect(await load(id)).toMatchObject({ status: 'created', authorizedAt: expect.any(Date) as Date, version: 1 });
    await orders.follow(id);
    expect((await load(id)).status).toBe('awaiting:payment');
    await until(() => orders.heardOf(id).length === 2);
    expect(orders.heardOf(id)).toEqual(['order:created', 'order:awaiting-payment']);
  });

  test('wins whichever of the two arrives first, or both at once', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await held();
      await Promise.all([orders.deliver(authorized(id)), orders.follow(id)]);
      expect((await load(id)).status).toBe('awaiting:payment');
    }
  });

  test('does not keep the order from expiring', async () => {
    const id = await held();
    await orders.deliver(authorized(id));
    orders.skew(900_001);
    await orders.operations.expireOverdue();
    await orders.follow(id);
    expect(await load(id)).toMatchObject({ status: 'cancelled', reason: 'expired' });
  });
});

describe('an order waiting for another service', () => {
  beforeEach(() => orders.standStill());
  afterEach(() => orders.standStill(false));
  /** Lets that many seconds pass since the test began, and checks again. */
  const later = async (seconds: number) => {
    orders.skew(seconds * 1_000);
    await orders.lookAgain();
  };
  const heard = (id: string, count: number) => until(() => orders.heardOf(id).length === count);

  test('is published again, as news, until tickets answers a hold', async () => {
    const id = await held();
    await later(9);
    expect((await load(id)).version).toBe(0);
    await until(async () => (await load(id)).outbox.length === 0);
    await later(11);
    await heard(id, 2);
    await until(async () => (await load(id)).outbox.length === 0);
    await later(25);
    await heard(id, 3);
    expect(orders.heardOf(id)).toEqual(['order:created', 'order:created', 'order:created']);
    await orders.follow(id);
    await later(3_600);
    expect(await load(id)).not.toHaveProperty('checkAt');
    expect((await load(id)).version).toBe(2);
  });

  test('is published again at growing intervals until payments captures', async () => {
    const id = await held();
    await orders.follow(id);
    await orders.deliver(authorized(id));
    await heard(id, 2);
    await until(async () => (await load(id)).outbox.length === 0);
    let told = 2;
    for (let seconds = 11; seconds < 600; seconds += 5) {
      await later(seconds);
      const { version } = await load(id);
      if (version < told) continue;
      await heard(id, (told = version + 1));
      await until(async () => (await load(id)).outbox.length === 0);
    }
    expect(told).toBeGreaterThan(5);
    expect(told).toBeLessThan(12);
    expect(new Set(orders.heardOf(id).slice(1))).toEqual(new Set(['order:awaiting-payment']));
    await orders.operations.complete(id, { ...cause, version: 2 });
  });

  test.each([
    ['cancelled', 'available', (id: string) => orders.operations.failPayment(id, { ...cause, version: 2 })],
    ['completed', 'sold', (id: string) => orders.operations.complete(id, { ...cause, version: 2 })],
  ] as const)('the end of an order that tickets still shows as held: %s', async (end, answer, finish) => {
    const id = await held();
    await orders.follow(id);
    await orders.deliver(authorized(id));
    await finish(id);
    await heard(id, 3);
    await until(async () => (await load(id)).outbox.length === 0);
    await later(11);
    await heard(id, 4);
    expect(orders.heardOf(id).slice(2)).toEqual([`order:${end}`, `order:${end}`]);
    await orders.follow(id, { status: answer });
    await later(3_600);
    expect(await load(id)).toMatchObject({ version: 3 });
    expect(await load(id)).not.toHaveProperty('checkAt');
  });

  test('is published once by two replicas', async () => {
    const id = await held();
    orders.skew(11_000);
    await Promise.all([orders.lookAgain(), orders.lookAgain()]);
    expect((await load(id)).version).toBe(1);
  });

  test('is answered when payments asks again', async () => {
    const id = await held();
    await orders.follow(id);
    await orders.deliver(authorized(id), authorized(id, 1));
    await heard(id, 3);
    expect(orders.heardOf(id).slice(1)).toEqual(['order:awaiting-payment', 'order:awaiting-payment']);
  });
});
