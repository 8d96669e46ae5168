import request from 'supertest';
import type { OrderBody } from '@ticketing/common';
import { cookieOf, refusal } from '@ticketing/common/testing';
import { Orders } from './store';
import { aCaller, aListing, startOrders } from './testing';

const MAX = 3;
let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders({ holdsPerBuyer: MAX });
});
afterAll(() => orders.stop());
afterEach(() => orders.skew(0));

const cause = { trace: 'test' };
const place = (caller: ReturnType<typeof aCaller>, ticketId: string, seen: object = {}) =>
  request(orders.app)
    .post('/api/orders')
    .set('Cookie', cookieOf(caller))
    .send({ ticketId, ...seen });
const cancel = (caller: ReturnType<typeof aCaller>, id: string) => orders.operations.cancel(id, caller.id, cause);

const againOf = async (caller: ReturnType<typeof aCaller>, id: string) => {
  const { body } = await request(orders.app).get(`/api/orders/${id}`).set('Cookie', cookieOf(caller)).expect(200);
  return (body as OrderBody).again;
};

async function listed(count: number) {
  const listings = Array.from({ length: count }, () => aListing());
  await orders.deliver(...listings);
  return listings.map(({ data }) => data.id);
}

describe("the limit on a buyer's open orders", () => {
  const tooMany = refusal('too-many-holds', undefined, { max: MAX });

  test('is exact under concurrent requests', async () => {
    for (let round = 0; round < 5; round++) {
      const buyer = aCaller();
      const tickets = await listed(MAX * 4);
      const answers = await Promise.all(tickets.map((id) => place(buyer, id)));
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused).toHaveLength(MAX * 3);
      for (const { status, body } of refused) expect([status, body]).toEqual([400, tooMany]);
      expect(await Orders.distinct('slot', { userId: buyer.id })).toHaveLength(MAX);
    }
  });

  test('counts open orders only: one that ends makes room, however it ends', async () => {
    const buyer = aCaller();
    const tickets = await listed(MAX + 6);
    const held: OrderBody[] = [];
    for (const id of tickets.slice(0, MAX)) held.push((await place(buyer, id).expect(201)).body as OrderBody);
    const [first, second, third] = held.map(({ id }) => id);
    const next = tickets.slice(MAX);
    const room = async () => {
      const id = String(next.shift());
      await place(buyer, id).expect(201);
      await place(buyer, String(next[0])).expect(400, tooMany);
    };
    await place(buyer, String(next[0])).expect(400, tooMany);
    await place(aCaller(), String(next.at(-1))).expect(201);

    await cancel(buyer, String(first));
    await room();
    await orders.follow(String(second));
    await orders.operations.authorize(String(second), { ...cause, version: 1 });
    await place(buyer, String(next[0])).expect(400, tooMany);
    await orders.operations.complete(String(second), { ...cause, version: 2 });
    await room();
    orders.skew(900_001);
    await orders.operations.expire(String(third), cause);
    await room();
    orders.skew(0);
    const { id } = await Orders.findOne({ userId: buyer.id, status: 'created' }).orFail();
    await orders.follow(String(id));
    await orders.operations.authorize(String(id), { ...cause, version: 1 });
    await orders.operations.refund(String(id), { ...cause, version: 2 });
    await room();
  });
});

describe("a buyer's time for a ticket", () => {
  test('is not renewed by holding it again, whether or not tickets has heard of it', async () => {
    for (const isHeard of [false, true]) {
      const buyer = aCaller();
      const [ticket = ''] = await listed(1);
      const { body } = await place(buyer, ticket).expect(201);
      const first = body as OrderBody;
      let last = first;
      for (let round = 1; round <= 4; round++) {
        orders.skew(round * 60_000);
        if (isHeard) await orders.follow(last.id);
        await cancel(buyer, last.id);
        expect(await againOf(buyer, last.id)).toMatchObject({ until: first.expiresAt });
        if (isHeard) await orders.follow(last.id, { status: 'available', orderId: null });
        last = (await place(buyer, ticket).expect(201)).body as OrderBody;
        expect(last.expiresAt).toBe(first.expiresAt);
      }
      orders.skew(900_001);
      await orders.operations.expire(last.id, cause);
      const until = new Date(Date.parse(first.expiresAt) - 900_000 + 3_600_000).toISOString();
      await place(buyer, ticket).expect(400, refusal('hold-again-later', undefined, { until }));
      expect(await againOf(buyer, first.id)).toEqual({ until: first.expiresAt, from: until });
      orders.skew(3_600_001);
      expect(await againOf(buyer, first.id)).toBeUndefined();
      await place(aCaller(), ticket).expect(201);
      orders.skew(0);
    }
  });

  test('is restored if the buyer did not end the hold', async () => {
    const buyer = aCaller();
    const [ticket = ''] = await listed(1);
    const first = (await place(buyer, ticket).expect(201)).body as OrderBody;
    await orders.follow(first.id, { edition: 1, price: 2_050 });
    orders.skew(60_000);
    expect(await againOf(buyer, first.id)).toBeUndefined();
    const again = (await place(buyer, ticket).expect(201)).body as OrderBody;
    expect(Date.parse(again.expiresAt)).toBeGreaterThanOrEqual(Date.parse(first.expiresAt) + 60_000);
  });

  test('is restored if the payment failed', async () => {
    const buyer = aCaller();
    const [ticket = ''] = await listed(1);
    const first = (await place(buyer, ticket).expect(201)).body as OrderBody;
    await orders.follow(first.id);
    await orders.operations.authorize(first.id, { ...cause, version: 1 });
    await orders.operations.failPayment(first.id, { ...cause, version: 2 });
    expect(await Orders.findById(first.id).lean()).toMatchObject({ status: 'cancelled', reason: 'payment-failed' });
    orders.skew(60_000);
    expect(await againOf(buyer, first.id)).toBeUndefined();
    const again = (await place(buyer, ticket).expect(201)).body as OrderBody;
    expect(Date.parse(again.expiresAt)).toBeGreaterThanOrEqual(Date.parse(first.expiresAt) + 60_000);
  });
});

describe('what the buyer saw', () => {
  test('must match what is held; otherwise the response says what changed', async () => {
    const listing = aListing({ price: 4_500, edition: 2 });
    await orders.deliver(listing);
    const { id } = listing.data;
    const changed = refusal('listing-changed', undefined, { price: 45, edition: 2 });
    for (const seen of [{ price: 20 }, { edition: 1 }, { price: '45.00', edition: 1 }])
      await place(aCaller(), id, seen).expect(409, changed);
    const { body } = await place(aCaller(), id, { price: '45', edition: 2 }).expect(201);
    expect((body as OrderBody).ticket).toMatchObject({ price: 45, edition: 2 });
  });

  test('must be a price and an edition', async () => {
    const [id = ''] = await listed(1);
    for (const edition of [-1, 1.5, '1', {}, null])
      await place(aCaller(), id, { edition }).expect(400, refusal('edition-malformed', 'edition', undefined));
    await place(aCaller(), id, { price: 'much' }).expect(400);
    expect(await Orders.countDocuments({ 'ticket.id': id })).toBe(0);
  });
});
