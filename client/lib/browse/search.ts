import type { Category, TicketSort } from '@ticketing/common/contract';
import { asDay, type Day } from './days';
import { readPrice } from '@/lib/price';

/** A search of the ticket list, as in its URL. */
export interface Search {
  q?: string;
  category?: Category;
  city?: string;
  /** Days in the venue's time zone, as shown on cards. */
  from?: Day;
  to?: Day;
  /** In dollars. */
  minPrice?: number;
  maxPrice?: number;
  sort?: TicketSort;
  /** The page's cursor, from the previous page. */
  cursor?: string;
}

export const categoryNames = [
  'concert',
  'sport',
  'theatre',
  'comedy',
  'festival',
  'other',
] as const satisfies readonly Category[];
export const sorts = ['newest', 'soonest', 'price', '-price'] as const satisfies readonly TicketSort[];

/** Filters, in display order. */
export const fields = ['q', 'category', 'city', 'from', 'to', 'minPrice', 'maxPrice', 'sort'] as const;
export type Field = (typeof fields)[number];

/** A URL parameter, as provided by Next.js. */
type Parameters = Record<string, string | string[] | undefined>;

const HIGHEST_PRICE = 999_999.99;
const asPrice = (text: string) => {
  const price = Number(readPrice(text));
  return price <= HIGHEST_PRICE ? price : undefined;
};

const parsers: { [F in Field]: (text: string) => Search[F] } = {
  q: (text) => (text.length <= 100 ? text : undefined),
  category: (text) => categoryNames.find((category) => category === text),
  city: (text) => (text.length <= 100 ? text : undefined),
  from: asDay,
  to: asDay,
  minPrice: asPrice,
  maxPrice: asPrice,
  sort: (text) => sorts.find((sort) => sort === text),
};

/** A parsed search: valid parameters, and the raw text of invalid ones. */
export interface Reading {
  search: Search;
  wrong: Partial<Record<Field, string>>;
}

/** Parses the list's URL. Invalid parameters are set aside, so that the rest still works. */
export function readSearch(parameters: Parameters): Reading {
  const typed = (name: string) => {
    const said = parameters[name];
    return (Array.isArray(said) ? said[0] : said)?.trim();
  };
  const search: Search = { cursor: typed('cursor') || undefined };
  const wrong: Reading['wrong'] = {};
  const read = <F extends Field>(field: F) => {
    const text = typed(field);
    if (!text) return;
    const value = parsers[field](text);
    if (value === undefined) wrong[field] = text;
    else search[field] = value;
  };
  fields.forEach(read);
  const { from, to } = search;
  if (from && to && to < from) Object.assign(search, { from: to, to: from });
  const { minPrice, maxPrice } = search;
  if (minPrice !== undefined && maxPrice !== undefined && maxPrice < minPrice)
    Object.assign(search, { minPrice: maxPrice, maxPrice: minPrice });
  return { search, wrong };
}

/** A query string of the given values, starting with "?"; empty if there are none. */
export const queryOf = (values: Record<string, string | number | undefined>): string => {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
};

/**
 * The path of a changed search; undefined removes a parameter. It starts at the first page, unless the change includes
 * a cursor.
 */
export const searchPath = (search: Search, change: Partial<Search> = {}): string =>
  `/${queryOf({ ...search, cursor: undefined, ...change })}`;

/** A search filter. */
export type Narrowing = 'q' | 'category' | 'city' | 'days' | 'price';

/** A search's filters, with the change that removes each. Both ends of a range go together. */
export const narrowings = ({ q, category, city, from, to, minPrice, maxPrice }: Search) =>
  [
    { name: 'q', isSet: q !== undefined, without: { q: undefined } },
    { name: 'category', isSet: category !== undefined, without: { category: undefined } },
    { name: 'city', isSet: city !== undefined, without: { city: undefined } },
    { name: 'days', isSet: from !== undefined || to !== undefined, without: { from: undefined, to: undefined } },
    {
      name: 'price',
      isSet: minPrice !== undefined || maxPrice !== undefined,
      without: { minPrice: undefined, maxPrice: undefined },
    },
  ].filter(({ isSet }) => isSet) as { name: Narrowing; without: Partial<Search> }[];

/** The default sort order. */
export const usualSort: TicketSort = 'soonest';

/** A search as a GET /api/tickets query (see TicketQuery): including tickets on hold, which may be for sale again. */
export function apiQuery({ from, to, sort = usualSort, ...search }: Search): Record<string, string | number> {
  const query = { ...search, fromDay: from, toDay: to, sort, held: 'include' };
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
