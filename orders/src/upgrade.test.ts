import type { OrderData, SaleBody } from '@ticketing/common';
import { aHeldTicket, cookieOf, newId, until } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import request from 'supertest';
import { Orders } from './store';
import { aSale, HOUR, startOrders } from './testing';

const DAY = 24 * HOUR;
let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());
afterEach(() => orders.skew(0));

/** A sale as written by a version without releases; `changes` override it. */
async function anOldSale(details: object = {}, changes: object = {}) {
  const ticket: Partial<OrderData['ticket']> = aHeldTicket(details);
  delete ticket.delivery;
  const _id = new Types.ObjectId();
  const expiresAt = new Date(Date.now() - DAY);
  const order = {
    userId: newId(),
    status: 'complete',
    reason: null,
    expiresAt,
    seq: 1,
    version: 3,
    outbox: [],
    ticket,
  };
  await Orders.collection.insertOne({ _id, ...order, ...changes });
  return {
    id: _id.toString(),
    seller: String(ticket.userId),
    expiresAt,
    load: () => Orders.findById(_id).orFail().lean(),
  };
}
/** A complete pass over the orders. */
async function upgraded() {
  const upgrade = orders.upgrade();
  for (let step = 0; step < 4; step++) await upgrade();
}
const salesOf = async (id: string) => {
  const cookie = cookieOf({ id, email: 'someone@example.com' });
  return (await request(orders.app).get('/api/orders/sales').set('Cookie', cookie).expect(200)).body as SaleBody[];
};

test('an older sale without a date shows up for its seller again, and is released 14 days after it', async () => {
  const { id, seller, load, expiresAt } = await anOldSale();
  expect(await salesOf(seller)).toEqual([]);
  await upgraded();
  const releaseAt = new Date(expiresAt.getTime() + 14 * DAY);
  expect(await load()).toMatchObject({ status: 'complete', completedAt: expiresAt, releaseAt, dueAt: releaseAt });
  expect(await salesOf(seller)).toMatchObject([{ id, releaseAt: releaseAt.toISOString(), releasedAt: null }]);
  await until(() => orders.heardOf(id).includes('order:completed'));
  expect(orders.lastOf<OrderData>(id)).toMatchObject({ releaseAt: releaseAt.toISOString() });
  orders.skew(12 * DAY);
  await orders.operations.reviewSales();
  expect((await load()).releasedAt).toBeUndefined();
  orders.skew(14 * DAY);
  await orders.operations.reviewSales();
  expect((await load()).releasedAt).toBeInstanceOf(Date);
  await until(() => orders.heardOf(id).includes('order:released'));
});

test('an older sale with a date is released after its event', async () => {
  const startsAt = new Date(Date.now() - 3 * DAY).toISOString();
  const { load } = await anOldSale({ startsAt, timeZone: 'UTC' });
  await upgraded();
  await orders.operations.reviewSales();
  expect((await load()).releasedAt).toBeInstanceOf(Date);
});

test('an older sale keeps its outcome', async () => {
  const answerBy = new Date(Date.now() + DAY);
  const claim = { reason: 'not-admitted', text: 'Closed', openedAt: new Date(), answerBy, answer: null };
  const claimed = await anOldSale({}, { claim: { ...claim, status: 'open' }, dueAt: answerBy });
  const refunded = await anOldSale({}, { status: 'refunded', reason: 'seller' });
  const never = await anOldSale({}, { status: 'refunded', reason: 'dashboard' });
  await upgraded();
  expect(await claimed.load()).toMatchObject({ dueAt: answerBy, releaseAt: expect.any(Date) as Date });
  expect(await salesOf(refunded.seller)).toMatchObject([{ status: 'refunded', releaseAt: null }]);
  expect(await never.load()).toMatchObject({ version: 3 });
});

test('a sale with its times is left alone, and one that cannot be published does not block others', async () => {
  const { id } = await aSale(orders, {});
  const before = await Orders.findById(id).orFail().lean();
  const broken = await anOldSale({ price: -1 });
  const { load } = await anOldSale();
  const upgrade = orders.upgrade();
  await expect(upgrade()).rejects.toThrow(broken.id);
  expect((await load()).completedAt).toBeInstanceOf(Date);
  expect((await Orders.findById(id).orFail().lean()).version).toBe(before.version);
});
