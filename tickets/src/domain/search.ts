import { MAX_PRICE, PROMISE_SOLD_BEFORE, type Category, type TicketSort } from '@ticketing/common/contract';
import { bandOf, categoryFacet, cityFacet, cover, dayOf, EVERYTHING, wordFacet } from './facets';
import type { Term } from './words';

/** A visitor's search; prices in minor units. */
export interface Search {
  /** Must occur in title, venue and city combined; no terms match nothing (see `findsNothing`). */
  terms?: Term[];
  category?: Category;
  city?: string;
  from?: Date;
  to?: Date;
  /** Days (2026-11-21) in the venue's time zone. */
  fromDay?: string;
  toDay?: string;
  minPrice?: number;
  maxPrice?: number;
  /** Whether to include tickets on hold. */
  held?: boolean;
  sort: TicketSort;
  /** Maximum tickets per page. */
  limit: number;
  after?: Position;
}

/** A position in a list: the sort value (a time in milliseconds; 0 for `newest`), then the id. */
export interface Position {
  value: number;
  id: string;
}

/** A ticket's position in a sort order. */
export const positionOf = (sort: TicketSort, { _id, price, sellsUntil }: Place): Position => ({
  value: { _id: 0, price, sellsUntil: sellsUntil?.getTime() ?? 0 }[sortings[sort].field],
  id: _id.toString(),
});

type Place = { price: number; sellsUntil: Date | null } & { _id: { toString(): string } };

/** Sort key of each order; ties are broken by id, in the same direction. */
export const sortings = {
  soonest: { field: 'sellsUntil', direction: 1 },
  newest: { field: '_id', direction: -1 },
  price: { field: 'price', direction: 1 },
  '-price': { field: 'price', direction: -1 },
} as const satisfies Record<TicketSort, { field: string; direction: 1 | -1 }>;

/** Until when a ticket without a date is sold. */
export const FOREVER = new Date('9999-12-31T23:59:59.999Z');

/** Number of search words, longest first, tried for the shortest list. */
const MAX_CONTESTANTS = 3;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Maximum time zone offsets ahead of UTC and behind it. */
const [AHEAD, BEHIND] = [14 * HOUR, 12 * HOUR];

/** Facets every match must have, besides those of its words. */
export const facetsFor = ({ category, city }: Search): string[] => [
  ...(category ? [categoryFacet(category)] : []),
  ...(city ? [cityFacet(city)] : []),
];

/**
 * Lowest and highest sort value of a search: events that have started are no longer for sale, and those of open promises
 * even earlier (see `soldUntil`).
 */
export function rangesOf(search: Search, now: Date) {
  const { fromDay, toDay, minPrice, maxPrice } = search;
  const starts = [
    now.getTime() + 1,
    search.from ? search.from.getTime() - PROMISE_SOLD_BEFORE : 0,
    fromDay === undefined ? 0 : Date.parse(fromDay) - AHEAD - PROMISE_SOLD_BEFORE,
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

/** Whether no ticket can possibly match. */
export function findsNothing(search: Search, now: Date): boolean {
  const { sellsUntil, price } = rangesOf(search, now);
  const [firstDay, lastDay] = daysOf(search, now);
  return (
    search.terms?.length === 0 ||
    sellsUntil[0] > sellsUntil[1] ||
    (search.from !== undefined && search.from > sellsUntil[1]) ||
    price[0] > price[1] ||
    (isDated(search) && firstDay > lastDay)
  );
}

/** The venue-local days of all possible matches: a venue's calendar differs by at most a day. */
function daysOf(search: Search, now: Date): [number, number] {
  const { fromDay, toDay } = search;
  const [first, last] = rangesOf(search, now).sellsUntil;
  return [
    Math.max(dayOf(first) - 1, fromDay === undefined ? 0 : dayOf(fromDay)),
    Math.min(dayOf(new Date(last.getTime() + DAY)), toDay === undefined ? Infinity : dayOf(toDay)),
  ];
}

/**
 * Lists, each a union of facets, that contain every match: any of them can be read in the search's order, skipping what
 * does not match. Which one is the shortest is not known beforehand.
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

/** Whether a search asks for everything for sale, newest first. */
export const isUnfiltered = (search: Search, now: Date) =>
  search.sort === 'newest' && listsOf(search, now)[0]?.[0] === EVERYTHING;

/** Whether one position comes after another in a search's order. */
export function isBeyond({ sort }: Search, one: Position, other: Position): boolean {
  const difference = one.value - other.value || (one.id > other.id ? 1 : one.id < other.id ? -1 : 0);
  return difference * sortings[sort].direction > 0;
}
