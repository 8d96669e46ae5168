import { Leavers, type ExportBody, type LeaverData } from '@ticketing/common';
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
import { heldBy, unnamed } from './exports';
import { Reports, Tickets, Users, type StoredTicket } from './store';
import { aCaller, anOrder, clientOf, concert, event, startTickets, testTerms } from './testing';
import { deliveriesOf } from './testing/uploads';

const MINUTE = 60_000;
let late = 0;
let tickets: Awaited<ReturnType<typeof startTickets>>;
let delisted: LeaverData[];
beforeAll(async () => {
  tickets = await startTickets(() => new Date(Date.now() + late));
  delisted = await earOfLeavers(tickets.nats, 'user:delisted');
});
afterAll(() => tickets.stop());
beforeEach(() => void (late = 0));

const EMAIL = 'seller@test.com';
const user = (id: string, version: number, leaving?: Omit<LeaverData, 'id'> | null) =>
  anEvent('user:updated', version, { id, email: EMAIL, leaving });
const leave = async (id: string, version = 1) => {
  const { since, generation } = aLeaver(id);
  await tickets.deliver(user(id, version, { since, generation }));
  return since;
};
const deleted = (id: string, version = 9) =>
  anEvent('user:deleted', version, { id, deletedAt: new Date().toISOString() });
/** A minute later: leavers are checked. */
const check = async () => {
  late += MINUTE + 1_000;
  await tickets.operations.checkLeavers();
};
const find = (id: string) => Tickets.findById(id).lean<StoredTicket>();
const statusOf = async (id: string) => (await find(id))?.status;
const isTold = (id: string) => delisted.some((told) => told.id === id);

test('a leaver sells nothing any more: listings are withdrawn, held ones as soon as they are free', async () => {
  const seller = aCaller();
  const { listed } = clientOf(() => tickets.app, seller);
  const [free, held, paid] = [await listed(), await listed(), await listed()];
  const [hold, payment] = [anOrder(held.id, 1, 0, 'created'), anOrder(paid.id, 1, 0, 'created')];
  await tickets.deliver(hold, payment);
  const since = await leave(seller.id);
  // What was started before has time to finish.
  await tickets.operations.checkLeavers();
  expect(await statusOf(free.id)).toBe('available');
  await check();
  expect(await Promise.all([free, held, paid].map(({ id }) => statusOf(id)))).toEqual(['withdrawn', 'held', 'held']);
  expect((await find(held.id))?.withdrawing).toBe(false);
  await tickets.deliver(
    anOrder(held.id, 1, 1, 'cancelled', hold.data.id),
    anOrder(paid.id, 1, 1, 'complete', payment.data.id),
  );
  expect(await Promise.all([held, paid].map(({ id }) => statusOf(id)))).toEqual(['withdrawn', 'sold']);
  expect(isTold(seller.id)).toBe(false);
  await check();
  await until(() => isTold(seller.id));
  expect(delisted.find(({ id }) => id === seller.id)).toEqual({ id: seller.id, since, generation: 1 });
  expect(await Leavers.findById(seller.id).lean()).toMatchObject({ checkAt: null });
});

test('a session of someone who leaves lists nothing new', async () => {
  const seller = aCaller();
  await request(tickets.app)
    .post('/api/tickets')
    .set('Cookie', leaversCookieOf(seller))
    .send(concert)
    .expect(409, refusal('account-leaving'));
});

test('someone who stays keeps their listings, even if the events are late, repeated and reordered', async () => {
  const seller = aCaller();
  const { listed } = clientOf(() => tickets.app, seller);
  const { id } = await listed();
  const { since, generation } = aLeaver(seller.id);
  const [leaves, stays] = [user(seller.id, 1, { since, generation }), user(seller.id, 2)];
  await tickets.deliver(stays, leaves, stays);
  await check();
  await tickets.deliver(user(seller.id, 3, { since, generation }), user(seller.id, 4), leaves);
  await check();
  expect([await statusOf(id), isTold(seller.id)]).toEqual(['available', false]);
  expect(await Leavers.findById(seller.id)).toBeNull();
});

test('nothing a deleted seller wrote is kept, and late events restore nothing', async () => {
  const seller = aCaller();
  const { list } = clientOf(() => tickets.app, seller);
  const { body } = await list({ ...concert, ...event }).expect(201);
  const { id } = body as { id: string };
  await report(seller.id, id);
  await leave(seller.id);
  await check();
  await tickets.deliver(deleted(seller.id), deleted(seller.id));
  expect(await find(id)).toMatchObject({ status: 'withdrawn', description: null, title: concert.title });
  await until(() => tickets.heardOf(id).at(-1)?.data.isErased);
  expect(await Reports.findOne({ ticketId: id }).lean()).toMatchObject({ reason: 'other', text: null });
  await tickets.deliver(user(seller.id, 8, aLeaver()), user(seller.id, 1));
  expect(await Users.findById(seller.id).lean()).toMatchObject({ confirmedAt: null, leaving: null, version: 9 });
  expect(await Leavers.findById(seller.id)).toBeNull();
});

const report = (by: string, ticketId: string) =>
  tickets.operations.report(ticketId, { id: by, network: '10.0.0.1' }, { reason: 'other', text: 'I am Ann' });

test('an export has what someone listed, handed over and reported, and nothing of others', async () => {
  expect(unexported(heldBy(testTerms), unnamed)).toEqual([]);
  const [seller, other] = [aCaller(), aCaller()];
  const { listed, hand, begin } = deliveriesOf(() => tickets.app, seller);
  const [one, two] = [await listed({ ...concert, ...event, delivery: 'later' }), await listed()];
  const transfer = { url: null, code: `CODE ${newId()}`, note: 'Row 7' };
  await hand(one.id, transfer).expect(200);
  await begin(two.id, 1_000).expect(201);
  const theirs = deliveriesOf(() => tickets.app, other);
  const foreign = await theirs.listed({ ...concert, title: 'Of others', delivery: 'later' });
  await theirs.hand(foreign.id, { code: `OTHER ${newId()}` }).expect(200);
  await report(seller.id, foreign.id);
  await report(other.id, one.id);
  const order = anOrder(one.id, 1, 1, 'complete');
  await tickets.deliver(order, user(seller.id, 1));
  const answer = await request(tickets.app)
    .get('/api/tickets/mine/export')
    .set('Cookie', cookieOf(seller))
    .expect(200)
    .expect('Cache-Control', 'no-store')
    .expect('Content-Disposition', 'attachment; filename="ticketing-tickets.json"');
  const { account, listings, uploads, transfers, reports } = answer.body as ExportBody;
  expect(account).toEqual([{ id: seller.id, confirmedAt: null, frozenAt: null, leaving: null }]);
  expect(listings?.map(({ id, status }) => [id, status])).toEqual([
    [two.id, 'available'],
    [one.id, 'sold'],
  ]);
  expect(listings?.[1]).toMatchObject({ description: event.description, delivered: { type: 'transfer' } });
  expect(uploads?.map(({ ticketId }) => ticketId)).toEqual([one.id, two.id]);
  expect(transfers).toMatchObject([{ ticketId: one.id, transfer: { code: transfer.code } }]);
  expect(reports).toMatchObject([{ ticketId: foreign.id, reason: 'other', text: 'I am Ann' }]);
  expect(JSON.stringify(answer.body)).not.toMatch(/Of others|OTHER/);
  expect(JSON.stringify(answer.body)).not.toContain(order.data.userId);
});
