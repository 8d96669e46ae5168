import { Category, parsePrice, Refusal, TICKET_SORTS, timeOf, type TicketSort } from '@ticketing/common';
import type { Request } from 'express';
import { FOREVER, wordsOf, type Position, type Search } from './domain/search';

type Query = Request['query'];

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const MAX_Q = 100;

/** Reads a field that may be left out, or be empty as a form sends it. */
function read<T>(query: Query, field: string, problem: FieldProblem, parse: (text: string) => T | undefined) {
  const given = query[field];
  if (given === undefined || given === '') return undefined;
  const value = typeof given === 'string' ? parse(given) : undefined;
  if (value === undefined) throw problem(field);
  return value;
}

type FieldProblem = (field: string) => Refusal;
const noTime: FieldProblem = (field) => new Refusal('time-malformed', { field, params: { field } });
const noPrice: FieldProblem = (field) => new Refusal('price-malformed', { field, params: { field } });
const tooLong: FieldProblem = (field) => new Refusal('text-too-long', { field, params: { field, max: MAX_Q } });
const noOption =
  (options: readonly string[]): FieldProblem =>
  (field) =>
    new Refusal('option-unknown', { field, params: { field, options: options.join(', ') } });

/** Reads the query of the list by hand: it is the most frequent request, and a validation chain costs as much as its query. */
export function searchOf(query: Query): Search {
  const time = (name: string) => read(query, name, noTime, timeOf);
  const price = (name: string) => read(query, name, noPrice, limitPrice);
  const sort = read(query, 'sort', noOption(TICKET_SORTS), sortOf) ?? 'newest';
  const search = {
    words: read(query, 'q', tooLong, (text) => (text.length > MAX_Q ? undefined : wordsOf(text))) ?? [],
    category: read(query, 'category', noOption(Category.options), (text) => Category.safeParse(text).data),
    from: time('from'),
    to: time('to'),
    minPrice: price('minPrice'),
    maxPrice: price('maxPrice'),
    sort,
    limit: limitOf(query),
    after: cursorOf(query, sort),
  };
  if (search.from && search.to && search.from > search.to) throw new Refusal('to-before-from', { field: 'to' });
  if ((search.minPrice ?? 0) > (search.maxPrice ?? Infinity))
    throw new Refusal('price-range-reversed', { field: 'maxPrice' });
  return search;
}

const limitPrice = (text: string) => (Number(text) === 0 ? 0 : parsePrice(text));

const sortOf = (text: string) => TICKET_SORTS.find((sort) => sort === text);

function limitOf({ limit = String(DEFAULT_LIMIT) }: Query): number {
  if (typeof limit === 'string' && /^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)
    return Number(limit);
  throw new Refusal('limit-out-of-range', { field: 'limit', params: { max: MAX_LIMIT } });
}

/** A cursor says the sort too: a position in one order means nothing in another. */
function cursorOf({ cursor }: Query, sort: TicketSort): Position | undefined {
  if (cursor === undefined) return undefined;
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, ofSort, value, id] = /^(-?[a-z]+) (\d{1,15}) ([0-9a-f]{24})$/.exec(text) ?? [];
  if (ofSort === sort && id && Number(value) <= FOREVER.getTime()) return { value: Number(value), id };
  throw new Refusal('cursor-unknown', { field: 'cursor' });
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
