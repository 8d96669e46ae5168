import { buildIndexes, TICKET_SORTS, type TicketSort } from '@ticketing/common';
import { startMongo } from '@ticketing/common/testing';
import mongoose, { Types } from 'mongoose';
import { list } from './domain/ticket';
import { positionOf, type Position, type Search } from './domain/search';
import { readPage } from './search';
import { termsOf } from './domain/words';
import { Tickets } from './store';
import { noDetails } from './testing';

/**
 * A market of 30,000 listings in a real MongoDB: whatever the search, in any order and on any page,
 * no request examines more than 1,000 documents or keys, and it returns what a plain filter returns.
 */
const COUNT = 30_000;
const BOUND = 1_000;
const DAY = 86_400_000;
const now = new Date();
const days = (count: number) => new Date(now.getTime() + count * DAY);

/** Pseudorandom numbers, the same in every run. */
let seed = 1;
const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

const names = Array.from({ length: 2_000 }, (_, index) => `Artist${index}`);
const cities = ['Berlin', 'München', 'Paris', 'Łódź', 'Wien', 'Zürich', 'São Paulo', 'Roma'];

/** The searchable text of each listing. */
const texts: string[] = [];
/** The day of each event at its venue. */
const locals: string[] = [];
const zones = ['Europe/Berlin', 'America/Los_Angeles'].map((timeZone) => new Intl.DateTimeFormat('sv', { timeZone }));

function aTicket(index: number) {
  // No event starts while the test runs, however long that takes.
  const ahead = random() ** 2 * 700 - 10;
  const startsAt = random() < 0.8 ? days(ahead > 0 && ahead < 0.1 ? 0.1 : ahead) : null;
  const zone = pick(zones);
  locals.push(startsAt ? zone.format(startsAt) : '');
  const title = [
    pick(names),
    random() < 0.3 ? 'Live' : 'Tour',
    random() < 0.02 ? 'Jazz' : '',
    index % 12_000 === 7 ? 'Unicorn' : '',
  ].join(' ');
  const listing = {
    ...noDetails,
    title,
    price: random() < 0.3 ? 2_000 : Math.ceil(500 * 60 ** random()),
    category:
      random() < 0.001 ? ('comedy' as const) : pick(['concert', 'concert', 'sport', 'theatre', 'festival'] as const),
    venue: `Hall ${index % 50}`,
    city: pick(cities),
    startsAt,
    timeZone: startsAt && zone.resolvedOptions().timeZone,
  };
  const ticket = list('5'.repeat(24), listing, new Date(0));
  texts.push(` ${title} ${listing.city}`.toLowerCase().replace('ü', 'u'));
  const state = random();
  const status = state < 0.8 ? 'available' : state < 0.85 ? 'held' : state < 0.95 ? 'sold' : 'withdrawn';
  const isOver = status === 'sold' || status === 'withdrawn' || (startsAt && startsAt < days(-1));
  const sellsUntil = isOver ? null : ticket.sellsUntil;
  return { _id: new Types.ObjectId(), ...ticket, status, sellsUntil, version: 0, outbox: [] };
}
type Row = ReturnType<typeof aTicket>;

let mongo: Awaited<ReturnType<typeof startMongo>>;
const rows: Row[] = [];
beforeAll(async () => {
  mongo = await startMongo();
  for (let index = 0; index < COUNT; index++) rows.push(aTicket(index));
  // As a command: `insertMany` serializes each document twice, once for its size.
  for (let from = 0; from < COUNT; from += 1_000)
    await mongoose.connection.db?.command({
      insert: 'tickets',
      documents: rows.slice(from, from + 1_000),
      ordered: false,
    });
  await buildIndexes(Tickets);
}, 900_000);
afterAll(() => mongo.stop());

const words = {
  none: '',
  'common and rare': 'live artist77',
  'two common': 'live munchen',
  'beginnings of a common and a rare one': 'ar uni',
  'beginnings of two common ones': 'to mun',
};
const categories = {
  any: {},
  concert: { category: 'concert' },
  'comedy in Łódź': { category: 'comedy', city: 'lodz' },
} as const;
const dates = {
  any: {},
  weekend: { fromDay: days(3).toISOString().slice(0, 10), toDay: days(5).toISOString().slice(0, 10) },
  'far ahead': { from: days(680) },
};
const prices = { any: {}, 'about 50': { minPrice: 4_900, maxPrice: 5_000 }, dear: { minPrice: 29_900 } };

const searches = Object.entries(words).flatMap(([q, typed]) =>
  Object.entries(categories).flatMap(([kind, category]) =>
    Object.entries(dates).flatMap(([time, date]) =>
      Object.entries(prices).map(([cost, price]) => ({
        name: `words: ${q}, category: ${kind}, dates: ${time}, prices: ${cost}`,
        filter: { typed, ...category, ...date, ...price },
      })),
    ),
  ),
);
/** Every other search is the site's, which includes held tickets. */
for (const [index, { filter }] of searches.entries()) if (index % 2 === 1) Object.assign(filter, { held: true });

type Filter = Omit<Search, 'sort' | 'limit' | 'after' | 'terms'> & { typed: string };

const asked = ({ typed, ...filter }: Filter) => ({ ...filter, ...(typed && { terms: termsOf(typed) }) });

/** Listings for sale or held with these words, by checking every listing, once per search. */
const worded: Record<string, number[]> = {};
const withWords = (typed: string) =>
  (worded[typed] ??= [...rows.keys()].filter((index) => {
    const { status, startsAt } = rows[index]!;
    const isShown = (status === 'available' || status === 'held') && (!startsAt || startsAt > now);
    return isShown && typed.split(' ').every((word) => texts[index]?.includes(` ${word}`));
  }));

/** The expected results of a search, unordered. */
function fitting({
  typed,
  held,
  category,
  city,
  from,
  fromDay,
  toDay,
  minPrice = 0,
  maxPrice = Infinity,
}: Filter): Row[] {
  const fits = (index: number) => {
    const { status, startsAt, price, category: kind, city: place } = rows[index]!;
    return (
      (held || status === 'available') &&
      (!category || kind === category) &&
      (!city || place === 'Łódź') &&
      (!(from ?? fromDay ?? toDay) ||
        (startsAt &&
          startsAt >= (from ?? now) &&
          (locals[index] ?? '') >= (fromDay ?? '') &&
          (locals[index] ?? '') <= (toDay ?? '9'))) &&
      price >= minPrice &&
      price <= maxPrice
    );
  };
  return withWords(typed)
    .filter(fits)
    .map((index) => rows[index]!);
}

const inOrder = (sort: TicketSort, found: Row[]) => {
  const sign = sort === 'newest' || sort === '-price' ? -1 : 1;
  const keyed = found.map((row) => ({ id: row._id.toString(), value: positionOf(sort, row).value }));
  return keyed
    .sort((one, other) => sign * (one.value - other.value || (one.id < other.id ? -1 : 1)))
    .map(({ id }) => id);
};

/** Runs a request, and explains its queries: how many documents and keys they examined in total. */
async function examine(search: Search) {
  const aggregate = jest.spyOn(Tickets, 'aggregate');
  const find = jest.spyOn(Tickets, 'find');
  const page = await readPage(search);
  const looks = aggregate.mock.results.map(({ value }) => value as mongoose.Aggregate<unknown[]>);
  const finds = find.mock.results.map(({ value }) => value as mongoose.Query<unknown, unknown>);
  jest.restoreAllMocks();
  const stats = await Promise.all([
    ...looks.map((look) =>
      explain({ aggregate: 'tickets', pipeline: look.pipeline(), hint: look.options.hint, cursor: {} }),
    ),
    ...finds.map((query) => explain({ find: 'tickets', filter: query.getFilter(), ...query.getOptions() })),
  ]);
  const sum = (name: keyof Stats) => stats.reduce((total, one) => total + one[name], 0);
  const ids = page.tickets.map(({ _id }) => _id.toString());
  return { page, ids, docs: sum('totalDocsExamined'), keys: sum('totalKeysExamined') };
}
interface Stats {
  totalDocsExamined: number;
  totalKeysExamined: number;
}
interface Explained {
  executionStats?: Stats;
  stages?: { $cursor?: { executionStats: Stats } }[];
}
async function explain(query: object): Promise<Stats> {
  const plan = await mongoose.connection.db?.command({ explain: query, verbosity: 'executionStats' });
  const { executionStats, stages } = plan as Explained;
  const stats = executionStats ?? stages?.[0]?.$cursor?.executionStats;
  if (!stats) throw new Error('The explained query has no figures');
  return stats;
}

const found: Record<string, Row[]> = {};

describe.each(TICKET_SORTS)('sorted by %s', (sort) => {
  test(`none of ${searches.length} searches examines more than ${BOUND}, on any page, and each returns its matches`, async () => {
    for (const { name, filter } of searches) {
      const expected = inOrder(sort, (found[name] ??= fitting(filter)));
      const first = await examine({ ...asked(filter), sort, limit: 20 });
      const next = first.page.next && (await examine({ ...asked(filter), sort, limit: 20, after: first.page.next }));
      for (const { docs, keys } of [first, next ?? first]) {
        if (docs > BOUND || keys > BOUND) throw new Error(`${name}: ${docs} documents and ${keys} keys examined`);
        expect(docs).toBeGreaterThanOrEqual(Math.min(first.ids.length, 1));
      }
      const seen = [...first.ids, ...(next?.ids ?? [])];
      const isEnd = !(next ?? first).page.next;
      expect({ name, seen }).toEqual({ name, seen: isEnd ? expected : expected.slice(0, seen.length) });
      expect({ name, enough: first.ids.length >= Math.min(20, expected.length) / 2 }).toEqual({ name, enough: true });
    }
  }, 900_000);

  test('a hundred at once, and every page to the end', async () => {
    const filter = { typed: 'jaz', category: 'concert', toDay: days(300).toISOString().slice(0, 10) } satisfies Filter;
    const seen: string[] = [];
    let after: Position | undefined;
    do {
      const { page, ids, docs, keys } = await examine({ ...asked(filter), sort, limit: 100, after });
      expect(Math.max(docs, keys)).toBeLessThanOrEqual(BOUND);
      seen.push(...ids);
      after = page.next;
    } while (after);
    expect(seen).toEqual(inOrder(sort, fitting(filter)));
  }, 300_000);
});

test('the unfiltered list examines only what it returns', async () => {
  const { docs, keys, ids } = await examine({
    sort: 'newest',
    limit: 20,
    after: { value: 0, id: rows[COUNT / 2]?._id.toString() ?? '' },
  });
  expect({ docs, keys }).toEqual({ docs: 20, keys: 20 });
  expect(ids).toHaveLength(20);
});
