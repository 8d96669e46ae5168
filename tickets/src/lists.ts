import type { TicketStatus } from '@ticketing/common';
import { cityFacet, EVERYTHING } from './domain/facets';
import { facetsFor, positionOf, rangesOf, sortings, type Position, type Search } from './domain/search';
import type { Term } from './domain/words';
import { HIDDEN, isForSale, newId, Tickets, type Shown } from './store';

/** What lists read from the database: without long descriptions, and never more than a page. */

/** The result of scanning part of a list, and where to continue; `next` is undefined at its end. */
export interface Page {
  tickets: Shown[];
  next?: Position;
}

const without = { $unset: ['description', ...HIDDEN] };

const wanted = ({ held }: Search): TicketStatus[] => (held ? ['available', 'held'] : ['available']);

/** A page of everything for sale, newest first. */
export async function readNewest(search: Search, now: Date): Promise<Page> {
  const { limit, after } = search;
  const found = await Tickets.aggregate<Shown>([
    { $match: { status: { $in: wanted(search) }, ...isForSale, ...(after && { _id: { $lt: newId(after.id) } }) } },
    { $sort: { _id: -1 } },
    { $limit: limit },
    without,
  ]).hint({ status: 1, _id: -1 });
  return {
    tickets: found.filter(({ sellsUntil }) => sellsUntil && sellsUntil > now),
    next: nextOf('newest', found, limit),
  };
}

/** A seller's listings in any status, newest first. */
export async function readListingsOf(userId: string, { limit, after }: Pick<Search, 'limit' | 'after'>): Promise<Page> {
  const tickets = await Tickets.aggregate<Shown>([
    { $match: { userId, ...(after && { _id: { $lt: newId(after.id) } }) } },
    { $sort: { _id: -1 } },
    { $limit: limit },
    without,
  ]);
  return { tickets, next: nextOf('newest', tickets, limit) };
}

function nextOf(sort: Search['sort'], found: Shown[], limit: number): Position | undefined {
  const last = found.length === limit ? found.at(-1) : undefined;
  return last && positionOf(sort, last);
}

/**
 * Scans `length` entries of a list, a union of facets, in the search's order and returns the matches. MongoDB examines
 * no more than these, and one entry per facet to merge them.
 */
export async function readList(facets: string[], search: Search, now: Date, length: number): Promise<Page> {
  const { field, direction } = sortings[search.sort];
  const ranges = rangesOf(search, now);
  const inRange = field === '_id' ? {} : { [field]: { $gte: ranges[field][0], $lte: ranges[field][1] } };
  const starts = startsAfter(search);
  const [look] = await Tickets.aggregate<{ seen: number; last: Shown; tickets: Shown[] }>([
    {
      $match: {
        $and: [
          { $or: facets.flatMap((facet) => starts.map((start) => ({ facets: facet, $and: [inRange, start] }))) },
          isForSale,
        ],
      },
    },
    { $sort: { [field]: direction, _id: direction } },
    { $limit: length },
    { $set: { fits: { $and: conditionsOf(search, ranges) } } },
    without,
    {
      $group: {
        _id: null,
        seen: { $sum: 1 },
        last: { $last: '$$ROOT' },
        tickets: { $push: { $cond: ['$fits', '$$ROOT', '$$REMOVE'] } },
      },
    },
    { $set: { tickets: { $slice: ['$tickets', search.limit + 1] } } },
    { $unset: ['tickets.fits'] },
  ]).hint({ facets: 1, [field]: field === '_id' ? -1 : 1, ...(field !== '_id' && { _id: 1 }) });
  if (!look) return { tickets: [] };
  return { tickets: look.tickets, next: look.seen < length ? undefined : positionOf(search.sort, look.last) };
}

/** A search's conditions, as MongoDB expressions. */
const conditionsOf = (search: Search, ranges: ReturnType<typeof rangesOf>): object[] => [
  { $in: ['$status', wanted(search)] },
  { $setIsSubset: [facetsFor(search), '$facets'] },
  ...(search.from ? [{ $gte: ['$startsAt', search.from] }] : []),
  ...(search.to ? [{ $lte: ['$startsAt', search.to] }] : []),
  ...Object.entries(ranges).flatMap(([name, [first, last]]) => [
    { $gte: [`$${name}`, first] },
    { $lte: [`$${name}`, last] },
  ]),
  ...(search.fromDay === undefined ? [] : [{ $gte: ['$localDay', search.fromDay] }]),
  ...(search.toDay === undefined ? [] : [{ $lte: ['$localDay', search.toDay] }]),
  ...(search.terms ?? []).map(stands),
];

/** Whether a term occurs in a ticket's text, in any spelling. */
const stands = ({ readings }: Term) => ({
  $or: readings.map((patterns) => ({
    $and: patterns.map((pattern) => ({ $gte: [{ $indexOfBytes: ['$text', pattern] }, 0] })),
  })),
});

/** What follows a position in a list: the same value with a later id, or a later value. */
function startsAfter({ sort, after }: Search): object[] {
  if (!after) return [{}];
  const { field, direction } = sortings[sort];
  const beyond = direction === 1 ? '$gt' : '$lt';
  const behind = { _id: { [beyond]: newId(after.id) } };
  if (field === '_id') return [behind];
  const value = field === 'sellsUntil' ? new Date(after.value) : after.value;
  return [{ [field]: value, ...behind }, { [field]: { [beyond]: value } }];
}

/** Number of tickets for sale (held ones included) with a facet, counted up to `most`. */
export async function countOf(facet: string, now: Date, most: number): Promise<number> {
  const [counted] = await Tickets.aggregate<{ count: number }>([
    { $match: { facets: facet, sellsUntil: { $gt: now } } },
    { $limit: most },
    { $count: 'count' },
  ]).hint({ facets: 1, sellsUntil: 1, _id: 1 });
  return counted?.count ?? 0;
}

export const countAll = (now: Date, most: number) => countOf(EVERYTHING, now, most);

/** The cities of the newest listings for sale (at most `sample` of them), most frequent first. */
export async function readCities(sample: number, atMost: number): Promise<string[]> {
  const found = await Tickets.aggregate<{ _id: string }>([
    { $match: { status: 'available', ...isForSale } },
    { $sort: { _id: -1 } },
    { $limit: sample },
    { $group: { _id: '$city', count: { $sum: 1 } } },
    { $match: { _id: { $ne: null } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: atMost },
  ]).hint({ status: 1, _id: -1 });
  const named = new Map(found.map(({ _id }) => [cityFacet(_id), _id]).reverse() as [string, string][]);
  return [...named.values()].reverse();
}

/** Number of listings removed at once: each has an entry in every list of its facets. */
const RETIRED_AT_ONCE = 200;

/** Removes listings whose event has started from the lists. Readers skip them anyway: this keeps the lists short. */
export async function retireBegun(now: Date): Promise<void> {
  for (let ids = await begun(now); ids.length > 0; ids = await begun(now))
    await Tickets.collection.updateMany({ _id: { $in: ids }, ...isBegun(now) }, { $set: { sellsUntil: null } });
}

const isBegun = (now: Date) => ({ sellsUntil: { $gt: new Date(0), $lte: now } });

async function begun(now: Date) {
  const found = await Tickets.aggregate<Pick<Shown, '_id'>>([
    { $match: { facets: EVERYTHING, ...isBegun(now) } },
    { $limit: RETIRED_AT_ONCE },
    { $project: { _id: 1 } },
  ]).hint({ facets: 1, sellsUntil: 1, _id: 1 });
  return found.map(({ _id }) => _id);
}

/** Number of tickets that a seller sold, without those refunded, counted up to `most`. */
export async function countSold(userId: string, most: number): Promise<number> {
  const [counted] = await Tickets.aggregate<{ count: number }>([
    { $match: { userId, status: 'sold', isVoid: { $ne: true } } },
    { $limit: most },
    { $count: 'count' },
  ]).hint({ userId: 1, status: 1, isVoid: 1 });
  return counted?.count ?? 0;
}
