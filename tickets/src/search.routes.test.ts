import type { CityBody, TicketBody } from '@ticketing/common';
import { newId } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import type request from 'supertest';
import { list } from './domain/ticket';
import { readPage } from './search';
import { Tickets } from './store';
import { createUpgrade } from './upgrade';
import { aCaller, anOrder, clientOf, concert, noDetails, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
/** By how much the database's clock is ahead of this machine's, in milliseconds. */
let ahead = 0;
beforeAll(async () => {
  tickets = await startTickets(() => new Date(Date.now() + ahead));
});
afterAll(() => tickets.stop());
beforeEach(async () => {
  ahead = 0;
  await Tickets.deleteMany({});
});

const seller = aCaller();
const client = clientOf(() => tickets.app, seller);
const offer = async (said: object) => (await client.list({ ...concert, ...said }).expect(201)).body as TicketBody;
const find = async (query: string) =>
  ((await client.http().get(`/api/tickets?${query}`).expect(200)).body as TicketBody[]).map(({ title }) => title);

describe('a search that nothing can match', () => {
  test.each(['maxPrice=0', 'to=2020-01-01T00:00:00Z', 'toDay=2020-01-01', 'q=!!!', 'q=%F0%9F%8E%89', 'city=!!!'])(
    '%s finds nothing, in any order',
    async (query) => {
      await offer({ startsAt: '2030-06-01T20:00:00Z', timeZone: 'Europe/Berlin', city: 'Berlin' });
      for (const sort of ['newest', 'soonest', 'price', '-price'])
        expect(await find(`${query}&sort=${sort}`)).toEqual([]);
    },
  );

  test('a failing one affects nobody else', async () => {
    await offer({});
    const good = { sort: 'price', limit: 20 } as const;
    const broken = { ...good, limit: 1e20 };
    const answers = await Promise.allSettled(
      [good, broken, { ...good, limit: 19 }, broken].map((search) => readPage(search)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  });
});

test.each([
  ['jaz', 'Jazz Night'],
  ['metal lodz', 'Metallica'],
  ['METALLICA łódź', 'Metallica'],
  ['jayz', 'Jay-Z'],
  ['jay z', 'Jay-Z'],
  ['rem', 'R.E.M.'],
  ['東京', '東京ドーム公演'],
])('%s finds %s, in any order', async (typed, title) => {
  await offer({ title: 'Something else' });
  await offer({ title, city: 'Łódź' });
  await offer({ title: 'One more', city: 'Paris' });
  for (const sort of ['newest', 'soonest', 'price', '-price'])
    expect(await find(`q=${encodeURIComponent(typed)}&sort=${sort}`)).toEqual([title]);
});

test('a venue and a city are found despite a long title', async () => {
  const title = Array.from({ length: 39 }, (_, index) => `w${index}x`)
    .join(' ')
    .slice(0, 200)
    .trim();
  await offer({ title, venue: 'Philharmonie', city: 'Tromsø' });
  expect(await find('q=philh+tromso')).toEqual([title]);
});

test('days are those at the venue', async () => {
  await offer({ title: 'Late', startsAt: '2031-03-20T05:00:00Z', timeZone: 'America/Los_Angeles' });
  await offer({ title: 'Early', startsAt: '2031-03-18T22:00:00Z', timeZone: 'Pacific/Kiritimati' });
  await offer({ title: 'Undated' });
  for (const sort of ['newest', 'soonest', 'price', '-price']) {
    const on = (from: string, to = from) => find(`fromDay=2031-03-${from}&toDay=2031-03-${to}&sort=${sort}`);
    expect((await on('19')).sort()).toEqual(['Early', 'Late']);
    expect(await on('20')).toEqual([]);
    expect(await on('18')).toEqual([]);
    expect(await find(`toDay=2031-03-18&sort=${sort}`)).toEqual([]);
    expect(await find(`fromDay=2031-03-19&from=2031-03-20T00:00:00Z&sort=${sort}`)).toEqual(['Late']);
    expect((await find(`from=2031-03-18T22:00:00Z&to=2031-03-20T05:00:00Z&sort=${sort}`)).sort()).toEqual([
      'Early',
      'Late',
    ]);
  }
});

test("events that have started by the database's clock are not listed", async () => {
  const startsAt = new Date(Date.now() + 3_600_000).toISOString();
  await offer({ title: 'Soon', startsAt, timeZone: 'UTC' });
  for (const query of ['', 'q=soon', 'sort=soonest']) expect(await find(query)).toEqual(['Soon']);
  ahead = 3_600_001;
  for (const query of ['', 'q=soon', 'sort=soonest']) expect(await find(query)).toEqual([]);
});

test('held tickets are listed on request, as held', async () => {
  const { id } = await offer({ title: 'Held' });
  await offer({ title: 'Free' });
  await tickets.deliver(anOrder(id, 1, 0, 'created'));
  for (const query of ['', 'q=held', 'sort=soonest', 'q=held&sort=price']) {
    expect(await find(query)).not.toContain('Held');
    const { body } = await client.http().get(`/api/tickets?${query}&held=include`).expect(200);
    expect(body).toContainEqual(expect.objectContaining({ id, status: 'held', heldUntil: expect.any(String) }));
  }
  const { headers } = await client.http().get('/api/tickets?held=include&limit=1').expect(200);
  expect(headers.link).toMatch('held=include');
  await tickets.deliver(anOrder(id, 1, 1, 'complete'));
  expect(await find('held=include')).toEqual(['Free']);
});

test('cities come with their number of tickets, and narrow the list', async () => {
  for (const city of ['Köln', 'KÖLN', 'Łódź', 'Köln', null]) await offer({ title: city ?? 'Nowhere', city });
  const { body } = await client.http().get('/api/tickets/cities').expect(200);
  expect((body as CityBody[]).map(({ city, count }) => [city.toLowerCase(), count])).toEqual([
    ['köln', 3],
    ['łódź', 1],
  ]);
  await client.http().get('/api/tickets/count').expect(200, { count: 5, isMore: false });
  for (const sort of ['newest', 'soonest', 'price', '-price']) {
    expect(await find(`city=koln&sort=${sort}`)).toHaveLength(3);
    expect(await find(`city=${encodeURIComponent('Łódź')}&sort=${sort}`)).toEqual(['Łódź']);
    expect(await find(`city=lod&sort=${sort}`)).toEqual([]);
  }
});

describe('listings written by an older version', () => {
  const old = (title: string) => {
    const ticket = list(seller.id, { ...noDetails, title, price: 500 }, new Date());
    const lists = { text: undefined, localDay: undefined, facets: ['all', 'word jazz'] };
    return { _id: new Types.ObjectId(newId()), ...ticket, category: undefined, ...lists, version: 0, outbox: [] };
  };
  const listless = (ticket: ReturnType<typeof old>) => ({ ...ticket, facets: undefined, sellsUntil: undefined });

  test('are found by the current rules, even those missing from all lists', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => old(`Jazz ${index}`));
    const sold = { ...listless(old('Sold')), status: 'sold' };
    await Tickets.collection.insertMany(
      [
        ...rows.slice(0, 600),
        ...rows.slice(600).map(listless),
        { ...listless(old('Held')), status: 'held' },
        sold,
        { ...old('Withdrawn'), status: 'withdrawn', sellsUntil: null },
      ],
      { ignoreUndefined: true },
    );
    expect(await find('q=jaz')).toEqual([]);
    await tickets.operations.upgrade();
    for (let step = 0; step < 5; step++) await tickets.operations.upgrade();
    const seen = new Set<string>();
    for (let next: string | undefined = '/api/tickets?q=jaz&sort=soonest&limit=100'; next;) {
      const { body, headers }: request.Response = await client.http().get(next).expect(200);
      for (const { id } of body as TicketBody[]) seen.add(id);
      next = /^<(.*)>; rel="next"$/.exec(String(headers.link))?.[1];
    }
    expect(seen.size).toBe(1_200);
    expect(await find('q=held&held=include')).toEqual(['Held']);
    expect(await find('q=sold')).toEqual([]);
    expect(await Tickets.findById(sold._id).lean()).not.toHaveProperty('facets.0');
    await tickets.deliver(anOrder(rows[0]?._id.toString() ?? '', 1, 0, 'created'));
    expect(await find('q=jazz+0')).not.toContain('Jazz 0');
  });

  test('are found even if one of them is malformed', async () => {
    const odd = {
      ...listless(old('Jazz of no place')),
      startsAt: new Date(Date.now() + 86_400_000),
      timeZone: 'Nowhere/Atall',
    };
    await Tickets.collection.insertMany([odd, old('Jazz'), listless(old('More jazz'))], { ignoreUndefined: true });
    const upgrade = createUpgrade();
    await expect(upgrade()).rejects.toThrow(`no search finds, only lists: ${odd._id.toString()}`);
    await upgrade();
    expect((await find('q=jaz')).sort()).toEqual(['Jazz', 'More jazz']);
    expect(await find('sort=newest')).toContain('Jazz of no place');
  });
});
