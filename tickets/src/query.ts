import { Category, parsePrice, Refusal, TICKET_SORTS, type TicketSort } from '@ticketing/common';
import type { Request } from 'express';
import { FOREVER, wordsOf, type Position, type Search } from './domain/search';
import { timeOf } from './listing';

type Query = Request['query'];

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const MAX_Q = 100;

/** Reads a field that may be left out, or be empty as a form sends it. */
function read<T>(query: Query, name: string, rule: string, parse: (text: string) => T | undefined): T | undefined {
  const said = query[name];
  if (said === undefined || said === '') return undefined;
  const value = typeof said === 'string' ? parse(said) : undefined;
  if (value === undefined) throw new Refusal(`${name} ${rule}`, 400, name);
  return value;
}

/** Reads the query of the list by hand: it is the most frequent request, and a validation chain costs as much as its query. */
export function searchOf(query: Query): Search {
  const time = (name: string) => read(query, name, 'must be a time in ISO 8601 with its offset or Z', timeOf);
  const price = (name: string) =>
    read(query, name, 'must be a price from 0 to 999,999.99, with two decimals at most', (text) =>
      Number(text) === 0 ? 0 : parsePrice(text),
    );
  const sort = read(query, 'sort', `must be one of ${TICKET_SORTS.join(', ')}`, sortOf) ?? 'newest';
  const search = {
    words:
      read(query, 'q', `must have at most ${MAX_Q} characters`, (text) =>
        text.length > MAX_Q ? undefined : wordsOf(text),
      ) ?? [],
    category: read(
      query,
      'category',
      `must be one of ${Category.options.join(', ')}`,
      (text) => Category.safeParse(text).data,
    ),
    from: time('from'),
    to: time('to'),
    minPrice: price('minPrice'),
    maxPrice: price('maxPrice'),
    sort,
    limit: limitOf(query),
    after: cursorOf(query, sort),
  };
  if (search.from && search.to && search.from > search.to) throw new Refusal('to must not be before from', 400, 'to');
  if ((search.minPrice ?? 0) > (search.maxPrice ?? Infinity))
    throw new Refusal('maxPrice must not be below minPrice', 400, 'maxPrice');
  return search;
}

const sortOf = (text: string) => TICKET_SORTS.find((sort) => sort === text);

function limitOf({ limit = String(DEFAULT_LIMIT) }: Query): number {
  if (typeof limit === 'string' && /^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)
    return Number(limit);
  throw new Refusal(`limit must be from 1 to ${MAX_LIMIT}`, 400, 'limit');
}

/** A cursor says the sort too: a position in one order means nothing in another. */
function cursorOf({ cursor }: Query, sort: TicketSort): Position | undefined {
  if (cursor === undefined) return undefined;
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, ofSort, value, id] = /^(-?[a-z]+) (\d{1,15}) ([0-9a-f]{24})$/.exec(text) ?? [];
  if (ofSort === sort && id && Number(value) <= FOREVER.getTime()) return { value: Number(value), id };
  throw new Refusal('cursor must come from a Link header of the same search', 400, 'cursor');
}

/** The address of the page after: the same search from a position on. */
export function addressOf(query: Query, { sort, limit }: Search, { value, id }: Position): string {
  const names = ['q', 'category', 'from', 'to', 'minPrice', 'maxPrice', 'sort'];
  const address = new URLSearchParams();
  for (const name of names) if (typeof query[name] === 'string' && query[name]) address.set(name, query[name]);
  address.set('limit', String(limit));
  address.set('cursor', Buffer.from(`${sort} ${value} ${id}`).toString('base64url'));
  return `/api/tickets?${address.toString()}`;
}
