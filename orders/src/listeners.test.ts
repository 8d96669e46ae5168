import fc from 'fast-check';
import mongoose from 'mongoose';
import { isDuplicateKey, type OrderStatus, type Subject } from '@ticketing/common';
import { anEvent, aPayment, newId, until } from '@ticketing/common/testing';
import { snapshot } from './bodies';
import * as store from './store';
import { aCaller, aListing, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const cause = { trace: 'test' };
const load = (id: string) => store.Orders.findById(id).lean();
const copyOf = (id: string) => store.Tickets.findById(id).lean();

/** A held ticket's order, in a state, with its time over or not. */
async function anOrder({ status = 'created', overdue = false }: { status?: OrderStatus; overdue?: boolean } = {}) {
  const listing = aListing();
  await orders.deliver(listing);
  const { id } = await orders.operations.place(
    { buyer: aCaller().id, ticketId: listing.data.id, network: 'test' },
    cause,
  );
  const expiresAt = new Date(Date.now() + (overdue ? -1 : 60_000));
  await store.Orders.updateOne({ _id: id }, { $set: { status, expiresAt } });
  await orders.follow(id);
  return id;
}

const paymentEvent = (subject: Subject & `payment:${string}`, orderId: string) =>
  anEvent(subject, 0, aPayment(orderId));
const rung = (orderId: string) => anEvent('expiration:complete', 0, { orderId });

describe('the copy of a listing', () => {
  test('has the newest state, in any order and with duplicates', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (versions) => {
        const id = newId();
        for (const version of versions)
          await orders.deliver(aListing({ id, price: 100 + version, seq: version }, version));
        const newest = Math.max(...versions);
        expect(await copyOf(id)).toMatchObject({
          version: newest,
          price: 100 + newest,
          seq: newest,
          status: 'available',
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('payment and expiry in each state of an order', () => {
  const unchanged = {
    created: 'created',
    'awaiting:payment': 'awaiting:payment',
    complete: 'complete',
    cancelled: 'cancelled',
    refunded: 'refunded',
  };
  const states = Object.keys(unchanged) as OrderStatus[];

  test.each([
    [
      'payment:authorized',
      { created: 'awaiting:payment' },
      (id: string) => paymentEvent('payment:authorized', id),
      false,
    ],
    ['payment:created', { 'awaiting:payment': 'complete' }, (id: string) => paymentEvent('payment:created', id), false],
    [
      'payment:refunded',
      { 'awaiting:payment': 'refunded', complete: 'refunded' },
      (id: string) => paymentEvent('payment:refunded', id),
      false,
    ],
    [
      'payment:failed',
      { 'awaiting:payment': 'cancelled', complete: 'refunded' },
      (id: string) => paymentEvent('payment:failed', id),
      false,
    ],
    ['expiration:complete, late', { created: 'cancelled' }, rung, true],
    ['expiration:complete, too early', {}, rung, false],
  ] as const)('%s, twice', async (name, moves: Partial<Record<OrderStatus, OrderStatus>>, eventFor, overdue) => {
    for (const status of states) {
      const id = await anOrder({ status, overdue });
      await orders.deliver(eventFor(id), eventFor(id));
      const order = await load(id);
      expect([status, order?.status]).toEqual([status, { ...unchanged, ...moves }[status]]);
      // News from payments is recorded, or answered.
      expect(order?.version).toBe(moves[status] || name.startsWith('payment') ? 1 : 0);
    }
  });

  test('publishes every step once, in consecutive versions', async () => {
    const id = await anOrder();
    await orders.deliver(paymentEvent('payment:authorized', id), paymentEvent('payment:created', id));
    await until(() => orders.heardOf(id).length === 3);
    expect(orders.heardOf(id)).toEqual(['order:created', 'order:awaiting-payment', 'order:completed']);
  });

  test('an authorization wins after the time has passed if nothing has cancelled the order yet', async () => {
    const id = await anOrder({ overdue: true });
    await orders.deliver(paymentEvent('payment:authorized', id), rung(id));
    expect(await load(id)).toMatchObject({ status: 'awaiting:payment', version: 1 });
  });

  test('of concurrent authorization, expiry and cancellation one is written, and the others see it', async () => {
    for (let round = 0; round < 15; round++) {
      const order = await load(await anOrder({ overdue: true }));
      const id = String(order?._id);
      await Promise.allSettled([
        orders.deliver(rung(id)),
        orders.deliver(paymentEvent('payment:authorized', id)),
        orders.operations.cancel(id, order?.userId ?? '', cause),
        orders.operations.expireOverdue(),
      ]);
      const { status, reason } = (await load(id)) ?? {};
      await until(() => orders.heardOf(id).length > 1);
      expect(new Set(orders.heardOf(id)).size).toBe(2);
      expect(['awaiting:payment null', 'cancelled buyer', 'cancelled expired']).toContain(`${status} ${reason}`);
    }
  });

  test('an event of an unknown order fails, so that it is kept', async () => {
    await expect(orders.deliver(paymentEvent('payment:authorized', newId()))).rejects.toThrow(
      expect.objectContaining({ code: 'order-not-found' }),
    );
  });
});

describe('the sweep', () => {
  test('expires overdue orders without a timer, and nothing else', async () => {
    const late = await anOrder({ overdue: true });
    const early = await anOrder();
    const paid = await anOrder({ overdue: true, status: 'awaiting:payment' });
    await Promise.all([orders.operations.expireOverdue(), orders.operations.expireOverdue()]);
    expect(await load(late)).toMatchObject({ status: 'cancelled', reason: 'expired', version: 1 });
    expect(await load(early)).toMatchObject({ status: 'created', version: 0 });
    expect(await load(paid)).toMatchObject({ status: 'awaiting:payment', version: 0 });
    await until(() => orders.heardOf(late).includes('order:cancelled'));
  });
});

describe('the store', () => {
  test('has no two orders at one position of a chain', async () => {
    const first = await store.Orders.findOne().lean();
    const second = { ...first, _id: store.newId() };
    const error: unknown = await store.Orders.collection.insertOne(second).catch((reason: unknown) => reason);
    expect(isDuplicateKey(error)).toBe(true);
  });

  test('orders that cannot expire do not block others', async () => {
    const id = await anOrder({ overdue: true });
    const order = await store.Orders.collection.findOne({ _id: store.newId(id) });
    // Their events would not parse, so they are not written.
    const broken = { ...order, seq: -1, expiresAt: new Date(1), outbox: [], slot: undefined };
    const many = Array.from({ length: 520 }, () => ({
      ...broken,
      ...{ _id: store.newId(), ticket: { ...order?.ticket, id: newId() } },
    }));
    await store.Orders.collection.insertMany(many, { ignoreUndefined: true });
    await expect(orders.operations.expireOverdue()).rejects.toThrow();
    expect((await load(id))?.status).toBe('cancelled');
    await store.Orders.collection.deleteMany({ seq: -1 });
  });

  test('has a snapshot event for every state', async () => {
    const subjects = {
      created: 'order:created',
      'awaiting:payment': 'order:awaiting-payment',
      complete: 'order:completed',
      cancelled: 'order:cancelled',
      refunded: 'order:refunded',
    } satisfies Record<OrderStatus, Subject>;
    for (const [status, subject] of Object.entries(subjects)) {
      const id = await anOrder({ status: status as OrderStatus });
      const order = await store.readOrder(id);
      expect(order && snapshot(order)).toMatchObject([{ subject, data: { id, status, seq: 1 } }]);
    }
  });

  test('uses indexes only', async () => {
    const { db } = mongoose.connection;
    await db?.command({ profile: 2 });
    const id = await anOrder({ overdue: true });
    const order = await load(id);
    await orders.operations.list(order?.userId ?? '', { open: false, limit: 50 });
    await orders.operations.show(id, order?.userId ?? '');
    await orders.operations.expireOverdue();
    await orders.operations.place({ buyer: aCaller().id, ticketId: order?.ticket.id ?? '', network: 'test' }, cause);
    const profile = db?.collection('system.profile');
    await until(() => profile?.findOne({ planSummary: /occurredAt/ }));
    await db?.command({ profile: 0 });
    const plans = (await profile?.find({ ns: /orders|tickets/, planSummary: { $exists: true } }).toArray()) ?? [];
    const used = new Set(
      plans.map(({ ns, planSummary }) => `${String(ns).replace(/.*?\./, '')} ${String(planSummary)}`),
    );
    for (const index of ['expiresAt', 'seq', 'userId', 'outbox']) expect([...used].join()).toContain(index);
    expect([...used].filter((plan) => plan.includes('COLLSCAN'))).toEqual([]);
    expect(plans.filter(({ hasSortStage }) => hasSortStage)).toEqual([]);
  });
});
