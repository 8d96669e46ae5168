import {
  Category,
  examplePrice,
  isLonger,
  limitOf,
  ourMoney,
  parsePrice,
  Refusal,
  TICKET_SORTS,
  timeOf,
  type TicketSort,
} from '@ticketing/common';
import type { Request } from 'express';
import { FOREVER, type Position, type Search } from './domain/search';
import { termsOf } from './domain/words';

type Query = Request['query'];

const SEARCHED = { standard: 20, max: 100 };
const OWN = { standard: 100, max: 100 };
const MAX_TEXT = 100;

/** Parses an optional field, which may also be empty, as forms send it. */
function read<T>(query: Query, field: string, problem: FieldProblem, parse: (text: string) => T | undefined) {
  const given = query[field];
  if (given === undefined || given === '') return undefined;
  const value = typeof given === 'string' ? parse(given) : undefined;
  if (value === undefined) throw problem(field);
  return value;
}

type FieldProblem = (field: string) => Refusal;
const noTime: FieldProblem = (field) => new Refusal('time-malformed', { field, params: { field } });
const noPrice: FieldProblem = (field) => {
  const money = ourMoney();
  const params = { field, decimals: money.digits, price: examplePrice(money) };
  return new Refusal('price-malformed', { field, params });
};
const noDay: FieldProblem = (field) => new Refusal('day-malformed', { field, params: { field } });
const tooLong: FieldProblem = (field) => new Refusal('text-too-long', { field, params: { field, max: MAX_TEXT } });
const noOption =
  (options: readonly string[]): FieldProblem =>
  (field) =>
    new Refusal('option-unknown', { field, params: { field, options: options.join(', ') } });

/**
 * Parses the list's query by hand: it is the most frequent request, and a validation chain would cost as much as its
 * query.
 */
export function searchOf(query: Query): Search {
  const time = (name: string) => read(query, name, noTime, timeOf);
  const price = (name: string) => read(query, name, noPrice, limitPrice);
  const sort = read(query, 'sort', noOption(TICKET_SORTS), sortOf) ?? 'newest';
  const day = (name: string) => read(query, name, noDay, dayOf);
  const search: Search = {
    terms: read(query, 'q', tooLong, (text) => (isLonger(text, MAX_TEXT) ? undefined : wanted(text)))?.terms,
    category: read(query, 'category', noOption(Category.options), (text) => Category.safeParse(text).data),
    city: read(query, 'city', tooLong, (text) => (isLonger(text, MAX_TEXT) ? undefined : text)),
    from: time('from'),
    to: time('to'),
    fromDay: day('fromDay'),
    toDay: day('toDay'),
    minPrice: price('minPrice'),
    maxPrice: price('maxPrice'),
    held: read(query, 'held', noOption(['include']), (text) => text === 'include' || undefined),
    sort,
    limit: limitOf(query, SEARCHED),
    after: cursorOf(query, sort),
  };
  if (search.from && search.to && search.from > search.to) throw new Refusal('to-before-from', { field: 'to' });
  if (search.fromDay && search.toDay && search.fromDay > search.toDay)
    throw new Refusal('to-before-from', { field: 'toDay' });
  if ((search.minPrice ?? 0) > (search.maxPrice ?? Infinity))
    throw new Refusal('price-range-reversed', { field: 'maxPrice' });
  return search;
}

/** Page of a seller's listings: size and starting position. */
export const pageOf = (query: Query) => ({ limit: limitOf(query, OWN), after: cursorOf(query, 'newest') });

/** Only spaces means no search; only symbols finds nothing. */
const wanted = (text: string) => ({ terms: text.trim() === '' ? undefined : termsOf(text) });

/** A calendar day (2026-11-21), in the years of `timeOf`. */
const dayOf = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) && timeOf(`${text}T00:00:00Z`) ? text : undefined);

const limitPrice = (text: string) => (Number(text) === 0 ? 0 : parsePrice(text));

const sortOf = (text: string) => TICKET_SORTS.find((sort) => sort === text);

/** A cursor includes the sort: a position in one order means nothing in another. */
function cursorOf({ cursor }: Query, sort: TicketSort): Position | undefined {
  if (cursor === undefined) return undefined;
  const text = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, ofSort, value, id] = /^(-?[a-z]+) (\d{1,15}) ([0-9a-f]{24})$/.exec(text) ?? [];
  if (ofSort === sort && id && Number(value) <= FOREVER.getTime()) return { value: Number(value), id };
  throw new Refusal('cursor-unknown', { field: 'cursor' });
}

const FILTERS = ['q', 'category', 'city', 'from', 'to', 'fromDay', 'toDay', 'minPrice', 'maxPrice', 'held', 'sort'];

/** URL of the next page: the same search from a position on. */
export function addressOf(query: Query, { sort, limit }: Search, position: Position): string {
  const said = FILTERS.flatMap((name): [string, string][] => {
    const value = query[name];
    return typeof value === 'string' && value ? [[name, value]] : [];
  });
  return `/api/tickets?${pageAddress(said, sort, limit, position)}`;
}

/** URL of the next page of a seller's own listings. */
export const ownAddressOf = (limit: number, position: Position): string =>
  `/api/tickets/mine?${pageAddress([], 'newest', limit, position)}`;

const pageAddress = (said: [string, string][], sort: TicketSort, limit: number, { value, id }: Position) =>
  new URLSearchParams([
    ...said,
    ['limit', String(limit)],
    ['cursor', Buffer.from(`${sort} ${value} ${id}`).toString('base64url')],
  ]).toString();
