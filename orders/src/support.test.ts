import { Audit, readAudit, type OrderQueueBody, type SupportOrderBody } from '@ticketing/common';
import { cookieOf, deskCookieOf, newId, refusal, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Orders } from './store';
import { aCaller, aListing, aSale, HOUR, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => (orders = await startOrders()));
afterEach(() => orders.skew(0));
afterAll(() => orders.stop());

const [ada, bob] = [aCaller(), aCaller()];
const cause = { trace: 'test' };
/** Above the limit of the tests' terms (200.00, and 2,000.00 a day). */
const DEAR = 20_001;

const get = (path: string, person = ada) =>
  request(orders.app).get(`/api/orders/support/${path}`).set('Cookie', deskCookieOf(person.id));
const post = (path: string, body: object, person = ada) =>
  request(orders.app).post(`/api/orders/support/orders/${path}`).set('Cookie', deskCookieOf(person.id)).send(body);
const reason = 'The gate was closed';

async function aDearSale() {
  const [seller, buyer] = [newId(), newId()];
  const listing = aListing({ userId: seller, price: DEAR });
  await orders.deliver(listing);
  const { id } = await orders.operations.place({ buyer, ticketId: listing.data.id, network: 'test' }, cause);
  await orders.follow(id);
  await orders.operations.authorize(id, { ...cause, version: 1 });
  await orders.operations.complete(id, { ...cause, version: 2 });
  await orders.follow(id, { status: 'sold' });
  return { id, buyer, seller };
}
const claimed = async <T extends { id: string; buyer: string }>(sale: T): Promise<T> => {
  await orders.operations.claim(sale.id, sale.buyer, { reason: 'not-admitted', text: 'Closed' }, cause);
  return sale;
};
/** A sale at the highest price that one person may decide about; ten of them are the daily maximum. */
async function aSaleAtLimit() {
  const sale = await aDearSale();
  await Orders.updateOne({ _id: sale.id }, { $set: { 'ticket.price': DEAR - 1 } });
  return sale;
}
const historyOf = async (id: string) => (await Orders.findById(id).lean())?.history ?? [];
const actionsOf = async (target: string) =>
  (await readAudit(50, { target })).map(({ action, refusal }) => [action, refusal]).reverse();

describe('is for the support desk alone', () => {
  const id = newId();
  test.each(['find?q=x', 'queue', `orders/${id}`, `orders/${id}/story`])('GET %s', async (path) => {
    const url = `/api/orders/support/${path}`;
    await request(orders.app).get(url).expect(401, refusal('sign-in-first'));
    await request(orders.app).get(url).set('Cookie', cookieOf(ada)).expect(403, refusal('support-only'));
  });

  test.each(['decide', 'refund', 'refund/withdraw'])('POST %s', async (action) => {
    const { id } = await aSale(orders, {});
    const url = `/api/orders/support/orders/${id}/${action}`;
    const body = { decision: 'refund', reason };
    await request(orders.app).post(url).send(body).expect(401);
    await request(orders.app).post(url).set('Cookie', cookieOf(ada)).send(body).expect(403);
    expect(await Audit.countDocuments({ target: id })).toBe(0);
    await post(`${id}/${action}`, { decision: 'refund', reason: ' ' }).expect(400);
  });
});

test('an order shows both parties and what they wrote', async () => {
  const { id, buyer, seller } = await claimed(await aSale(orders, {}));
  const { body } = await get(`orders/${id}`).expect(200);
  expect(body).toMatchObject({ id, userId: buyer, sellerId: seller, seq: 1, proposal: null, decisions: [] });
  expect((body as SupportOrderBody).claim).toMatchObject({ text: 'Closed' });
  await get(`orders/${newId()}`).expect(404, refusal('order-not-found'));
});

describe('finds', () => {
  const place = { venue: 'Grande Halle', city: 'Paris', section: 'Block A', row: '7', seat: '12' };
  const found = async (q: string) => {
    const { body } = await get(`find?${new URLSearchParams({ q }).toString()}`).expect(200);
    return (body as SupportOrderBody[]).map(({ id }) => id);
  };

  test('by the id of the order, its listing, its buyer or its seller', async () => {
    const { id, buyer, seller } = await aSale(orders, {});
    const ticketId = (await Orders.findById(id).orFail().lean()).ticket.id;
    for (const q of [id, id.toUpperCase(), ticketId, buyer, seller]) expect(await found(q)).toEqual([id]);
    expect(await found(newId())).toEqual([]);
  });

  test('by its seat, whatever the case and accents', async () => {
    const { id } = await aSale(orders, place);
    await aSale(orders, { ...place, seat: '13' });
    await aSale(orders, { ...place, city: 'Lyon', section: 'A' });
    expect(await found('grande halle, block a, 7, 12')).toEqual([id]);
    expect(await found('Grände Halle, PARIS, Block A, 7, 12')).toEqual([id]);
    expect(await found('Grande Halle, Lyon, Block A, 7, 12')).toEqual([]);
    expect(await found('Grande Halle A 7 12')).toHaveLength(1);
    expect(await found('Grande Halle / A 7 12')).toHaveLength(1);
  });

  test('nothing by anything else', async () => {
    for (const q of ['', '12', 'a, b', ', , ,', 'x'.repeat(301)])
      await get(`find?${new URLSearchParams({ q }).toString()}`).expect(400, refusal('search-unclear', 'q'));
    await get('find?q=a&q=b').expect(400);
  });
});

describe('a claim', () => {
  test('is decided with a reason that is kept', async () => {
    const { id } = await claimed(await aSale(orders, {}));
    const { body } = await post(`${id}/decide`, { decision: 'refund', reason }).expect(200);
    expect(body).toMatchObject({ status: 'refunded', reason: 'claim', decisions: [{ by: ada.id, why: reason }] });
    await post(`${id}/decide`, { decision: 'refund', reason }, bob).expect(200);
    await post(`${id}/decide`, { decision: 'pay', reason }, bob).expect(400, refusal('claim-closed'));
    expect(await historyOf(id)).toHaveLength(1);
    expect(await actionsOf(id)).toEqual([
      ['decide-refund', null],
      ['decide-refund', null],
      ['decide-pay', null],
      ['decide-pay', 'claim-closed'],
    ]);
  });

  test.each(['refund', 'pay'] as const)('above the limit takes two people to decide: %s', async (decision) => {
    const { id } = await claimed(await aDearSale());
    for (const why of ['first', 'again']) {
      const { body } = await post(`${id}/decide`, { decision, reason: why }).expect(202);
      expect(body).toMatchObject({ proposal: { decision, by: ada.id, reason: 'first' }, claim: { status: 'open' } });
    }
    const { body } = await post(`${id}/decide`, { decision, reason }, bob).expect(200);
    expect(body).toMatchObject({ claim: { status: decision }, proposal: null });
    await post(`${id}/decide`, { decision, reason }).expect(200);
    expect(await historyOf(id)).toMatchObject([
      { decision, by: ada.id },
      { decision, by: bob.id },
    ]);
  });

  test('stays undecided while two people disagree: the later proposal counts', async () => {
    const { id } = await claimed(await aDearSale());
    await post(`${id}/decide`, { decision: 'refund', reason }).expect(202);
    const { body } = await post(`${id}/decide`, { decision: 'pay', reason }, bob).expect(202);
    expect(body).toMatchObject({ status: 'complete', proposal: { decision: 'pay', by: bob.id } });
    await post(`${id}/decide`, { decision: 'pay', reason }).expect(200);
    expect(await historyOf(id)).toMatchObject([{ by: bob.id }, { by: ada.id }]);
  });

  test('decided by an operator leaves no proposal', async () => {
    const { id } = await claimed(await aDearSale());
    await post(`${id}/decide`, { decision: 'pay', reason }).expect(202);
    await orders.operations.decide(id, { decision: 'pay', why: reason, by: 'eve' }, cause);
    expect((await get(`orders/${id}`)).body).toMatchObject({ claim: { status: 'pay' }, proposal: null });
  });

  test('cannot be decided by one of its parties', async () => {
    const [buyer, seller] = [aCaller(), aCaller()];
    const { id } = await claimed(await aSale(orders, {}, seller.id, buyer.id));
    for (const person of [buyer, seller]) {
      for (const decision of ['refund', 'pay'])
        await post(`${id}/decide`, { decision, reason }, person).expect(403, refusal('own-account'));
      await post(`${id}/refund`, { reason }, person).expect(403, refusal('own-account'));
      await post(`${id}/refund/withdraw`, { reason }, person).expect(403, refusal('own-account'));
    }
    expect(await Orders.findById(id).lean()).toMatchObject({ status: 'complete', claim: { status: 'open' } });
  });
});

describe('a refund', () => {
  test('needs no claim, and is recorded with who decided it', async () => {
    const { id } = await aSale(orders, {});
    const { body } = await post(`${id}/refund`, { reason }).expect(200);
    expect(body).toMatchObject({ status: 'refunded', reason: 'support' });
    await post(`${id}/refund`, { reason }, bob).expect(200);
    expect(await historyOf(id)).toMatchObject([{ decision: 'refund', why: reason, by: ada.id }]);
    await until(() => orders.heardOf(id).includes('order:refunded'));
  });

  test('is possible after the seller was paid, by two people', async () => {
    const { id } = await aSale(orders, {});
    orders.skew(15 * 24 * HOUR);
    await orders.operations.reviewSales();
    expect(await Orders.findById(id).lean()).toMatchObject({ releasedAt: expect.any(Date) as Date });
    await post(`${id}/refund`, { reason }).expect(202);
    await post(`${id}/refund`, { reason }, bob).expect(200);
  });

  test('is for complete orders only', async () => {
    const listing = aListing();
    await orders.deliver(listing);
    const { id } = await orders.operations.place({ buyer: newId(), ticketId: listing.data.id, network: 'test' }, cause);
    await post(`${id}/refund`, { reason }).expect(400, refusal('order-not-complete'));
    await post(`${newId()}/refund`, { reason }).expect(404, refusal('order-not-found'));
  });

  test('above the limit takes two people within a week', async () => {
    const { id } = await aDearSale();
    const { body } = await post(`${id}/refund`, { reason }).expect(202);
    expect(body).toMatchObject({ status: 'complete', proposal: { by: ada.id, reason } });
    await post(`${id}/refund`, { reason: 'again' }).expect(202);
    const { body: queue } = await get('queue').expect(200);
    expect((queue as OrderQueueBody).proposals.map((order) => order.id)).toContain(id);
    orders.skew(7 * 24 * HOUR);
    expect(((await get('queue').expect(200)).body as OrderQueueBody).proposals).toEqual([]);
    await post(`${id}/refund`, { reason }, bob).expect(202);
    await post(`${id}/refund`, { reason }).expect(200);
    expect((await historyOf(id)).map(({ by }: { by: string }) => by)).toEqual([bob.id, ada.id]);
  });

  test('at the limit takes one', async () => {
    const { id } = await aSaleAtLimit();
    await post(`${id}/refund`, { reason }).expect(200);
  });

  test('can be withdrawn or rejected while it is proposed', async () => {
    const { id } = await aDearSale();
    await post(`${id}/refund/withdraw`, { reason }).expect(404, refusal('proposal-not-found'));
    await post(`${id}/refund`, { reason }).expect(202);
    const { body } = await post(`${id}/refund/withdraw`, { reason: 'no' }, bob).expect(200);
    expect(body).toMatchObject({ status: 'complete', proposal: null });
    expect(await readAudit(1, { target: id })).toMatchObject([
      { action: 'withdraw-proposal', by: bob.id, reason: 'no' },
    ]);
    await post(`${id}/refund`, { reason }, bob).expect(202);
  });

  test('is proposed and done once, however many try at the same time', async () => {
    const { id } = await aDearSale();
    const people = Array.from({ length: 6 }, aCaller);
    const answers = await Promise.all(people.map((person) => post(`${id}/refund`, { reason }, person)));
    const by = (await historyOf(id)).map((ruling) => ruling.by);
    expect(by).toHaveLength(2);
    expect(new Set(by).size).toBe(2);
    expect(people.filter((_, index) => answers[index]?.status === 202).map((person) => person.id)).toEqual([by[0]]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  });

  test('gets a response about what the request itself did, whatever another did since', async () => {
    const { id } = await aDearSale();
    const save = Orders.prototype.save as () => Promise<unknown>;
    jest.spyOn(Orders.prototype, 'save').mockImplementationOnce(async function (this: unknown) {
      await save.call(this);
      await post(`${id}/refund`, { reason }, bob).expect(200);
    });
    const { body } = await post(`${id}/refund`, { reason }).expect(202);
    expect(body).toMatchObject({ status: 'complete', proposal: { by: ada.id } });
    expect(await Orders.findById(id).lean()).toMatchObject({ status: 'refunded' });
  });

  test('requested twice at once by one person stays proposed', async () => {
    const { id } = await aDearSale();
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(`${id}/refund`, { reason })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await Orders.findById(id).lean()).toMatchObject({ status: 'complete' });
  });

  test('stands even if the sale is released at the same time', async () => {
    const { id } = await aSale(orders, {});
    orders.skew(15 * 24 * HOUR);
    const [, { status }] = await Promise.all([orders.operations.reviewSales(), post(`${id}/refund`, { reason })]);
    // If it was released first, the refund takes a second person.
    if (status === 202) await post(`${id}/refund`, { reason }, bob).expect(200);
    expect(await Orders.findById(id).lean()).toMatchObject({ status: 'refunded', dueAt: null });
  });
});

describe('what one person decides alone in a day', () => {
  const sales = (count: number) => Promise.all(Array.from({ length: count }, aSaleAtLimit));

  test('has an exact maximum, however much is decided at once', async () => {
    const eve = aCaller();
    const claims = await Promise.all((await sales(4)).map(claimed));
    const [pays, refunds] = [claims, await sales(11)];
    const answers = await Promise.all([
      ...pays.map(({ id }) => post(`${id}/decide`, { decision: 'pay', reason }, eve)),
      ...refunds.map(({ id }) => post(`${id}/refund`, { reason }, eve)),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(10).fill(200),
      202,
      202,
      202,
      202,
      202,
    ]);
    const left = answers.find(({ status }) => status === 202)?.body as SupportOrderBody;
    const path = left.claim ? `${left.id}/decide` : `${left.id}/refund`;
    await post(path, { decision: 'pay', reason }, eve).expect(202);
    await post(path, { decision: 'pay', reason }, bob).expect(200);
  });

  test('counts each decision once, and starts anew the next day', async () => {
    const eve = aCaller();
    const [first, ...others] = await sales(11);
    jest.spyOn(Orders.prototype, 'save').mockRejectedValueOnce(new Error('died'));
    await post(`${first!.id}/refund`, { reason }, eve).expect(500);
    for (const { id } of [first!, ...others.slice(0, 9)]) await post(`${id}/refund`, { reason }, eve).expect(200);
    const { id } = others[9]!;
    await post(`${id}/refund`, { reason }, eve).expect(202);
    orders.skew(24 * HOUR);
    await post(`${id}/refund`, { reason }, eve).expect(200);
  });

  test('excludes what two agree on', async () => {
    const eve = aCaller();
    const dear = await Promise.all(Array.from({ length: 2 }, aDearSale));
    for (const { id } of dear) {
      await post(`${id}/refund`, { reason }).expect(202);
      await post(`${id}/refund`, { reason }, eve).expect(200);
    }
    for (const { id } of await sales(10)) await post(`${id}/refund`, { reason }, eve).expect(200);
  });
});

test('the queue has undecided claims, oldest first', async () => {
  const [one, other] = [await claimed(await aSale(orders, {})), await claimed(await aSale(orders, {}))];
  const { body } = await get('queue').expect(200);
  const { claims, deadLetters } = body as OrderQueueBody;
  const ids = claims.map(({ id }) => id);
  expect(ids.slice(-2)).toEqual([one.id, other.id]);
  expect(claims.at(-1)?.claim).toMatchObject({ text: null });
  expect(deadLetters).toBe(0);
  await post(`${one.id}/decide`, { decision: 'pay', reason }).expect(200);
  expect(((await get('queue')).body as OrderQueueBody).claims.map(({ id }) => id)).not.toContain(one.id);
});

test('actions are in the audit log, with who took them', async () => {
  const { id } = await aSale(orders, {});
  await post(`${id}/refund`, { reason }).expect(200);
  expect(await readAudit(5, { target: id })).toMatchObject([{ action: 'refund', by: ada.id, reason, refusal: null }]);
});
