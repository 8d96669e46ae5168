import mongoose from 'mongoose';
import { Outbox, type EventDetails, type Relay } from '@ticketing/common';
import { refusal, until } from '@ticketing/common/testing';
import { createOperations } from './operations';
import * as store from './store';
import { aListing, aSale, HOUR, startOrders, testPasses, testTerms } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());
afterEach(() => {
  jest.restoreAllMocks();
  orders.skew(0);
});

const DAY = 24 * HOUR;
const cause = { trace: 'test', refusable: true } as const;
const input = { reason: 'not-admitted', text: 'The gate was closed' } as const;
const load = (id: string) => store.Orders.findById(id).orFail().lean<store.StoredOrder>();
const heardLast = (id: string, subject: string) => until(() => orders.heardOf(id).at(-1) === subject);
const ends = (id: string) =>
  orders.heardOf(id).filter((subject) => ['order:claimed', 'order:released', 'order:refunded'].includes(subject));

/** A sale that is due by the service's clock. */
async function aDueSale(details: Partial<EventDetails> = {}) {
  const sale = await aSale(orders, details);
  orders.skew(15 * DAY);
  return sale;
}

/** Runs something right after the next time an order is loaded. */
function afterLoading(meanwhile: () => Promise<unknown>) {
  const find = store.Orders.findById.bind(store.Orders);
  jest.spyOn(store.Orders, 'findById').mockImplementationOnce(((id: string) =>
    find(id).then(async (order) => {
      await meanwhile();
      return order;
    })) as never);
}

/** Runs something each time a sweep is about to write what it has found. */
function beforeWriting(meanwhile: () => Promise<unknown>) {
  const { collection } = store.Orders;
  const bulkWrite = collection.bulkWrite.bind(collection);
  jest.spyOn(collection, 'bulkWrite').mockImplementation((async (writes: object[], options: object) => {
    if (JSON.stringify(writes).includes('dueAt')) await meanwhile();
    return bulkWrite(writes as never, options);
  }) as never);
}

describe('of a concurrent claim and release the one written first wins', () => {
  test('the release', async () => {
    const { id, buyer } = await aDueSale();
    afterLoading(() => orders.operations.reviewSales());
    await expect(orders.operations.claim(id, buyer, input, cause)).rejects.toMatchObject({ code: 'order-released' });
    expect(await load(id)).not.toHaveProperty('claim');
    await heardLast(id, 'order:released');
    expect(ends(id)).toEqual(['order:released']);
  });

  test('the claim', async () => {
    const { id, buyer } = await aDueSale();
    beforeWriting(() => orders.operations.claim(id, buyer, input, cause));
    await orders.operations.reviewSales();
    await orders.operations.reviewSales();
    expect(await load(id)).not.toHaveProperty('releasedAt');
    await heardLast(id, 'order:claimed');
    expect(ends(id)).toEqual(['order:claimed']);
  });

  test('likewise of a concurrent refund and release', async () => {
    const one = await aDueSale();
    afterLoading(() => orders.operations.reviewSales());
    const late = orders.operations.giveBack(one.id, one.seller, cause);
    await expect(late).rejects.toMatchObject({ code: 'order-released' });
    orders.skew(0);
    const other = await aDueSale();
    beforeWriting(() => orders.operations.giveBack(other.id, other.seller, cause));
    await orders.operations.reviewSales();
    expect(await load(other.id)).toMatchObject({ status: 'refunded', reason: 'seller' });
    expect(await load(other.id)).not.toHaveProperty('releasedAt');
  });

  test('likewise of a concurrent answer and its deadline', async () => {
    const { id, buyer, seller } = await aSale(orders, {});
    await orders.operations.claim(id, buyer, input, cause);
    orders.skew(73 * HOUR);
    beforeWriting(async () => {
      orders.skew(71 * HOUR);
      await orders.operations.answerClaim(id, seller, { text: 'It was open' }, cause);
    });
    await orders.operations.reviewSales();
    expect(await load(id)).toMatchObject({ status: 'complete', claim: { status: 'answered' } });
  });
});

describe('of two who act at once, the one written first wins', () => {
  const ruling = { decision: 'pay', why: 'Seen the photo', by: 'eve' } as const;

  test('of many different claims one is made', async () => {
    const { id, buyer } = await aSale(orders, {});
    const claims = Array.from({ length: 8 }, (_, at) =>
      orders.operations.claim(id, buyer, { ...input, text: `Claim ${at}` }, cause),
    );
    const results = await Promise.allSettled(claims);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => (reason as { code: string }).code)).toEqual(Array(7).fill('claim-exists'));
    await heardLast(id, 'order:claimed');
    expect(ends(id)).toEqual(['order:claimed']);
  });

  test('a decision before an answer, which is then too late', async () => {
    const { id, buyer, seller } = await aSale(orders, {});
    await orders.operations.claim(id, buyer, input, cause);
    afterLoading(() => orders.operations.decide(id, ruling, cause));
    const late = orders.operations.answerClaim(id, seller, { text: 'It was open' }, cause);
    await expect(late).rejects.toMatchObject({ code: 'claim-closed' });
    expect((await load(id)).claim).toMatchObject({ status: 'pay', answer: null });
  });

  test('an answer before a decision, which preserves it', async () => {
    const { id, buyer, seller } = await aSale(orders, {});
    await orders.operations.claim(id, buyer, input, cause);
    afterLoading(() => orders.operations.answerClaim(id, seller, { text: 'It was open' }, cause));
    await orders.operations.decide(id, ruling, cause);
    expect((await load(id)).claim).toMatchObject({ status: 'pay', answer: 'It was open' });
  });

  test('a refund before a claim, which is then too late', async () => {
    const { id, buyer, seller } = await aSale(orders, {});
    afterLoading(() => orders.operations.giveBack(id, seller, cause));
    const late = orders.operations.claim(id, buyer, input, cause);
    await expect(late).rejects.toMatchObject({ code: 'order-refunded' });
    expect(await load(id)).toMatchObject({ status: 'refunded', reason: 'seller' });
    expect(await load(id)).not.toHaveProperty('claim');
  });

  test('a claim before a refund, which settles it', async () => {
    const { id, buyer, seller } = await aSale(orders, {});
    afterLoading(() => orders.operations.claim(id, buyer, input, cause));
    await orders.operations.giveBack(id, seller, cause);
    expect(await load(id)).toMatchObject({ status: 'refunded', reason: 'seller', claim: { status: 'refund' } });
    await heardLast(id, 'order:refunded');
    expect(ends(id)).toEqual(['order:claimed', 'order:refunded']);
  });
});

test('two replicas sweeping at once release each sale exactly once', async () => {
  const sales = await Promise.all(Array.from({ length: 12 }, () => aSale(orders, {})));
  orders.skew(15 * DAY);
  let ready = 0;
  beforeWriting(async () => {
    ready++;
    await until(() => ready === 2);
  });
  await Promise.all([orders.operations.reviewSales(), orders.operations.reviewSales()]);
  for (const { id } of sales) {
    await heardLast(id, 'order:released');
    expect(ends(id)).toEqual(['order:released']);
  }
});

test('a release whose writer dies before publishing is published by another replica', async () => {
  const { id } = await aDueSale();
  const dead = new Outbox({ publish: () => undefined } as unknown as Relay);
  const now = () => new Date(Date.now() + 15 * DAY);
  await createOperations(dead, testTerms, testPasses, now).reviewSales();
  const { releasedAt, outbox } = await load(id);
  expect(releasedAt).toBeInstanceOf(Date);
  expect(outbox.at(-1)?.subject).toBe('order:released');
  await heardLast(id, 'order:released');
  await until(async () => (await load(id)).outbox.length === 0);
});

test('repeating a decision changes nothing, in any process', async () => {
  const { id, buyer } = await aSale(orders, {});
  await orders.operations.claim(id, buyer, input, cause);
  const ruling = { decision: 'refund', why: 'Seen the photo', by: 'eve' } as const;
  afterLoading(() => orders.operations.decide(id, ruling, cause));
  expect(await orders.operations.decide(id, { ...ruling, by: 'adam' }, cause)).toBeUndefined();
  expect((await load(id)).history).toMatchObject([ruling]);
  await expect(orders.operations.decide(id, { ...ruling, decision: 'pay' }, cause)).rejects.toMatchObject({
    code: refusal('claim-closed').errors[0]?.code,
  });
});

describe('what a sale costs', () => {
  const keysOf = async () => {
    const { keysPerIndex } = await mongoose.connection.db!.command({ validate: 'orders' });
    return keysPerIndex as Record<string, number>;
  };
  const allSent = () =>
    until(async () => (await store.Orders.countDocuments({ 'outbox.0': mongoose.trusted({ $exists: true }) })) === 0);
  const added = (before: Record<string, number>, after: Record<string, number>) =>
    Object.keys(after).filter((index) => after[index] !== before[index]);

  test('a hold has no entry in the sales indexes', async () => {
    const listing = aListing();
    await orders.deliver(listing);
    await allSent();
    const before = await keysOf();
    await orders.operations.place({ buyer: '0'.repeat(24), ticketId: listing.data.id, network: 'test' }, cause);
    await allSent();
    expect(added(before, await keysOf()).sort()).toEqual(
      ['_id_', 'checkAt_1', 'expiresAt_1', 'slot', 'ticket.id_1_seq_-1', 'userId_1__id_-1'].sort(),
    );
    const sold = await keysOf();
    await aSale(orders, {});
    expect(added(sold, await keysOf())).toEqual(expect.arrayContaining(['dueAt_1', 'ticket.userId_1__id_-1']));
  });

  test('a settled sale leaves the index of due ones', async () => {
    const { id } = await aDueSale();
    await orders.operations.reviewSales();
    expect((await load(id)).releasedAt).toBeInstanceOf(Date);
    const count = await store.Orders.countDocuments({ dueAt: mongoose.trusted({ $type: 'date' }) });
    expect((await keysOf()).dueAt_1).toBe(count);
  });

  test('due sales and pages of sales are read from their indexes only', async () => {
    const { seller } = await aDueSale();
    const { db } = mongoose.connection;
    await db?.command({ profile: 2 });
    await store.findDueSales(new Date());
    await orders.operations.listSales(seller, { limit: 50 });
    const profile = db?.collection('system.profile');
    const read = () => profile?.find({ ns: `${db?.databaseName}.orders`, op: 'query' }).toArray();
    await until(async () => ((await read())?.length ?? 0) >= 2);
    await db?.command({ profile: 0 });
    const plans = (await read()) ?? [];
    const used = plans.map(({ planSummary, hasSortStage }) => `${String(planSummary)} ${hasSortStage ? 'sorted' : ''}`);
    expect(used).toEqual(expect.arrayContaining(['IXSCAN { dueAt: 1 } ', 'IXSCAN { ticket.userId: 1, _id: -1 } ']));
  });
});
