import type { TicketBody } from '@ticketing/common';
import { cookieOf, newId, refusal, until } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import { Counts, Reports, Tickets } from './store';
import { aCaller, anOrder, clientOf, concert, startTickets } from './testing';

/** What is public about a seller and a listing, and reports of it. */

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets(undefined, { priceCap: 120 });
});
afterAll(() => tickets.stop());

const seller = aCaller();
const { http, list, edit, listed } = clientOf(() => tickets.app, seller);
const report = (
  id: string,
  body: object,
  { caller = undefined as ReturnType<typeof aCaller> | undefined, at = '' },
) => {
  const request = http().post(`/api/tickets/${id}/report`);
  if (caller) request.set('Cookie', cookieOf(caller));
  return request.set('X-Forwarded-For', at).send(body);
};

test("counts a seller's sales, without refunded ones", async () => {
  const own = aCaller();
  const sold = async (status: 'complete' | 'refunded' | 'created') => {
    const { id } = await listed(own);
    await tickets.deliver(anOrder(id, 1, 1, status));
  };
  await sold('complete');
  await sold('complete');
  await sold('refunded');
  await sold('created');
  await listed(own);
  await http().get(`/api/tickets/sellers/${own.id}`).expect(200, { count: 2, isMore: false });
  await http().get(`/api/tickets/sellers/${newId()}`).expect(200, { count: 0, isMore: false });
  await http().get('/api/tickets/sellers/nobody').expect(400);
});

test('counts up to a limit, using only an index', async () => {
  const own = newId();
  const ticket = { ...(await Tickets.findOne({ status: 'sold' }, { _id: 0 }).lean()) };
  await Tickets.collection.insertMany(Array.from({ length: 1_002 }, () => ({ ...ticket, userId: own }) as never));
  await mongoose.connection.db?.command({ profile: 2 });
  await http().get(`/api/tickets/sellers/${own}`).expect(200, { count: 1_000, isMore: true });
  await mongoose.connection.db?.command({ profile: 0 });
  const read = await mongoose.connection.collection('system.profile').findOne({ 'command.aggregate': 'tickets' });
  expect(read).toMatchObject({ docsExamined: 0, keysExamined: 1_001 });
});

test('a report is stored once per account or network', async () => {
  const { id } = await listed();
  const caller = aCaller();
  await report(id, { reason: 'fake', text: 'No such seat' }, { at: '192.0.2.1' }).expect(204);
  await report(id, { reason: 'other' }, { at: '192.0.2.1' }).expect(204);
  await report(id, { reason: 'misleading' }, { at: '192.0.2.1', caller }).expect(204);
  await report(id, { reason: 'misleading' }, { at: '192.0.2.2', caller }).expect(204);
  const kept = await Reports.find({ ticketId: id }).sort({ _id: 1 }).lean();
  expect(kept).toMatchObject([
    { reason: 'fake', text: 'No such seat' },
    { reason: 'misleading', text: null },
  ]);
  expect(JSON.stringify(kept)).not.toMatch(new RegExp(`192\\.0\\.2|${caller.id}`));
});

test('invalid reports are refused, and so are too many from one network', async () => {
  const { id } = await listed();
  const at = '198.51.100.1';
  const options = 'fake, not-theirs, misleading, offensive, other';
  await report(id, {}, { at }).expect(400, refusal('option-unknown', 'reason', { field: 'Reason', options }));
  await report(newId(), { reason: 'fake' }, { at }).expect(404, refusal('ticket-not-found'));
  await Counts.updateOne({ key: `reports:${at}` }, { points: 20 });
  const answer = await report(id, { reason: 'fake' }, { at }).expect(429, refusal('too-many-reports'));
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  await report(id, { reason: 'fake' }, { at: '198.51.100.2' }).expect(204);
});

test('a site of many networks can report no more than ten of them', async () => {
  const { id } = await listed();
  await Counts.updateOne(
    { key: 'reports-site:2001:db8:7::/48' },
    { $set: { points: 199, expire: new Date(Date.now() + 3_600_000) } },
    { upsert: true },
  );
  await report(id, { reason: 'fake' }, { at: '2001:db8:7:1::1' }).expect(204);
  await report(id, { reason: 'fake' }, { at: '2001:db8:7:2::1' }).expect(429, refusal('too-many-reports'));
  await report(id, { reason: 'fake' }, { at: '2001:db8:8:2::1' }).expect(204);
});

test('only the seller and the buyer see how a delivery went', async () => {
  const { id } = (await list({ ...concert, delivery: 'later' }).expect(201)).body as TicketBody;
  const [order, buyer] = [anOrder(id, 1, 1, 'complete'), aCaller()];
  order.data.userId = buyer.id;
  await tickets.deliver(order);
  const show = async (caller?: ReturnType<typeof aCaller>) => {
    const request = http().get(`/api/tickets/${id}`);
    return (await (caller ? request.set('Cookie', cookieOf(caller)) : request).expect(200)).body as TicketBody;
  };
  const deliverBy = expect.any(String) as string;
  expect(await show(seller)).toMatchObject({ status: 'sold', deliverBy });
  expect(await show(buyer)).toMatchObject({ status: 'sold', deliverBy });
  expect(await show(aCaller())).toMatchObject({ status: 'sold', deliverBy: null, missedAt: null, readAt: null });
  expect(await show()).toMatchObject({ status: 'sold', deliverBy: null, missedAt: null, readAt: null });
  await until(() => tickets.heardOf(id).at(-1)?.data.deliverBy);
});

test('a price above the cap is refused, when listing and when editing', async () => {
  const above = { ...concert, price: 24.01, faceValue: 20 };
  const refused = refusal('price-above-cap', 'price', { max: 24, percent: 120 });
  await list(above).expect(400, refused);
  const { id } = (await list({ ...above, price: 24 }).expect(201)).body as TicketBody;
  await edit(id, above).expect(400, refused);
  await edit(id, { ...above, faceValue: null }).expect(200);
});
