import 'server-only';
import type { AxiosResponse } from 'axios';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type {
  AccountBody,
  CityBody,
  CountBody,
  CurrentUserBody,
  FactorsBody,
  OrderBody,
  PassBody,
  PaymentBody,
  SessionBody,
  TicketBody,
  TicketTotals,
  UnsettledBody,
} from '@ticketing/common/contract';
import { ask, documentPath, passPath, type Question } from './ask';
import { serverTime } from './clock';
import { apiUrl } from '@/lib/config';
import { nextCursor, OWN_PAGE } from './paging';
import { forEveryone, untilVisitorLeaves } from './visit';
import type { Purchase } from '@/lib/buy/purchase';
import { apiQuery, queryOf, type Search } from '@/lib/browse/search';

/**
 * The API for server rendering, with the visitor's session. Anything missing, or not this visitor's to see, is
 * undefined; other failures throw and become the error page.
 */

const forwarded = ['cookie', 'host', 'x-forwarded-for', 'x-forwarded-proto', 'x-request-id'];
const pageSize = 24;
const MAX_MAP_PAGES = 50;

/** Asks the API on behalf of a visitor. */
export type Get = <T>(
  path: string,
  params?: Question['params'],
  question?: Pick<Question, 'deadlineMs' | 'isStream'>,
) => Promise<AxiosResponse<T>>;

/** A function that asks the API on behalf of this request's visitor, even after the response has started. */
export async function asVisitor(): Promise<Get> {
  const visitor = await headers();
  const sent = forwarded.flatMap((name) => {
    const value = visitor.get(name);
    return value === null ? [] : [[name, value]];
  });
  const visitors = { headers: Object.fromEntries(sent) as Record<string, string>, signal: untilVisitorLeaves() };
  return <T>(path: string, params?: Question['params'], question: Parameters<Get>[2] = {}) =>
    ask<T>(`${apiUrl(path)}${path}`, { ...question, ...visitors, params }).catch((error: unknown) => {
      // Nobody is waiting any more. Next.js logs other errors.
      if (visitors.signal?.aborted) notFound();
      throw error;
    });
}

export const get: Get = async (...asked) => (await asVisitor())(...asked);

export const found = <T>({ status, data }: AxiosResponse<T>): T | undefined => (status === 200 ? data : undefined);

export const one = async <T>(path: string | undefined): Promise<T | undefined> =>
  path === undefined ? undefined : found(await get<T>(path));

/** The signed-in visitor, or null. Fetched once per page, however many of its parts need it. */
export const currentUser = cache(async (): Promise<CurrentUserBody['currentUser']> => {
  const answer = await get<CurrentUserBody>('/api/users/currentuser');
  return found(answer)?.currentUser ?? null;
});

/** The visitor's own account; undefined if it no longer exists. */
export const myAccount = () => one<AccountBody>('/api/users/me');

/** Where the visitor is signed in; undefined if unavailable. */
export const mySessions = () => one<SessionBody[]>('/api/users/sessions').catch(() => undefined);

/** How the visitor signs in, besides by password; undefined if unavailable. */
export const myFactors = () => one<FactorsBody>('/api/users/me/factors').catch(() => undefined);

/** What the deletion of the visitor's account waits for, as far as available. */
export const myUnsettled = () => one<UnsettledBody>('/api/orders/leaving').catch(() => undefined);

/** A page of tickets for sale, their query, and the next cursor. */
export interface TicketPage {
  tickets: TicketBody[];
  /** The GET /api/tickets query that returned them, starting with "?". */
  query: string;
  next?: string;
}

/**
 * The tickets for sale that match a search; undefined if the API rejects it. A page may be short although there is
 * more.
 */
export async function listTickets(search: Search = {}): Promise<TicketPage | undefined> {
  const query = { ...apiQuery(search), limit: pageSize };
  const answer = await get<TicketBody[]>('/api/tickets', query);
  const tickets = found(answer);
  return tickets && { tickets, query: queryOf(query), next: nextCursor(answer.headers.link) };
}

/** Number of tickets for sale, and the cities with most of them; omitted if unavailable. */
export async function market(): Promise<{ count?: CountBody; cities: CityBody[] }> {
  const [count, cities] = await Promise.all(
    ['/api/tickets/count', '/api/tickets/cities'].map((path) => get<unknown>(path).then(found, () => undefined)),
  );
  return { count: count as CountBody | undefined, cities: (cities as CityBody[] | undefined) ?? [] };
}

/** Ids of the up to 5,000 newest tickets for sale, for anyone. */
export const ticketsForSale = (): Promise<string[]> => forEveryone(readTicketsForSale);

async function readTicketsForSale(): Promise<string[]> {
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

/** A ticket in any status. */
export const findTicket = cache((id: string) => one<TicketBody>(documentPath('/api/tickets', id)));

/** A page of the visitor's own items, newest first, and the next cursor. */
export interface OwnPage<T> {
  items: T[];
  next?: string;
}

/** Undefined if signed out, or if the cursor is invalid. */
export async function ownPage<T>(path: string, cursor: string | undefined, ask = get): Promise<OwnPage<T> | undefined> {
  const answer = await ask<T[]>(path, { limit: OWN_PAGE, cursor });
  const items = found(answer);
  return items && { items, next: nextCursor(answer.headers.link) };
}

/** The visitor's listings. */
export const myTickets = (cursor?: string) => ownPage<TicketBody>('/api/tickets/mine', cursor);

/** Totals of the visitor's listings. */
export const myTotals = async (): Promise<TicketTotals | undefined> =>
  found(await get<TicketTotals>('/api/tickets/mine/totals'));

/** The visitor's orders. */
export const myOrders = (cursor?: string) => ownPage<OrderBody>('/api/orders', cursor);

/** One of the visitor's orders. */
export const findOrder = (id: string): Promise<OrderBody | undefined> =>
  one<OrderBody>(documentPath('/api/orders', id));

/** One of the visitor's orders, with its payment and the API's time. */
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

/** What a pass admits to, for anyone; undefined if it is not genuine. */
export const findPass = (pass: string): Promise<PassBody | undefined> => one<PassBody>(passPath(pass));
