import 'server-only';
import type { AxiosResponse } from 'axios';
import { headers } from 'next/headers';
import { cache, cacheSignal } from 'react';
import type {
  CityBody,
  CountBody,
  CurrentUserBody,
  OrderBody,
  PassBody,
  PaymentBody,
  TicketBody,
  TicketTotals,
  UserBody,
} from '@ticketing/common/contract';
import { ask, documentPath, passPath } from './ask';
import { serverTime } from './clock';
import { apiUrl } from '@/lib/config';
import { nextCursor, OWN_PAGE } from './paging';
import type { Purchase } from '@/lib/buy/purchase';
import { apiQuery, queryOf, type Search } from '@/lib/browse/search';

/**
 * The API as pages read it while they are rendered: with the visitor's own session.
 * Whatever is missing, or not this visitor's to see, is undefined; other failures throw, and become the error page.
 */

const forwarded = ['cookie', 'host', 'x-forwarded-for', 'x-forwarded-proto'];
const pageSize = 24;
const MAX_MAP_PAGES = 50;

async function get<T>(path: string, params?: Record<string, string | number | undefined>): Promise<AxiosResponse<T>> {
  const visitor = await headers();
  const sent = forwarded.flatMap((name) => {
    const value = visitor.get(name);
    return value === null ? [] : [[name, value]];
  });
  return ask<T>(`${apiUrl(path)}${path}`, {
    params,
    headers: Object.fromEntries(sent) as Record<string, string>,
    signal: cacheSignal(),
  });
}

const found = <T>({ status, data }: AxiosResponse<T>): T | undefined => (status === 200 ? data : undefined);

const one = async <T>(path: string | undefined): Promise<T | undefined> =>
  path === undefined ? undefined : found(await get<T>(path));

/** The signed-in visitor, or null. Asked once for a page, however many of its parts need it. */
export const currentUser = cache(async (): Promise<UserBody | null> => {
  const answer = await get<CurrentUserBody>('/api/users/currentuser');
  return found(answer)?.currentUser ?? null;
});

/** A page of tickets for sale, where they came from, and the cursor of the next page. */
export interface TicketPage {
  tickets: TicketBody[];
  /** The query of GET /api/tickets that they are the answer to, from its "?" on. */
  query: string;
  next?: string;
}

/** The tickets for sale that a search finds; undefined where the API does not take it. A page may be short although there is more. */
export async function listTickets(search: Search = {}): Promise<TicketPage | undefined> {
  const query = { ...apiQuery(search), limit: pageSize };
  const answer = await get<TicketBody[]>('/api/tickets', query);
  const tickets = found(answer);
  return tickets && { tickets, query: queryOf(query), next: nextCursor(answer.headers.link) };
}

/** How many tickets are for sale, and where most of them are; what cannot be told now is left out. */
export async function market(): Promise<{ count?: CountBody; cities: CityBody[] }> {
  const [count, cities] = await Promise.all(
    ['/api/tickets/count', '/api/tickets/cities'].map((path) => get<unknown>(path).then(found, () => undefined)),
  );
  return { count: count as CountBody | undefined, cities: (cities as CityBody[] | undefined) ?? [] };
}

/** The ids of the tickets for sale, whoever asks, the newest first: of the 5,000 newest at most. */
export async function ticketsForSale(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_MAP_PAGES; page++) {
    const answer = await get<TicketBody[]>('/api/tickets', { limit: 100, cursor });
    ids.push(...(found(answer) ?? []).map(({ id }) => id));
    cursor = nextCursor(answer.headers.link);
    if (!cursor) break;
  }
  return ids;
}

/** A ticket in any state. */
export const findTicket = cache((id: string) => one<TicketBody>(documentPath('/api/tickets', id)));

/** A page of what is the visitor's own, the newest first, and the cursor of the next page. */
export interface OwnPage<T> {
  items: T[];
  next?: string;
}

/** Undefined where nobody is signed in, or the cursor is not the API's. */
async function ownPage<T>(path: string, cursor: string | undefined): Promise<OwnPage<T> | undefined> {
  const answer = await get<T[]>(path, { limit: OWN_PAGE, cursor });
  const items = found(answer);
  return items && { items, next: nextCursor(answer.headers.link) };
}

/** The visitor's listings. */
export const myTickets = (cursor?: string) => ownPage<TicketBody>('/api/tickets/mine', cursor);

/** How the visitor's listings stand, all together. */
export const myTotals = async (): Promise<TicketTotals | undefined> =>
  found(await get<TicketTotals>('/api/tickets/mine/totals'));

/** The visitor's orders. */
export const myOrders = (cursor?: string) => ownPage<OrderBody>('/api/orders', cursor);

/** An order of the visitor's. */
export const findOrder = (id: string): Promise<OrderBody | undefined> =>
  one<OrderBody>(documentPath('/api/orders', id));

/** An order of the visitor's with its payment and the orders' clock. */
export const findPurchase = cache(async (id: string): Promise<Purchase | undefined> => {
  const path = documentPath('/api/orders', id);
  if (!path) return undefined;
  const [answer, payment] = await Promise.all([
    get<OrderBody>(path),
    one<PaymentBody>(documentPath('/api/payments', id)).catch(() => undefined),
  ]);
  const order = found(answer);
  return order && { order, payment: payment ?? null, serverNow: serverTime(answer.headers.date) };
});

/** What a pass is for, whoever asks; undefined if it is not genuine. */
export const findPass = (pass: string): Promise<PassBody | undefined> => one<PassBody>(passPath(pass));
