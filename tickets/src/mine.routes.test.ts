import type { TicketBody } from '@ticketing/common';
import type request from 'supertest';
import { cookieOf, refusal } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { list } from './domain/ticket';
import { Tickets } from './store';
import { aCaller, anOrder, clientOf, concert, noDetails, startTickets } from './testing';
import { sharedTotalsOf } from './totals';

let tickets: Awaited<ReturnType<typeof startTickets>>;
const seller = aCaller();
const { http, list: offer, withdraw } = clientOf(() => tickets.app, seller);
const mine = (path = '/api/tickets/mine') => http().get(path).set('Cookie', cookieOf(seller));
const description = 'x'.repeat(2_000);

/** 505 listings: 500 sold, and some of every other status. */
beforeAll(async () => {
  tickets = await startTickets();
  const rows = Array.from({ length: 505 }, (_, index) => {
    const ticket = list(seller.id, { ...noDetails, title: `Ticket ${index}`, description, price: 1_999 }, new Date());
    const status = index < 500 ? 'sold' : 'available';
    return { _id: new Types.ObjectId(), ...ticket, status, version: 0, outbox: [] };
  });
  await Tickets.collection.insertMany(rows);
  const [one, two, three] = rows.slice(500).map(({ _id }) => _id);
  await Tickets.collection.updateOne({ _id: one }, { $set: { startsAt: new Date(1), sellsUntil: null } });
  await Tickets.collection.updateOne({ _id: two }, { $set: { status: 'held' } });
  await withdraw(String(three)).expect(204);
  await offer(concert, aCaller()).expect(201);
});
afterAll(() => tickets.stop());

test('a seller pages through all of their listings, newest first', async () => {
  const titles: string[] = [];
  const sizes: number[] = [];
  for (let next: string | undefined = '/api/tickets/mine'; next;) {
    const { body, headers }: request.Response = await mine(next).expect(200);
    const page = body as TicketBody[];
    titles.push(...page.map(({ title }) => title));
    sizes.push(page.length);
    next = /^<(.*)>; rel="next"$/.exec(String(headers.link))?.[1];
  }
  expect(titles).toEqual(Array.from({ length: 505 }, (_, index) => `Ticket ${504 - index}`));
  expect(sizes).toEqual([100, 100, 100, 100, 100, 5]);
  expect((await mine('/api/tickets/mine?limit=7').expect(200)).body).toHaveLength(7);
});

test('lists have no descriptions; single tickets do', async () => {
  for (const path of ['/api/tickets/mine', '/api/tickets', '/api/tickets?sort=price', '/api/tickets?q=ticket']) {
    const { body, text } = await mine(path).expect(200);
    expect((body as TicketBody[])[0]).toMatchObject({ description: null });
    expect(text).not.toContain('xxx');
  }
  const [{ id = '' } = {}] = (await mine().expect(200)).body as TicketBody[];
  expect((await http().get(`/api/tickets/${id}`).expect(200)).body).toMatchObject({ description });
});

test('totals cover all listings', async () => {
  await mine('/api/tickets/mine/totals').expect(200, {
    available: { count: 2, sum: 39.98 },
    held: { count: 1, sum: 19.99 },
    sold: { count: 500, sum: 9_995 },
    withdrawn: { count: 1, sum: 19.99 },
    past: { count: 1, sum: 19.99 },
  });
  const nothing = { count: 0, sum: 0 };
  await http()
    .get('/api/tickets/mine/totals')
    .set('Cookie', cookieOf(aCaller()))
    .expect(200, { available: nothing, held: nothing, sold: nothing, withdrawn: nothing, past: nothing });
});

test('concurrent requests share one read of totals, and those of many listings are cached for a while', async () => {
  const read = jest.spyOn(Tickets, 'aggregate');
  const soldOf = async (many?: number) => (await sharedTotalsOf(seller.id, new Date(), many)).sold.count;
  const all = await Promise.all(Array.from({ length: 40 }, () => soldOf()));
  expect(read).toHaveBeenCalledTimes(1);
  expect(new Set(all)).toEqual(new Set([500]));
  expect([await soldOf(100), await soldOf(100), await soldOf(100)]).toEqual([500, 500, 500]);
  expect(read).toHaveBeenCalledTimes(2);
  read.mockRestore();
});

test('totals exclude refunded sales', async () => {
  const own = aCaller();
  for (const status of ['complete', 'refunded'] as const) {
    const { body }: request.Response = await offer(concert, own).expect(201);
    await tickets.deliver(anOrder((body as TicketBody).id, 1, 1, status));
  }
  const { body } = await http().get('/api/tickets/mine/totals').set('Cookie', cookieOf(own)).expect(200);
  expect(body).toMatchObject({ sold: { count: 1 } });
});

test.each([
  ['limit=101', 'limit', 'limit-out-of-range'],
  ['limit=0', 'limit', 'limit-out-of-range'],
  ['cursor=abc', 'cursor', 'cursor-unknown'],
] as const)('refuses %s', async (query, field, code) => {
  const { body } = await mine(`/api/tickets/mine?${query}`).expect(400);
  expect(body).toEqual({ errors: [expect.objectContaining({ code, field })] });
});

test('totals need a session', async () => {
  await http().get('/api/tickets/mine/totals').expect(401, refusal('sign-in-first'));
});
