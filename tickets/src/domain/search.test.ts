import fc from 'fast-check';
import { Category, ListingInput, MAX_PRICE, TICKET_SORTS, type Listing } from '@ticketing/common';
import { findable, localDayOf } from './facets';
import {
  facetsFor,
  findsNothing,
  FOREVER,
  isBeyond,
  isUnfiltered,
  listsOf,
  positionOf,
  rangesOf,
  type Search,
} from './search';
import { termsOf } from './words';

const now = new Date('2026-01-01T00:00:00Z');

/** Bounds shrinking, which might never end for values that depend on each other. */
const RUNS = { numRuns: 500, interruptAfterTimeLimit: 40_000 };

const words = fc.constantFrom('jazz', 'live', 'arzte', 'munchen', 'rock');
const beginnings = fc.constantFrom('ja', 'jazz', 'liv', 'arzte', 'munch', 'rock');
const time = fc.date({ min: now, max: new Date('2045-01-01T00:00:00Z'), noInvalidDate: true });
const price = fc.integer({ min: 1, max: MAX_PRICE });
const category = fc.constantFrom(...Category.options);
const nothing = Object.fromEntries(Object.keys(ListingInput.shape).map((field) => [field, fc.constant(null)]));
const listing = fc.record({
  ...nothing,
  title: fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join(' ')),
  price,
  category,
  venue: fc.option(words),
  city: fc.option(words),
  startsAt: fc.option(time),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Etc/GMT+12'),
}) as unknown as fc.Arbitrary<Listing>;
const day = time.map((at) => at.toISOString().slice(0, 10));
const search: fc.Arbitrary<Search & { typed: string[] }> = fc
  .record(
    {
      typed: fc.uniqueArray(beginnings, { maxLength: 3 }),
      category,
      city: words,
      from: time,
      to: time,
      fromDay: day,
      toDay: day,
      minPrice: fc.oneof(fc.constant(0), price),
      maxPrice: price,
      sort: fc.constantFrom(...TICKET_SORTS),
      limit: fc.integer({ min: 1, max: 100 }),
    },
    { requiredKeys: ['typed', 'sort', 'limit'] },
  )
  .map((search) => ({ ...search, ...(search.typed.length > 0 && { terms: termsOf(search.typed.join(' ')) }) }));

const DAY = 86_400_000;

/** Listings, each with a search that matches it: some of its values, or slightly wider ones. */
const pairs = listing.chain((listing) => {
  const { title, venue, city, category, startsAt, timeZone, price } = listing;
  const flag = fc.boolean();
  const said = [...new Set([title, venue, city].join(' ').trim().split(/\s+/))];
  const slack = fc.integer({ min: 0, max: 400 });
  const some = fc.record({
    kind: flag,
    town: flag,
    from: flag,
    to: flag,
    fromDay: flag,
    toDay: flag,
    min: flag,
    max: flag,
  });
  const rest = fc.record({ sort: fc.constantFrom(...TICKET_SORTS), limit: fc.constant(20) });
  return fc
    .tuple(some, rest, fc.subarray(said, { maxLength: Math.min(3, said.length) }), slack)
    .map(([use, rest, typed, slack]) => {
      const at = startsAt?.getTime() ?? 0;
      const day = startsAt ? Date.parse(localDayOf(startsAt, timeZone ?? '')) : 0;
      const search: Search & { typed: string[] } = {
        ...rest,
        typed: typed.map((word, index) => word.slice(0, 2 + index)),
        ...(use.kind && { category }),
        ...(use.town && city && { city }),
        ...(use.from && at > 0 && { from: new Date(at - slack * DAY) }),
        ...(use.to && at > 0 && { to: new Date(at + slack * DAY) }),
        ...(use.fromDay && at > 0 && { fromDay: new Date(day - slack * DAY).toISOString().slice(0, 10) }),
        ...(use.toDay && at > 0 && { toDay: new Date(day + slack * DAY).toISOString().slice(0, 10) }),
        ...(use.min && { minPrice: Math.max(0, price - slack) }),
        ...(use.max && { maxPrice: price + slack }),
      };
      return {
        listing,
        search: search.typed.length > 0 ? { ...search, terms: termsOf(search.typed.join(' ')) } : search,
      };
    });
});

/** Whether a listing matches a search, in plain terms. */
function fits(search: Search & { typed: string[] }, { startsAt, timeZone, price, ...listing }: Listing) {
  const { from, to, fromDay, toDay, minPrice = 0, maxPrice = Infinity } = search;
  const said = [listing.title, listing.venue, listing.city].join(' ').split(' ');
  const day = startsAt && localDayOf(startsAt, timeZone ?? '');
  return (
    search.typed.every((typed) => said.some((word) => word.startsWith(typed))) &&
    (!search.category || search.category === listing.category) &&
    (!search.city || search.city === listing.city) &&
    (startsAt && day
      ? startsAt > now &&
        startsAt >= (from ?? now) &&
        startsAt <= (to ?? FOREVER) &&
        day >= (fromDay ?? '') &&
        day <= (toDay ?? '9')
      : !(from ?? to ?? fromDay ?? toDay)) &&
    price >= minPrice &&
    price <= maxPrice
  );
}

const within = (search: Search, { startsAt, price }: Listing) => {
  const ranges = rangesOf(search, now);
  const until = startsAt ?? FOREVER;
  return (
    until >= ranges.sellsUntil[0] &&
    until <= ranges.sellsUntil[1] &&
    price >= ranges.price[0] &&
    price <= ranges.price[1]
  );
};

test('every match is in each list that a search may read, with its facets and within its ranges', () => {
  fc.assert(
    fc.property(pairs, ({ search, listing }) => {
      fc.pre((listing.startsAt ?? FOREVER) > now);
      expect(fits(search, listing)).toBe(true);
      const { facets } = findable(listing);
      expect(findsNothing(search, now)).toBe(false);
      for (const list of listsOf(search, now)) expect(list.some((facet) => facets.includes(facet))).toBe(true);
      expect(facets).toEqual(expect.arrayContaining(facetsFor(search)));
      expect(within(search, listing)).toBe(true);
    }),
    RUNS,
  );
});

test('facets, text, day and ranges together admit only matches', () => {
  fc.assert(
    fc.property(search, listing, (search, listing) => {
      const { facets, text, localDay } = findable(listing);
      const through =
        !findsNothing(search, now) &&
        facetsFor(search).every((facet) => facets.includes(facet)) &&
        (search.terms ?? []).every(({ readings }) =>
          readings.some((patterns) => patterns.every((pattern) => text.includes(pattern))),
        ) &&
        (search.fromDay === undefined || (localDay ?? '') >= search.fromDay) &&
        (search.toDay === undefined || (localDay ?? '') <= search.toDay) &&
        (search.from === undefined || (listing.startsAt !== null && listing.startsAt >= search.from)) &&
        (search.to === undefined || (listing.startsAt !== null && listing.startsAt <= search.to)) &&
        within(search, listing);
      expect(through).toBe(fits(search, listing));
    }),
    RUNS,
  );
});

test('events that start hours before the searched time are not found', () => {
  // Tickets sold until three hours before the start are still in the range that is read.
  const [from, startsAt] = [new Date('2026-05-10T13:00:00Z'), new Date('2026-05-10T12:00:00Z')];
  fc.assert(
    fc.property(listing, (listing) => {
      const search = { from, sort: 'soonest' as const, limit: 1, typed: [] };
      const early = { ...listing, startsAt };
      expect([within(search, early), fits(search, early)]).toEqual([true, false]);
    }),
    { numRuns: 10 },
  );
});

test('a search reads few lists with few facets', () => {
  fc.assert(
    fc.property(search, (search) => {
      fc.pre(!findsNothing(search, now));
      const lists = listsOf(search, now);
      expect(lists.length).toBeLessThanOrEqual(7);
      for (const list of lists) expect(list).not.toEqual([]);
      expect(lists.flat().length).toBeLessThanOrEqual(125);
    }),
    RUNS,
  );
});

test('only the newest-first list of everything is unfiltered', () => {
  const all: Search = { sort: 'newest', limit: 20 };
  expect(isUnfiltered(all, now)).toBe(true);
  const changes: Partial<Search>[] = [
    { terms: termsOf('jazz') },
    { city: 'Berlin' },
    { fromDay: '2026-02-01' },
    { category: 'sport' },
    { from: now },
    { to: now },
    { minPrice: 0 },
    { maxPrice: 5 },
    { sort: 'price' },
  ];
  for (const change of changes) expect(isUnfiltered({ ...all, ...change }, now)).toBe(false);
});

test('positions are ordered by value, then by id, in the direction of the sort', () => {
  const place = (value: number, id: string) => ({ value, id });
  for (const [sort, sign] of [
    ['price', true],
    ['soonest', true],
    ['-price', false],
    ['newest', false],
  ] as const) {
    const search: Search = { sort, limit: 20 };
    expect(isBeyond(search, place(2, 'a'), place(1, 'b'))).toBe(sign);
    expect(isBeyond(search, place(1, 'b'), place(1, 'a'))).toBe(sign);
    expect(isBeyond(search, place(1, 'a'), place(1, 'a'))).toBe(false);
  }
  const ticket = { _id: 'a', price: 5, sellsUntil: now };
  expect(TICKET_SORTS.map((sort) => positionOf(sort, ticket).value)).toEqual([now.getTime(), 0, 5, 5]);
});

test.each<[string, Partial<Search>]>([
  ['a time in the past', { to: new Date(now.getTime() - 1) }],
  ['a day in the past', { toDay: '2025-12-30' }],
  ['a price of zero', { maxPrice: 0 }],
  ['symbols alone', { terms: termsOf('!!!') }],
  ['days before the start of the range', { from: new Date('2026-05-10T13:00:00Z'), toDay: '2026-05-09' }],
])('%s finds nothing', (_name, change) => {
  expect(findsNothing({ sort: 'newest', limit: 20, ...change }, now)).toBe(true);
});
