import 'server-only';
import type {
  AuditBody,
  DeadLetterBody,
  MessageBody,
  OrderQueueBody,
  PaymentQueueBody,
  PeopleQueueBody,
  PersonBody,
  StoryEntry,
  SupportListingBody,
  SupportOrderBody,
  SupportPaymentBody,
  TicketQueueBody,
} from '@ticketing/common/contract';
import { cache } from 'react';
import type { Part } from '@/lib/support/part';
import { joined, type Findings } from '@/lib/support/findings';
import { services, type Service } from '@/lib/support/services';
import { documentPath } from './ask';
import { nextCursor } from './paging';
import { get } from './server';

/** The API for the support desk's pages. They show what they can get: no single service takes a page down. */

/** How long a page waits for a service, in milliseconds. */
const PATIENCE = { deadlineMs: 3_000 };

type Params = Record<string, string | number | undefined>;

const baseOf = (service: Service) => `/api/${service}/support`;

async function partOf<T>(path: string | undefined, params?: Params): Promise<Part<T>> {
  if (!path) return null;
  const answer = await get<T>(path, params, PATIENCE).catch(() => undefined);
  if (answer?.status === 200) return answer.data;
  return answer?.status === 404 || answer?.status === 400 ? null : undefined;
}

const documentOf = <T>(service: Service, collection: string, id: string, rest = '') => {
  const path = documentPath(`${baseOf(service)}/${collection}`, id);
  return partOf<T>(path && path + rest);
};

export const supportOrder = cache((id: string) => documentOf<SupportOrderBody>('orders', 'orders', id));
export const storyOf = (id: string) => documentOf<StoryEntry[]>('orders', 'orders', id, '/story');
export const supportListing = cache((id: string) => documentOf<SupportListingBody>('tickets', 'listings', id));
export const supportPerson = cache((id: string) => documentOf<PersonBody>('users', 'people', id));
export const supportPayment = (orderId: string) => documentOf<SupportPaymentBody>('payments', 'payments', orderId);

const messages = (params: Params) => partOf<MessageBody[]>(`${baseOf('users')}/messages`, params);
/** Messages about an order or another document. */
export const messagesAbout = (about: string) => messages({ about });
/** Messages to an account. */
export const messagesTo = (to: string) => messages({ to });

const find =
  <T>(service: Service, path = 'find') =>
  (q: string) =>
    partOf<T[]>(`${baseOf(service)}/${path}`, { q });

export const findOrders = find<SupportOrderBody>('orders');
export const findListings = find<SupportListingBody>('tickets');
const findPeople = find<PersonBody>('users', 'people');
const findPayments = find<SupportPaymentBody>('payments');

/** What all services find. Only auth knows addresses: the others are also searched for the accounts found. */
export async function findAll(q: string): Promise<Findings> {
  const [people, orders, listings, payments] = await Promise.all([
    findPeople(q),
    findOrders(q),
    findListings(q),
    findPayments(q),
  ]);
  const others = (people ?? []).map(({ id }) => id).filter((id) => id !== q);
  const [theirOrders, theirListings] = await Promise.all([
    Promise.all(others.map(findOrders)),
    Promise.all(others.map(findListings)),
  ]);
  return {
    people,
    orders: joined([orders, ...theirOrders]),
    listings: joined([listings, ...theirListings]),
    payments,
  };
}

const queueOf = <T>(service: Service) => partOf<T>(`${baseOf(service)}/queue`);

/** What is waiting for a person, by service. */
export async function supportQueue() {
  const [users, tickets, orders, payments] = await Promise.all([
    queueOf<PeopleQueueBody>('users'),
    queueOf<TicketQueueBody>('tickets'),
    queueOf<OrderQueueBody>('orders'),
    queueOf<PaymentQueueBody>('payments'),
  ]);
  return { users, tickets, orders, payments };
}

/** Parked events, by service. */
export const parkedEvents = () =>
  Promise.all(
    services.map(async (service) => ({
      service,
      letters: await partOf<DeadLetterBody[]>(`${baseOf(service)}/deadletters`),
    })),
  );

/** The support desk's latest actions on something, from a service's audit log. */
export const actionsOn = (service: Service, target: string) =>
  partOf<AuditBody[]>(`${baseOf(service)}/audit`, { target, limit: 100 });

/** A page of a service's audit log, newest first, starting before an entry. */
export async function auditLog(service: Service, before: number | undefined, limit: number) {
  const answer = await get<AuditBody[]>(`${baseOf(service)}/audit`, { limit, cursor: before }, PATIENCE).catch(
    () => undefined,
  );
  if (answer?.status !== 200) return { service, entries: undefined, hasMore: false };
  return { service, entries: answer.data, hasMore: nextCursor(answer.headers.link) !== undefined };
}
