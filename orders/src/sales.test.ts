import request from 'supertest';
import type { EventDetails, OrderBody, OrderData, PaymentData, SaleBody, TicketData } from '@ticketing/common';
import { anEvent, aPayment, cookieOf, newId, refusal, until } from '@ticketing/common/testing';
import { snapshot } from './bodies';
import * as store from './store';
import { aCaller, aListing, aSale, HOUR, startOrders } from './testing';

const DAY = 24 * HOUR;
let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());
afterEach(() => orders.skew(0));

const cause = { trace: 'test' };
const http = () => request(orders.app);
const as = (id: string) => cookieOf({ id, email: 'someone@example.com' });
const claimOf = { reason: 'not-admitted', text: 'The gate was closed.\nNobody came.' } as const;
const claim = (id: string, caller: string, body: object = claimOf) =>
  http().post(`/api/orders/${id}/claim`).set('Cookie', as(caller)).send(body);
const answer = (id: string, caller: string, text: unknown = 'It was open') =>
  http().post(`/api/orders/${id}/claim/answer`).set('Cookie', as(caller)).send({ text });
const giveBack = (id: string, caller: string) => http().post(`/api/orders/${id}/refund`).set('Cookie', as(caller));
const salesOf = (caller: string, query = '') => http().get(`/api/orders/sales${query}`).set('Cookie', as(caller));
const show = async (id: string, buyer: string) =>
  (await http().get(`/api/orders/${id}`).set('Cookie', as(buyer)).expect(200)).body as OrderBody;
const load = (id: string) => store.Orders.findById(id).orFail().lean<store.StoredOrder>();
const soon = () => ({ startsAt: new Date(Date.now() + 2 * DAY).toISOString(), timeZone: 'Europe/Berlin' });
const sale = (details: Partial<EventDetails> = soon()) => aSale(orders, details);
/** Lets time pass until the sale of a ticket whose event starts `soon` is due, and reviews it. */
const review = async (milliseconds = 3 * DAY) => {
  orders.skew(milliseconds + 60_000);
  await orders.operations.reviewSales();
};

test('completing an order sets its times, and it is released when due', async () => {
  const { id, buyer } = await sale();
  const before = await show(id, buyer);
  expect(before).toMatchObject({ status: 'complete', releasedAt: null, claim: null });
  expect(Date.parse(String(before.releaseAt))).toBe(Date.parse(String(before.ticket.startsAt)) + DAY);
  await orders.operations.reviewSales();
  expect((await load(id)).version).toBe(before.version);
  await review();
  const after = await show(id, buyer);
  expect(after).toEqual({ ...before, releasedAt: expect.any(String) as string, version: before.version + 1 });
  await until(() => orders.heardOf(id).includes('order:released'));
  expect(orders.lastOf<OrderData>(id)).toMatchObject({ status: 'complete', releasedAt: after.releasedAt });
  await review();
  expect((await load(id)).version).toBe(after.version);
});

test('a buyer claims, the seller answers, a person decides for the seller, and the sale is released', async () => {
  const { id, buyer, seller } = await sale();
  const { body: claimed } = await claim(id, buyer).expect(200);
  expect(claimed).toMatchObject({ status: 'complete', claim: { ...claimOf, status: 'open', answer: null } });
  await claim(id, buyer).expect(200, claimed);
  await review(2 * DAY);
  const { body: answered } = await answer(id, seller).expect(200);
  expect(answered).toMatchObject({ id, claim: { ...claimOf, status: 'answered', answer: 'It was open' } });
  await answer(id, seller).expect(200, answered);
  await review(30 * DAY);
  expect((await load(id)).releasedAt).toBeUndefined();
  await orders.operations.decide(id, { decision: 'pay', why: 'He was late', by: 'eve' }, cause);
  await review(30 * DAY);
  await until(() => orders.heardOf(id).includes('order:released'));
  expect(orders.heardOf(id).slice(2)).toEqual([
    'order:completed',
    'order:claimed',
    'order:claimed',
    'order:claimed',
    'order:released',
  ]);
  expect(await load(id)).toMatchObject({
    history: [{ decision: 'pay', why: 'He was late', by: 'eve', at: expect.any(Date) as Date }],
  });
  const told = JSON.stringify(orders.lastOf(id));
  for (const text of ['gate', 'It was open', 'He was late']) expect(told).not.toContain(text);
});

test('a claim not answered in time is decided for the buyer', async () => {
  const { id, buyer, seller } = await sale();
  const { body } = await claim(id, buyer).expect(200);
  const { answerBy } = (body as OrderBody).claim!;
  orders.skew(Date.parse(answerBy) - Date.now() + 1);
  await answer(id, seller, 'Too late').expect(400, refusal('claim-closed'));
  await orders.operations.reviewSales();
  expect(await show(id, buyer)).toMatchObject({ status: 'refunded', reason: 'claim', claim: { status: 'refund' } });
  await until(() => orders.heardOf(id).includes('order:refunded'));
  expect(orders.lastOf<OrderData>(id)).toMatchObject({ reason: 'claim', claim: { status: 'refund' } });
});

test('its seller may refund it once, and not after the release', async () => {
  const { id, buyer, seller } = await sale();
  await claim(id, buyer).expect(200);
  const { body } = await giveBack(id, seller).expect(200);
  expect(body).toMatchObject({ id, status: 'refunded', reason: 'seller', claim: { status: 'refund' } });
  await giveBack(id, seller).expect(200, body);
  await claim(id, buyer, { ...claimOf, text: 'More' }).expect(400, refusal('claim-exists'));
  expect(await show(id, buyer)).not.toHaveProperty('pass');
  const released = await sale();
  await review();
  await giveBack(released.id, released.seller).expect(400, refusal('order-released'));
  await claim(released.id, released.buyer).expect(400, refusal('order-released'));
});

describe('refusals', () => {
  test('an incomplete order can be neither claimed nor refunded', async () => {
    const listing = aListing();
    await orders.deliver(listing);
    const buyer = newId();
    const { id } = await orders.operations.place({ buyer, ticketId: listing.data.id, network: 'test' }, cause);
    await claim(id, buyer).expect(400, refusal('order-not-complete'));
    await giveBack(id, listing.data.userId).expect(400, refusal('order-not-complete'));
    await answer(id, listing.data.userId).expect(404, refusal('claim-not-found'));
  });

  test('only the buyer claims; only the seller answers and refunds', async () => {
    const { id, buyer, seller } = await sale();
    const notYours = refusal('order-not-yours');
    for (const other of [seller, aCaller().id]) await claim(id, other).expect(401, notYours);
    await claim(id, buyer).expect(200);
    for (const other of [buyer, aCaller().id]) {
      await answer(id, other).expect(401, notYours);
      await giveBack(id, other).expect(401, notYours);
    }
    expect((await load(id)).claim).toMatchObject({ status: 'open' });
  });

  test('an unknown order, an invalid id, no session', async () => {
    for (const call of [claim, answer, giveBack]) {
      await call(newId(), newId()).expect(404, refusal('order-not-found'));
      await call('abc', newId()).expect(400, refusal('id-malformed', 'id', { field: 'id' }));
    }
    for (const path of ['claim', 'claim/answer', 'refund'])
      await http().post(`/api/orders/${newId()}/${path}`).send({}).expect(401, refusal('sign-in-first'));
    await http().get('/api/orders/sales').expect(401, refusal('sign-in-first'));
  });

  test.each([
    ['empty', {}, 'option-unknown', 'reason'],
    ['with an unknown reason', { reason: 'other', text: 'x' }, 'option-unknown', 'reason'],
    ['with an operator', { reason: { $gt: '' }, text: 'x' }, 'option-unknown', 'reason'],
    ['without a text', { reason: 'not-admitted' }, 'text-length', 'text'],
    ['with an invisible text', { reason: 'not-admitted', text: ' \n ' }, 'text-length', 'text'],
    ['too long', { reason: 'not-admitted', text: 'x'.repeat(2_001) }, 'text-length', 'text'],
    ['with a text that cannot be displayed', { reason: 'not-admitted', text: 'a\u202eb' }, 'text-characters', 'text'],
    ['with a list as text', { reason: 'not-admitted', text: ['x'] }, 'text-length', 'text'],
  ])('a claim %s', async (_what, body, code, field) => {
    const { id, buyer } = await sale();
    const answered = await claim(id, buyer, body).expect(400);
    expect((answered.body as { errors: object[] }).errors[0]).toMatchObject({ code, field });
    expect((await load(id)).claim).toBeUndefined();
    await claim(id, buyer, { ...claimOf, text: 'x'.repeat(2_000) }).expect(200);
  });
});

describe('news from tickets and payments', () => {
  const told = (id: string, changes: Partial<TicketData>) => orders.follow(id, { status: 'sold', ...changes });
  const now = () => new Date().toISOString();

  test('a missed delivery refunds the order, whether reported twice or found after a crash', async () => {
    const { id, buyer } = await sale({ ...soon(), delivery: 'later' });
    await told(id, { missedAt: now() });
    expect(await show(id, buyer)).toMatchObject({ status: 'refunded', reason: 'not-delivered' });
    const { version } = await load(id);
    await told(id, { missedAt: now() });
    expect((await load(id)).version).toBe(version);

    const other = await sale({ ...soon(), delivery: 'later' });
    const { ticket } = await load(other.id);
    await store.Tickets.updateOne({ _id: ticket.id }, { $set: { missedAt: now() } });
    await review(2 * HOUR);
    expect(await show(other.id, other.buyer)).toMatchObject({ status: 'refunded', reason: 'not-delivered' });
  });

  test("a promise without news for a day is queried: tickets' event may be lost", async () => {
    const { id } = await sale({ ...soon(), delivery: 'later' });
    await until(async () => (await load(id)).outbox.length === 0);
    await review(23 * HOUR);
    await review(25 * HOUR);
    await until(() => orders.heardOf(id).length === 4);
    expect(orders.heardOf(id).slice(2)).toEqual(['order:completed', 'order:completed']);
    await until(async () => (await load(id)).outbox.length === 0);
    expect((await load(id)).releasedAt).toBeUndefined();
  });

  test('while NATS is down such queries do not add up', async () => {
    const { id } = await sale({ ...soon(), delivery: 'later' });
    await until(async () => (await load(id)).outbox.length === 0);
    await store.Orders.updateOne({ _id: id }, { $push: { outbox: { id: 'an event that is not sent yet' } } });
    await review(25 * HOUR);
    expect((await load(id)).outbox).toHaveLength(1);
    expect((await load(id)).dueAt?.getTime()).toBeGreaterThan(Date.now() + 25 * HOUR);
    // What is news is told all the same.
    const { ticket, seq } = await load(id);
    await store.Tickets.updateOne({ _id: ticket.id }, { $set: { seq, missedAt: now() } });
    await review(27 * HOUR);
    expect((await load(id)).status).toBe('refunded');
    await until(() => orders.heardOf(id).at(-1) === 'order:refunded');
  });

  test('events that NATS lost are made up for by republishing', async () => {
    const [claimed, released, missed] = [await sale(), await sale(), await sale({ ...soon(), delivery: 'later' })];
    await claim(claimed.id, claimed.buyer).expect(200);
    const told = async (id: string) => snapshot(await load(id)).map(({ subject }) => subject);
    expect(await told(claimed.id)).toEqual(['order:completed', 'order:claimed']);
    await review();
    expect(await told(released.id)).toEqual(['order:completed', 'order:released']);
    const { ticket, seq } = await load(missed.id);
    const { version } = await store.Tickets.findById(ticket.id).orFail().lean<store.StoredTicket>();
    const news = aListing({ ...ticket, status: 'sold', orderId: missed.id, seq, missedAt: now() }, version);
    await orders.deliver({ ...news, republished: true });
    expect(await load(missed.id)).toMatchObject({ status: 'refunded', reason: 'not-delivered' });
  });

  test('a sale waits for its promised delivery, checked hourly, and is released once it is there', async () => {
    const { id } = await sale({ ...soon(), delivery: 'later' });
    await review();
    const { dueAt, releasedAt, version } = await load(id);
    expect(releasedAt).toBeUndefined();
    expect(dueAt?.getTime()).toBeGreaterThan(Date.now() + 3 * DAY);
    await review();
    expect((await load(id)).version).toBe(version);
    await told(id, { deliveredAt: now() });
    await orders.operations.reviewSales();
    expect((await load(id)).releasedAt).toBeInstanceOf(Date);
  });

  test('without a date, its release moves to a week after the first read', async () => {
    const { id } = await sale({ delivery: 'now' });
    const readAt = now();
    await told(id, { deliveredAt: readAt, readAt });
    expect((await load(id)).releaseAt).toEqual(new Date(Date.parse(readAt) + 7 * DAY));
    await review(7 * DAY);
    await until(() => orders.heardOf(id).includes('order:released'));
    expect(orders.heardOf(id).slice(2)).toEqual(['order:completed', 'order:completed', 'order:released']);
  });

  test('a refund made elsewhere records its cause; late and repeated events change nothing', async () => {
    const { id, buyer } = await sale();
    const refunded = (data: Partial<PaymentData>, version: number) =>
      anEvent('payment:refunded', version, { ...aPayment(id), ...data });
    await review();
    await orders.deliver(refunded({ cause: 'dispute' }, 9));
    const after = await show(id, buyer);
    expect(after).toMatchObject({ status: 'refunded', reason: 'dispute', releasedAt: expect.any(String) as string });
    await orders.deliver(refunded({ cause: 'dashboard' }, 8), refunded({ cause: 'dispute' }, 9));
    await orders.deliver(anEvent('payment:created', 7, aPayment(id)));
    expect(await show(id, buyer)).toEqual(after);
  });
});

test('a seller pages through their sales, newest first, and never sees the buyers', async () => {
  const seller = newId();
  const listed: SaleBody[] = [];
  const buyers: string[] = [];
  for (let count = 0; count < 3; count++) {
    const { id, buyer } = await aSale(orders, { ...soon() }, seller);
    buyers.push(buyer);
    if (count === 1) await claim(id, buyer).expect(200);
    if (count === 2) await giveBack(id, seller).expect(200);
    const { userId, expiresAt, pass, ...shown } = await show(id, buyer);
    expect([userId, typeof expiresAt, pass === undefined]).toEqual([buyer, 'string', count === 2]);
    listed.unshift(shown);
  }
  const held = aListing({ userId: seller });
  await orders.deliver(held);
  await orders.operations.place({ buyer: newId(), ticketId: held.data.id, network: 'test' }, cause);

  const all = await salesOf(seller).expect(200, listed);
  for (const buyer of buyers) expect(all.text).not.toContain(buyer);
  const first = await salesOf(seller, '?limit=2').expect(200, listed.slice(0, 2));
  const [, next = ''] = /^<\/api\/orders\/sales(\?.*)>; rel="next"$/.exec(String(first.headers.link)) ?? [];
  await salesOf(seller, next).expect(200, listed.slice(2));
  await salesOf(newId()).expect(200, []);
  await salesOf(seller, '?limit=0').expect(400, refusal('limit-out-of-range', 'limit', { max: 100 }));
});

test('claim texts are in the order itself, not in lists', async () => {
  const { id, buyer } = await sale();
  await claim(id, buyer).expect(200);
  const { body } = await http().get('/api/orders').set('Cookie', as(buyer)).expect(200);
  expect(body).toMatchObject([{ id, claim: { reason: 'not-admitted', status: 'open', text: null, answer: null } }]);
});

test('a sale that cannot be written does not block the release or republication of others', async () => {
  const [broken, next] = [await sale(), await sale()];
  const badly = { 'ticket.price': -1, dueAt: new Date(0), checkAt: new Date(0) };
  await store.Orders.collection.updateOne({ _id: store.newId(broken.id) }, { $set: badly });
  orders.skew(3 * DAY + 60_000);
  await expect(orders.operations.reviewSales()).rejects.toThrow(broken.id);
  expect((await load(next.id)).releasedAt).toBeInstanceOf(Date);
  await until(() => orders.heardOf(next.id).includes('order:released'));
  await orders.operations.reviewSales();
  expect((await load(broken.id)).dueAt?.getTime()).toBeGreaterThan(Date.now() + 3 * DAY);
  await orders.operations.refund(next.id, { trace: 'test', version: 9 });
  await until(async () => (await load(next.id)).outbox.length === 0);
  const { version } = await load(next.id);
  await store.Orders.updateOne({ _id: next.id }, { checkAt: new Date(0), isReturned: false });
  await store.Orders.updateOne({ _id: broken.id }, { checkAt: new Date(0), seq: 2 });
  await expect(orders.lookAgain()).rejects.toThrow(broken.id);
  expect((await load(next.id)).version).toBe(version + 1);
});

test("an order's events contain the proof of delivery: that it was read, and that its pass was used", async () => {
  const { id, buyer } = await sale({ ...soon(), delivery: 'now' });
  const readAt = new Date().toISOString();
  await orders.follow(id, { status: 'sold', deliveredAt: readAt, readAt });
  await until(() => orders.lastOf<OrderData>(id)?.readAt === readAt);
  const { version } = await load(id);
  await orders.follow(id, { status: 'sold', deliveredAt: readAt, readAt });
  expect((await load(id)).version).toBe(version);
  const { pass = '' } = await show(id, buyer);
  await http().post(`/api/orders/passes/${pass}/use`).expect(200);
  await until(() => orders.lastOf<OrderData>(id)?.usedAt);
  expect(orders.lastOf<OrderData>(id)).toMatchObject({ readAt, status: 'complete' });
});

test('a refund is republished until payments has returned the money and tickets has closed the delivery', async () => {
  const { id, seller } = await sale();
  await giveBack(id, seller).expect(200);
  const refunds = () => orders.heardOf(id).filter((subject) => subject === 'order:refunded').length;
  const again = async () => {
    await until(async () => (await load(id)).outbox.length === 0);
    await store.Orders.updateOne({ _id: id }, { checkAt: new Date(0) });
    await orders.lookAgain();
  };
  await again();
  await until(() => refunds() === 2);
  await orders.deliver(anEvent('payment:refunded', 9, aPayment(id)));
  await until(async () => (await load(id)).isReturned);
  await again();
  await until(() => refunds() === 3);
  await orders.follow(id, { status: 'sold', isRefunded: true });
  await again();
  expect(await load(id)).not.toHaveProperty('checkAt');
  expect((await load(id)).status).toBe('refunded');
});
