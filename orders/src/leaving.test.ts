import { Leavers, type ExportBody, type LeaverData, type OrderBody, type TicketData } from '@ticketing/common';
import { trusted } from 'mongoose';
import {
  aLeaver,
  anEvent,
  cookieOf,
  earOfLeavers,
  leaversCookieOf,
  newId,
  refusal,
  unexported,
  until,
} from '@ticketing/common/testing';
import request from 'supertest';
import { held, unnamed } from './exports';
import { Orders, type StoredOrder } from './store';
import { aCaller, aListing, aSale, HOUR, startOrders } from './testing';

const MINUTE = 60_000;
let orders: Awaited<ReturnType<typeof startOrders>>;
let settled: LeaverData[];
let late = 0;
beforeAll(async () => {
  orders = await startOrders();
  settled = await earOfLeavers(orders.nats, 'user:settled');
});
afterAll(() => orders.stop());

const later = (ms: number) => orders.skew((late += ms));
const cause = { trace: 'test' };
const find = (id: string) => Orders.findById(id).orFail().lean<StoredOrder>();
/** Tickets is done with them. */
const leave = (id: string) => orders.deliver(anEvent('user:delisted', 1, aLeaver(id)));
/** Which of these are still to be checked. */
const openOf = async (ids: string[]) => {
  const found = await Leavers.find({ _id: trusted({ $in: ids }), checkAt: trusted({ $ne: null }) }).lean();
  return ids.filter((id) => found.some(({ _id }) => _id.toString() === id));
};
/** Checks leavers when due; returns which of these were published as settled. */
async function settledOf(...ids: string[]) {
  const [asked, before] = [await openOf(ids), settled.length];
  later(MINUTE + 1_000);
  await orders.operations.checkLeavers();
  const open = await openOf(ids);
  const told = asked.filter((id) => !open.includes(id));
  await until(() => told.every((id) => settled.slice(before).some((one) => one.id === id)));
  return told;
}
/** Releases a sale by letting time pass. */
async function release(id: string) {
  await until(async () => {
    later(24 * HOUR);
    await orders.operations.reviewSales();
    return (await find(id)).releasedAt;
  });
}
const soon = () => new Date(Date.now() + late + HOUR).toISOString();

test('with nothing open, a leaver is settled as soon as nothing new can start, once per request', async () => {
  const leaver = aLeaver();
  await orders.deliver(anEvent('user:delisted', 1, leaver), anEvent('user:delisted', 1, leaver));
  await orders.operations.checkLeavers();
  expect(settled).toEqual([]);
  expect(await settledOf(leaver.id)).toEqual([leaver.id]);
  expect(settled).toContainEqual(leaver);
  expect(await settledOf(leaver.id)).toEqual([]);
  await leave(leaver.id);
  expect(await settledOf(leaver.id)).toEqual([leaver.id]);
});

test('a hold, a purchase and a sale each have to end first, and are shown', async () => {
  const [buyer, seller] = [newId(), newId()];
  const sale = await aSale(orders, { startsAt: soon(), timeZone: 'Europe/Berlin' }, seller, buyer);
  const listing = aListing();
  await orders.deliver(listing);
  const { id: hold } = await orders.operations.place({ buyer, ticketId: listing.data.id, network: 'test' }, cause);
  await leave(buyer);
  await leave(seller);
  const shown = async (id: string) =>
    (await get('leaving', { id, email: 'someone@test.com' }).expect(200)).body as object;
  const { releaseAt } = await find(sale.id);
  expect(await shown(buyer)).toEqual({ holds: 1, purchases: 1, sales: 0, until: releaseAt?.toISOString() });
  expect(await shown(seller)).toEqual({ holds: 0, purchases: 0, sales: 1, until: releaseAt?.toISOString() });
  expect(await settledOf(buyer, seller)).toEqual([]);
  await orders.operations.cancel(hold, buyer, cause);
  expect(await settledOf(buyer)).toEqual([]);
  await release(sale.id);
  expect(await shown(buyer)).toEqual({ holds: 0, purchases: 0, sales: 0, until: null });
  expect(await settledOf(buyer, seller)).toEqual([buyer, seller]);
});

test('a refund has to be completed first', async () => {
  const { id, buyer, seller } = await aSale(orders, {});
  await orders.operations.giveBack(id, seller, cause);
  await leave(buyer);
  await leave(seller);
  expect(await settledOf(buyer, seller)).toEqual([]);
  await orders.operations.refund(id, { ...cause, version: 9 });
  expect(await settledOf(buyer, seller)).toEqual([buyer, seller]);
});

test('a session of someone who leaves holds nothing new', async () => {
  const listing = aListing();
  await orders.deliver(listing);
  await request(orders.app)
    .post('/api/orders')
    .set('Cookie', leaversCookieOf(aCaller()))
    .send({ ticketId: listing.data.id })
    .expect(409, refusal('account-leaving'));
});

test('texts of deleted accounts are erased, and those of the other party stay', async () => {
  const { id, buyer, seller } = await aSale(orders, {});
  await Orders.collection.updateOne({ _id: (await find(id))._id }, { $set: { 'ticket.description': 'Call Ann' } });
  const { ticket } = await find(id);
  await orders.operations.claim(id, buyer, { reason: 'not-admitted', text: 'I am Bob' }, cause);
  await orders.operations.answerClaim(id, seller, { text: 'I am Ann' }, cause);
  await orders.operations.decide(id, { decision: 'pay', why: 'So it is', by: 'support' }, cause);
  const claimOf = async () => (await find(id)).claim;
  const deleted = (of: string) => anEvent('user:deleted', 9, { id: of, deletedAt: new Date().toISOString() });
  await orders.deliver(deleted(buyer));
  expect(await claimOf()).toMatchObject({ text: null, answer: 'I am Ann', status: 'pay' });
  await orders.deliver(deleted(seller), deleted(seller));
  expect(await claimOf()).toMatchObject({ text: null, answer: null, reason: 'not-admitted' });
  const erased: Partial<TicketData> = { id: ticket.id, userId: seller, status: 'sold', description: null };
  await orders.deliver(aListing({ ...erased, isErased: true }, 50));
  expect((await find(id)).ticket).toMatchObject({ title: 'Concert', description: null });
  expect((await get(id, { id: buyer, email: 'bob@test.com' }).expect(200)).body).toMatchObject({
    claim: { text: null, answer: null },
  } satisfies Partial<Record<keyof OrderBody, object>>);
});

test('an export has what someone bought and sold, but not who the other party is', async () => {
  expect(unexported(held, unnamed)).toEqual([]);
  const person = aCaller();
  const [bought, sold] = [await aSale(orders, {}, newId(), person.id), await aSale(orders, {}, person.id)];
  await orders.operations.claim(bought.id, person.id, { reason: 'not-admitted', text: 'Closed' }, cause);
  await aSale(orders, {});
  const answer = await get('export', person).expect(200).expect('Cache-Control', 'no-store');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="ticketing-orders.json"');
  const { orders: purchases, sales } = answer.body as ExportBody;
  expect(purchases).toMatchObject([{ id: bought.id, status: 'complete', claim: { text: 'Closed' } }]);
  expect(sales).toMatchObject([{ id: sold.id, status: 'complete', ticket: { title: 'Concert' } }]);
  for (const id of [bought.seller, sold.buyer]) expect(JSON.stringify(answer.body)).not.toContain(id);
});

const get = (path: string, caller: ReturnType<typeof aCaller>) =>
  request(orders.app).get(`/api/orders/${path}`).set('Cookie', cookieOf(caller));
