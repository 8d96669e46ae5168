import { MAX_PRICE, type Category, type Listing, type TicketSort } from '@ticketing/common/contract';

/** What a visitor looks for; prices in minor units. */
export interface Search {
  /** Folded words (see `wordsOf`), each of which the title, the venue or the city has. */
  words: string[];
  category?: Category;
  from?: Date;
  to?: Date;
  minPrice?: number;
  maxPrice?: number;
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

const MAX_WORDS = 24;
const MAX_WORD = 40;
/** So many words of a search, the longest, are tried for the shortest list. */
const MAX_CONTESTANTS = 3;
const DAY = 86_400_000;
/** What begins later is found as if it began then. */
const LAST_DAY = Math.floor(Date.UTC(2036, 11, 31) / DAY);

/** The words of a text without case and accents, each once. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu)?.map((found) => found.slice(0, MAX_WORD)))];
}

/** The facet of every listing. */
export const EVERYTHING = 'all';
const word = (text: string) => `word ${text}`;
const kind = (category: Category) => `category ${category}`;

const dayOf = (time: Date) => Math.min(Math.floor(time.getTime() / DAY), LAST_DAY);
/** Prices of a band differ by a tenth at most. */
const bandOf = (price: number) => Math.floor(8 * Math.log2(price));

/** Buckets of days (1, 16 and 256) and of bands of prices (1 and 8): a value is in one of each size. */
const buckets = { day: [1, 16, 256], band: [1, 8] };
type Measure = keyof typeof buckets;

const bucketsOf = (measure: Measure, value: number) => buckets[measure].map((size) => bucket(measure, size, value));
const bucket = (measure: Measure, size: number, value: number) => `${measure}/${size} ${Math.floor(value / size)}`;

/** The fewest buckets that cover a span of values: small ones at its ends, bigger ones between. */
function cover(measure: Measure, first: number, last: number): string[] {
  const found: string[] = [];
  for (let value = first; value <= last;) {
    const size = buckets[measure].findLast((size) => value % size === 0 && value + size - 1 <= last) ?? 1;
    found.push(bucket(measure, size, value));
    value += size;
  }
  return found;
}

/** The lists in which a listing stands: all, and those of its words, its category, its date and its price. */
export const facetsOf = ({ title, venue, city, category, startsAt, price }: Listing): string[] => [
  EVERYTHING,
  ...wordsOf([title, venue, city].join(' ')).slice(0, MAX_WORDS).map(word),
  kind(category),
  ...(startsAt ? bucketsOf('day', dayOf(startsAt)) : []),
  ...bucketsOf('band', bandOf(price)),
];

/** The facets that all that is looked for has. */
export const facetsFor = ({ words, category }: Search): string[] => [
  ...words.map(word),
  ...(category ? [kind(category)] : []),
];

/** The first and the last value that a search allows: whatever has begun is no longer for sale. */
export const rangesOf = ({ from, to, minPrice, maxPrice }: Search, now: Date) => ({
  sellsUntil: [
    from && from > now ? from : new Date(now.getTime() + 1),
    to ?? new Date(FOREVER.getTime() - (from ? 1 : 0)),
  ] as const,
  price: [Math.max(minPrice ?? 1, 1), maxPrice ?? MAX_PRICE] as const,
});

/**
 * Lists, each the union of some facets, that hold all that is looked for: any of them can be read in the order of
 * the search, leaving out what does not fit. Which is the shortest nobody knows beforehand.
 */
export function listsOf(search: Search, now: Date): string[][] {
  const { words, category, from, to, minPrice, maxPrice, sort } = search;
  const { field } = sortings[sort];
  const ranges = rangesOf(search, now);
  const longest = [...words].sort((one, other) => other.length - one.length).slice(0, MAX_CONTESTANTS);
  const lists = longest.map((text) => [word(text)]);
  if (category) lists.push([kind(category)]);
  if ((from ?? to) && field !== 'sellsUntil') lists.push(cover('day', ...span(ranges.sellsUntil, dayOf)));
  if ((minPrice ?? maxPrice) !== undefined && field !== 'price')
    lists.push(cover('band', ...span(ranges.price, bandOf)));
  return lists.length > 0 ? lists : [[EVERYTHING]];
}

const span = <T>([first, last]: readonly [T, T], measure: (value: T) => number) =>
  [measure(first), measure(last)] as const;

/** Whether all that can be bought is looked for, the newest first. */
export const isUnfiltered = (search: Search, now: Date) =>
  search.sort === 'newest' && listsOf(search, now)[0]?.[0] === EVERYTHING;

/** Whether, in the order of a search, a place comes after another. */
export function isBeyond({ sort }: Search, one: Position, other: Position): boolean {
  const difference = one.value - other.value || (one.id > other.id ? 1 : one.id < other.id ? -1 : 0);
  return difference * sortings[sort].direction > 0;
}
