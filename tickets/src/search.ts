import { Batcher } from '@ticketing/common';
import { isBeyond, isUnfiltered, listsOf, positionOf, type Search } from './domain/search';
import { readList, readNewest, type Page } from './store';

/** How many entries of lists, and documents, a search examines at most. */
const BOUND = 1_000;

/**
 * A page of what can be bought: what fits of the tickets that a bounded look came across. It may be shorter than its
 * limit although there is more; `next` tells where to look on, and is undefined only at the end.
 */
export function readPage(search: Search): Promise<Page> {
  return isUnfiltered(search, new Date()) ? newest.add(search) : searches.add(search);
}

/** Whoever wants the same page at the same time shares one look. */
const sharing = (read: (search: Search) => Promise<Page>) =>
  new Batcher<Search, Page>((wanted) => {
    const pages = new Map<string, Promise<Page>>();
    return Promise.all(
      wanted.map((search) => {
        const key = JSON.stringify(search);
        const page = pages.get(key) ?? read(search);
        pages.set(key, page);
        return page;
      }),
    );
  }, 4);

const newest = sharing((search) => readNewest(search, new Date()));
const searches = sharing((search) => look(search, new Date()));

/**
 * Reads a few entries of each list that holds all that is looked for, then goes on with the one that got furthest in
 * the order of the search: between where it began and where it is, it has met everything, with the fewest strangers.
 */
async function look(search: Search, now: Date): Promise<Page> {
  const lists = listsOf(search, now);
  const seams = lists.reduce((sum, list) => sum + seamsOf(list, search), 0);
  const heat = Math.min(search.limit * 2, Math.floor((BOUND / 2 - seams) / lists.length));
  const parts = await Promise.all(lists.map((list) => readList(list, search, now, heat)));
  const best = parts.reduce((one, other) => (leads(search, other, one) ? other : one));
  if (!best.next || best.tickets.length >= search.limit) return cut(search, best);
  const list = lists[parts.indexOf(best)] ?? [];
  const onwards = { ...search, after: best.next };
  const rest = await readList(list, onwards, now, BOUND - seams - heat * lists.length - seamsOf(list, onwards));
  return cut(search, { ...rest, tickets: [...best.tickets, ...rest.tickets] });
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
