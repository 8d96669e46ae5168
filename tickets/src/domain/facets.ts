import type { Category, Listing } from '@ticketing/common/contract';
import { asText, fold, keysOf, wordsOf } from './words';

/** The lists that contain a listing, each named by one of its facets. */

/** The facet every listing has. It is renamed whenever facets are computed differently (see `upgrade.ts`). */
export const EVERYTHING = 'all 2';
/** Its former names. */
export const EVERYTHING_BEFORE = ['all'];

/** Maximum facets from the words of each text: a long title leaves enough for venue and city. */
const shares = { title: 160, venue: 64, city: 40 } as const;

const DAY = 86_400_000;
/** Later events are listed as if they started then. */
const LAST_DAY = Math.floor(Date.UTC(2036, 11, 31) / DAY);

export const wordFacet = (key: string) => `w ${key}`;
export const categoryFacet = (category: Category) => `category ${category}`;
/** Cities are compared by their letters only. */
export const cityFacet = (city: string) =>
  `city ${
    fold(city)
      .match(/[\p{L}\p{N}\p{M}]+/gu)
      ?.join(' ') ?? ''
  }`;

/** Calendar days are counted from 1970-01-01. */
export const dayOf = (time: Date | string) => Math.min(Math.floor(new Date(time).getTime() / DAY), LAST_DAY);
/** Prices within a band differ by at most a tenth. */
export const bandOf = (price: number) => Math.floor(8 * Math.log2(price));

/** Bucket sizes for days (1, 16 and 256) and price bands (1 and 8): a value is in one bucket of each size. */
const buckets = { day: [1, 16, 256], band: [1, 8] };
type Measure = keyof typeof buckets;

const bucketsOf = (measure: Measure, value: number) => buckets[measure].map((size) => bucket(measure, size, value));
const bucket = (measure: Measure, size: number, value: number) => `${measure}/${size} ${Math.floor(value / size)}`;

/** The fewest buckets that cover a range of values: small ones at the ends, bigger ones between. */
export function cover(measure: Measure, first: number, last: number): string[] {
  const found: string[] = [];
  for (let value = first; value <= last;) {
    const size = buckets[measure].findLast((size) => value % size === 0 && value + size - 1 <= last) ?? 1;
    found.push(bucket(measure, size, value));
    value += size;
  }
  return found;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATS = 500;

/** The calendar day (2026-11-21) of a time in an IANA time zone. */
export function localDayOf(time: Date, timeZone: string): string {
  if (formats.size > MAX_FORMATS) formats.clear();
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en', { timeZone, calendar: 'iso8601', year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  const parts = format.formatToParts(time);
  return ['year', 'month', 'day'].map((name) => parts.find(({ type }) => type === name)?.value).join('-');
}

/** What a listing can be found by. */
export interface Findable {
  facets: string[];
  /** All words of its title, venue and city (see `asText`). */
  text: string;
  /** The day of the event in its venue's time zone; null if it has no date. */
  localDay: string | null;
}

export function findable(listing: Listing): Findable {
  const { category, startsAt, timeZone, city, price } = listing;
  const words = { title: wordsOf(listing.title), venue: wordsOf(listing.venue ?? ''), city: wordsOf(city ?? '') };
  const localDay = startsAt && localDayOf(startsAt, timeZone ?? 'UTC');
  const keys = (['title', 'venue', 'city'] as const).flatMap((name) =>
    [...new Set(words[name].flatMap(keysOf))].slice(0, shares[name]),
  );
  return {
    facets: [
      EVERYTHING,
      ...[...new Set(keys)].map(wordFacet),
      categoryFacet(category),
      ...(city ? [cityFacet(city)] : []),
      ...(localDay ? bucketsOf('day', dayOf(localDay)) : []),
      ...bucketsOf('band', bandOf(price)),
    ],
    text: asText([...new Set(Object.values(words).flat())]),
    localDay,
  };
}
