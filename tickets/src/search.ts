import { Batcher, type CityBody, type CountBody } from '@ticketing/common';
import { cityFacet } from './domain/facets';
import { findsNothing, isBeyond, isUnfiltered, listsOf, positionOf, type Search } from './domain/search';
import { countAll, countOf, readCities, readList, readNewest, type Page } from './lists';

/** How many entries of lists, and documents, a search examines at most. */
const BOUND = 1_000;

/**
 * A page of what can be bought: what fits of the tickets that a bounded look came across. It may be shorter than its
 * limit although there is more; `next` tells where to look on, and is undefined only at the end.
 */
export async function readPage(search: Search): Promise<Page> {
  const now = new Date();
  if (findsNothing(search, now)) return { tickets: [] };
  return isUnfiltered(search, now) ? newest.add(search) : searches.add(search);
}

/** Whoever wants the same page at the same time shares one look; a look that fails is the failure of no one else. */
const sharing = (read: (search: Search) => Promise<Page>) =>
  new Batcher<Search, Page>((wanted) => {
    const pages = new Map<string, Promise<Page | Error>>();
    return Promise.all(
      wanted.map((search) => {
        const key = JSON.stringify(search);
        const page = pages.get(key) ?? settled(read(search));
        pages.set(key, page);
        return page;
      }),
    );
  }, 4);

const settled = (page: Promise<Page>): Promise<Page | Error> =>
  page.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));

const newest = sharing((search) => readNewest(search, new Date()));
const searches = sharing((search) => look(search, new Date()));

/**
 * Looks three times at most. First at a few entries of each list that holds all that is looked for; then on in the one
 * that got furthest in the order of the search, because it has met the same hits with the fewest misses, first a little
 * and then as far as the bound lets it.
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

/** To merge what a list is the union of, MongoDB examines an entry of each; behind a position, of each of its two parts. */
const seamsOf = (list: string[], { after }: Search) => list.length * (after ? 2 : 1);

/** A list that was read to its end (it has no `next` to go on from) has told all. */
const leads = (search: Search, one: Page, other: Page) =>
  other.next !== undefined && (one.next === undefined || isBeyond(search, one.next, other.next));

function cut({ limit, sort }: Search, { tickets, next }: Page): Page {
  const last = tickets[limit - 1];
  return { tickets: tickets.slice(0, limit), next: tickets.length > limit && last ? positionOf(sort, last) : next };
}

/** What costs too much to be read for each who asks is kept for some seconds; all who ask meanwhile share it. */
function keep<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
  let known: { value: Promise<T>; until: number } | undefined;
  return () => {
    if (known && Date.now() < known.until) return known.value;
    const value = read();
    const kept = { value, until: Date.now() + milliseconds };
    known = kept;
    value.catch(() => {
      if (known === kept) known = undefined;
    });
    return value;
  };
}

const MOST_COUNTED = 10_000;
const MOST_COUNTED_OF_A_CITY = 1_000;
const [SAMPLE, CANDIDATES, CITIES] = [2_000, 30, 20];

/** How many tickets are for sale, at most ten seconds ago; counted up to 10,000. */
export const readCount = keep(10_000, async (): Promise<CountBody> => {
  const count = await countAll(new Date(), MOST_COUNTED + 1);
  return { count: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED };
});

/** The cities of most tickets for sale, at most thirty seconds ago. Each is counted up to 1,000. */
export const readTopCities = keep(30_000, async (): Promise<CityBody[]> => {
  const now = new Date();
  const cities = await readCities(SAMPLE, CANDIDATES);
  const counts = await Promise.all(cities.map((city) => countOf(cityFacet(city), now, MOST_COUNTED_OF_A_CITY)));
  return cities
    .map((city, index) => ({ city, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, CITIES);
});
