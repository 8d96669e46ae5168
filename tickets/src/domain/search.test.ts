import fc from 'fast-check';
import { Category, MAX_PRICE, TICKET_SORTS } from '@ticketing/common';
import {
  facetsFor,
  facetsOf,
  FOREVER,
  isBeyond,
  isUnfiltered,
  listsOf,
  positionOf,
  rangesOf,
  wordsOf,
  type Search,
} from './search';
import type { Listing } from '@ticketing/common/contract';

const now = new Date('2026-01-01T00:00:00Z');
const unsaid = { description: null, timeZone: null, section: null, row: null, seat: null };

test.each([
  ['Jazz', ['jazz']],
  ['  Die Ärzte – LIVE, live! ', ['die', 'arzte', 'live']],
  ['Straße STRASSE', ['strasse']],
  ['Beyoncé São Paulo', ['beyonce', 'sao', 'paulo']],
  ["Rock'n'Roll 2026", ['rock', 'n', 'roll', '2026']],
  ['北京 2026', ['北京', '2026']],
  ['!!! –', []],
  ['x'.repeat(100), ['x'.repeat(40)]],
])('%p has the words %p', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

const words = fc.constantFrom('jazz', 'live', 'arzte', 'munchen', 'rock');
const time = fc.date({ min: now, max: new Date('2045-01-01T00:00:00Z'), noInvalidDate: true });
const price = fc.integer({ min: 1, max: MAX_PRICE });
const category = fc.constantFrom(...Category.options);
const listing: fc.Arbitrary<Listing> = fc.record({
  ...(Object.fromEntries(Object.keys(unsaid).map((field) => [field, fc.constant(null)])) as Record<
    keyof typeof unsaid,
    fc.Arbitrary<null>
  >),
  title: fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join(' ')),
  price,
  category,
  venue: fc.option(words),
  city: fc.option(words),
  startsAt: fc.option(time),
});
const search: fc.Arbitrary<Search> = fc.record(
  {
    words: fc.uniqueArray(words, { maxLength: 3 }),
    category,
    from: time,
    to: time,
    minPrice: fc.oneof(fc.constant(0), price),
    maxPrice: price,
    sort: fc.constantFrom(...TICKET_SORTS),
    limit: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: ['words', 'sort', 'limit'] },
);

/** Whether a listing is what is looked for, said plainly. */
const fits = (
  { words, category, from, to, minPrice = 0, maxPrice = Infinity }: Search,
  { startsAt, price, title, venue, city, ...listing }: Listing,
) =>
  words.every((word) => [title, venue, city].join(' ').split(' ').includes(word)) &&
  (!category || category === listing.category) &&
  (startsAt ? startsAt > now && startsAt >= (from ?? now) && startsAt <= (to ?? FOREVER) : !(from ?? to)) &&
  price >= minPrice &&
  price <= maxPrice;

test('what fits stands in each of the lists that a search may read, has its facets and lies in its ranges', () => {
  fc.assert(
    fc.property(search, listing, (search, listing) => {
      fc.pre(fits(search, listing));
      const facets = facetsOf(listing);
      for (const list of listsOf(search, now)) expect(list.some((facet) => facets.includes(facet))).toBe(true);
      expect(facets).toEqual(expect.arrayContaining(facetsFor(search)));
      const { sellsUntil, price } = rangesOf(search, now);
      const until = listing.startsAt ?? FOREVER;
      expect(
        until >= sellsUntil[0] && until <= sellsUntil[1] && listing.price >= price[0] && listing.price <= price[1],
      ).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test('facets and ranges together let nothing through that does not fit', () => {
  fc.assert(
    fc.property(search, listing, (search, listing) => {
      const { sellsUntil, price } = rangesOf(search, now);
      const until = listing.startsAt ?? FOREVER;
      const through =
        facetsFor(search).every((facet) => facetsOf(listing).includes(facet)) &&
        until >= sellsUntil[0] &&
        until <= sellsUntil[1] &&
        listing.price >= price[0] &&
        listing.price <= price[1];
      expect(through).toBe(fits(search, listing));
    }),
    { numRuns: 3_000 },
  );
});

test('a search reads few lists, of few facets', () => {
  fc.assert(
    fc.property(search, (search) => {
      const lists = listsOf(search, now);
      expect(lists.length).toBeLessThanOrEqual(6);
      expect(lists.flat().length).toBeLessThanOrEqual(125);
    }),
    { numRuns: 3_000 },
  );
});

test('only the list of everything, the newest first, is unfiltered', () => {
  const all: Search = { words: [], sort: 'newest', limit: 20 };
  expect(isUnfiltered(all, now)).toBe(true);
  const changes: Partial<Search>[] = [
    { words: ['jazz'] },
    { category: 'sport' },
    { from: now },
    { to: now },
    { minPrice: 0 },
    { maxPrice: 5 },
    { sort: 'price' },
  ];
  for (const change of changes) expect(isUnfiltered({ ...all, ...change }, now)).toBe(false);
});

test('places follow each other by value, then by id, in the direction of the sort', () => {
  const place = (value: number, id: string) => ({ value, id });
  for (const [sort, sign] of [
    ['price', true],
    ['soonest', true],
    ['-price', false],
    ['newest', false],
  ] as const) {
    const search: Search = { words: [], sort, limit: 20 };
    expect(isBeyond(search, place(2, 'a'), place(1, 'b'))).toBe(sign);
    expect(isBeyond(search, place(1, 'b'), place(1, 'a'))).toBe(sign);
    expect(isBeyond(search, place(1, 'a'), place(1, 'a'))).toBe(false);
  }
  const ticket = { _id: 'a', price: 5, sellsUntil: now };
  expect(TICKET_SORTS.map((sort) => positionOf(sort, ticket).value)).toEqual([now.getTime(), 0, 5, 5]);
});
