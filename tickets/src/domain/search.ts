import { MAX_PRICE, type Category, type TicketSort } from '@ticketing/common/contract';
import { bandOf, categoryFacet, cityFacet, cover, dayOf, EVERYTHING, wordFacet } from './facets';
import type { Term } from './words';

/** What a visitor looks for; prices in minor units. */
export interface Search {
  /** What the title, the venue and the city together have; nothing is found by none (see `findsNothing`). */
  terms?: Term[];
  category?: Category;
  city?: string;
  from?: Date;
  to?: Date;
  /** Days (2026-11-21) of the calendar where the event takes place. */
  fromDay?: string;
  toDay?: string;
  minPrice?: number;
  maxPrice?: number;
  /** Whether tickets are wanted that others hold. */
  held?: boolean;
  sort: TicketSort;
  /** How many tickets a page has at most. */
  limit: number;
  after?: Position;
}

/** A place in a list: the value that the list is sorted by (a time in milliseconds; 0 for `newest`), then the id. */
export interface Position {
  value: number;
  id: string;
}

/** A ticket's place in the list of a sort. */
export const positionOf = (sort: TicketSort, { _id, price, sellsUntil }: Place): Position => ({
  value: { _id: 0, price, sellsUntil: sellsUntil?.getTime() ?? 0 }[sortings[sort].field],
  id: _id.toString(),
});

type Place = { price: number; sellsUntil: Date | null } & { _id: { toString(): string } };

/** What each list is sorted by; then by the id in the same direction. */
export const sortings = {
  soonest: { field: 'sellsUntil', direction: 1 },
  newest: { field: '_id', direction: -1 },
  price: { field: 'price', direction: 1 },
  '-price': { field: 'price', direction: -1 },
} as const satisfies Record<TicketSort, { field: string; direction: 1 | -1 }>;

/** Until when a ticket is sold whose seller does not say when its event begins. */
export const FOREVER = new Date('9999-12-31T23:59:59.999Z');

/** So many words of a search, the longest, are tried for the shortest list. */
const MAX_CONTESTANTS = 3;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far clocks are ahead of UTC at most, and behind it. */
const [AHEAD, BEHIND] = [14 * HOUR, 12 * HOUR];

/** The facets that all that is looked for has, beside its words. */
export const facetsFor = ({ category, city }: Search): string[] => [
  ...(category ? [categoryFacet(category)] : []),
  ...(city ? [cityFacet(city)] : []),
];

/** The first and the last value that a search allows: whatever has begun is no longer for sale. */
export function rangesOf(search: Search, now: Date) {
  const { fromDay, toDay, minPrice, maxPrice } = search;
  const starts = [
    now.getTime() + 1,
    search.from?.getTime() ?? 0,
    fromDay === undefined ? 0 : Date.parse(fromDay) - AHEAD,
  ];
  const ends = [
    FOREVER.getTime() - (isDated(search) ? 1 : 0),
    search.to?.getTime() ?? Infinity,
    toDay === undefined ? Infinity : Date.parse(toDay) + DAY - 1 + BEHIND,
  ];
  return {
    sellsUntil: [new Date(Math.max(...starts)), new Date(Math.min(...ends))] as const,
    price: [Math.max(minPrice ?? 1, 1), maxPrice ?? MAX_PRICE] as const,
  };
}

const isDated = ({ from, to, fromDay, toDay }: Search) => (from ?? to ?? fromDay ?? toDay) !== undefined;

/** Whether nothing can fit, whatever there is. */
export function findsNothing(search: Search, now: Date): boolean {
  const { sellsUntil, price } = rangesOf(search, now);
  const [firstDay, lastDay] = daysOf(search, now);
  return (
    search.terms?.length === 0 ||
    sellsUntil[0] > sellsUntil[1] ||
    price[0] > price[1] ||
    (isDated(search) && firstDay > lastDay)
  );
}

/** The days at the events' venues on which all falls that a search allows: a venue's calendar is a day off at most. */
function daysOf(search: Search, now: Date): [number, number] {
  const { fromDay, toDay } = search;
  const [first, last] = rangesOf(search, now).sellsUntil;
  return [
    Math.max(dayOf(first) - 1, fromDay === undefined ? 0 : dayOf(fromDay)),
    Math.min(dayOf(new Date(last.getTime() + DAY)), toDay === undefined ? Infinity : dayOf(toDay)),
  ];
}

/**
 * Lists, each the union of some facets, that hold all that is looked for: any of them can be read in the order of
 * the search, leaving out what does not fit. Which is the shortest nobody knows beforehand.
 */
export function listsOf(search: Search, now: Date): string[][] {
  const { terms = [], minPrice, maxPrice, sort } = search;
  const { field } = sortings[sort];
  const keys = [...new Set(terms.map(({ key }) => key))].sort((one, other) => other.length - one.length);
  const lists = keys.slice(0, MAX_CONTESTANTS).map((key) => [wordFacet(key)]);
  for (const facet of facetsFor(search)) lists.push([facet]);
  if (isDated(search) && field !== 'sellsUntil') lists.push(cover('day', ...daysOf(search, now)));
  if ((minPrice ?? maxPrice) !== undefined && field !== 'price') {
    const [first, last] = rangesOf(search, now).price;
    lists.push(cover('band', bandOf(first), bandOf(last)));
  }
  return lists.length > 0 ? lists : [[EVERYTHING]];
}

/** Whether all that can be bought is looked for, the newest first. */
export const isUnfiltered = (search: Search, now: Date) =>
  search.sort === 'newest' && listsOf(search, now)[0]?.[0] === EVERYTHING;

/** Whether, in the order of a search, a place comes after another. */
export function isBeyond({ sort }: Search, one: Position, other: Position): boolean {
  const difference = one.value - other.value || (one.id > other.id ? 1 : one.id < other.id ? -1 : 0);
  return difference * sortings[sort].direction > 0;
}
