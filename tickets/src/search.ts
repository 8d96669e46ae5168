import { Batcher, type CityBody, type CountBody } from '@ticketing/common';
import { cityFacet } from './domain/facets';
import { findsNothing, isBeyond, isUnfiltered, listsOf, positionOf, type Search } from './domain/search';
import { keep } from './keep';
import { countAll, countOf, countSold, readCities, readList, readNewest, type Page } from './lists';

/** Maximum list entries and documents examined per search. */
const BOUND = 1_000;

/**
 * A page of tickets for sale: the matches found by a bounded scan. It may be shorter than its limit although there is
 * more; `next` says where to continue, and is undefined only at the end.
 */
export async function readPage(search: Search, now = new Date()): Promise<Page> {
  if (findsNothing(search, now)) return { tickets: [] };
  return (isUnfiltered(search, now) ? newest : searches).add({ search, now });
}

/** Concurrent requests for the same page share one scan; a failed scan is not shared. */
const sharing = (read: (search: Search, now: Date) => Promise<Page>) =>
  new Batcher<{ search: Search; now: Date }, Page>((wanted) => {
    const pages = new Map<string, Promise<Page | Error>>();
    return Promise.all(
      wanted.map(({ search, now }) => {
        const key = JSON.stringify(search);
        const page = pages.get(key) ?? settled(read(search, now));
        pages.set(key, page);
        return page;
      }),
    );
  }, 4);

const settled = (page: Promise<Page>): Promise<Page | Error> =>
  page.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));

const newest = sharing(readNewest);
const searches = sharing(look);

/**
 * Scans at most three times. First a few entries of each list that contains every match; then further in the list that
 * got furthest in the search's order, since it met the same matches with the fewest misses: first a little, then as far
 * as the limit allows.
 */
async function look(search: Search, now: Date): Promise<Page> {
  const lists = listsOf(search, now);
  const seams = lists.reduce((sum, list) => sum + seamsOf(list, search), 0);
  const first = Math.min(search.limit * 2, Math.floor((BOUND / 2 - seams) / lists.length));
  const parts = await Promise.all(lists.map((list) => readList(list, search, now, first)));
  let page = parts.reduce((best, other) => (leads(search, other, best) ? other : best));
  const list = lists[parts.indexOf(page)] ?? [];
  let left = BOUND - seams - first * lists.length;
  for (const share of [1 / 4, 1]) {
    if (!page.next || page.tickets.length >= search.limit) break;
    const onwards = { ...search, after: page.next };
    left -= seamsOf(list, onwards);
    const length = Math.floor(left * share);
    const more = await readList(list, onwards, now, length);
    left -= length;
    page = { ...more, tickets: [...page.tickets, ...more.tickets] };
  }
  return cut(search, page);
}

/** To merge a union, MongoDB examines one entry of each facet; after a position, of each of its two parts. */
const seamsOf = (list: string[], { after }: Search) => list.length * (after ? 2 : 1);

/** A list that was read to its end (it has no `next`) has yielded every match. */
const leads = (search: Search, one: Page, other: Page) =>
  other.next !== undefined && (one.next === undefined || isBeyond(search, one.next, other.next));

function cut({ limit, sort }: Search, { tickets, next }: Page): Page {
  const last = tickets[limit - 1];
  return { tickets: tickets.slice(0, limit), next: tickets.length > limit && last ? positionOf(sort, last) : next };
}

const MOST_COUNTED = 10_000;
const [MOST_COUNTED_OF_A_CITY, MOST_COUNTED_OF_A_SELLER] = [1_000, 1_000];
const [SAMPLE, CANDIDATES, CITIES] = [2_000, 30, 20];

/** Number of tickets for sale, at most ten seconds old; counted up to 10,000. */
export const readCount = keep(10_000, async (now): Promise<CountBody> => {
  return upTo(MOST_COUNTED, await countAll(now, MOST_COUNTED + 1));
});

/** Number of tickets a seller has sold; counted up to 1,000. */
export const readSold = async (seller: string): Promise<CountBody> =>
  upTo(MOST_COUNTED_OF_A_SELLER, await countSold(seller, MOST_COUNTED_OF_A_SELLER + 1));

const upTo = (most: number, count: number): CountBody => ({ count: Math.min(count, most), isMore: count > most });

/** The cities with the most tickets for sale, at most thirty seconds old. Each is counted up to 1,000. */
export const readTopCities = keep(30_000, async (now): Promise<CityBody[]> => {
  const cities = await readCities(SAMPLE, CANDIDATES);
  const counts = await Promise.all(cities.map((city) => countOf(cityFacet(city), now, MOST_COUNTED_OF_A_CITY)));
  return cities
    .map((city, index) => ({ city, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, CITIES);
});
