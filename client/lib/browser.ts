import type { OrderBody, PaymentBody, TicketBody, TicketTotals, UserBody } from '@ticketing/common/contract';
import { serverTime } from './clock';
import { statusOf } from './errors';
import { nextCursor } from './paging';
import type { PaymentSource, Purchase } from './purchase';
import { request } from './request';
import { queryOf } from './search';

/** The API as the visitor's browser uses it. Every call rejects with an ApiError, for `toFormErrors`. */

type Values = Record<string, string>;

export const signUp = (values: Values) => request<UserBody>('POST', '/users/signup', values);
export const signIn = (values: Values) => request<UserBody>('POST', '/users/signin', values);
export const signOut = () => request<object>('POST', '/users/signout', {});

/** Fields left empty stay as they are. */
export const updateAccount = (values: Values) => {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return request<UserBody>('PUT', '/users/me', given);
};

/** A page of the visitor's listings, and the cursor of the next. */
export async function myTickets(cursor?: string): Promise<{ tickets: TicketBody[]; next?: string }> {
  const { data, link } = await request<TicketBody[]>('GET', `/tickets/mine${queryOf({ cursor })}`);
  return { tickets: data, next: nextCursor(link) };
}
export const myTotals = async () => (await request<TicketTotals>('GET', '/tickets/mine/totals')).data;
/** The tickets for sale that a query of GET /api/tickets finds. */
export const searchTickets = async (query: string) => (await request<TicketBody[]>('GET', `/tickets${query}`)).data;
export const getTicket = async (id: string) => (await request<TicketBody>('GET', `/tickets/${id}`)).data;
export const listTicket = async (values: object) => (await request<TicketBody>('POST', '/tickets', values)).data;
export const saveTicket = async (id: string, values: object) =>
  (await request<TicketBody>('PUT', `/tickets/${id}`, values)).data;
export const withdrawTicket = (id: string) => request('DELETE', `/tickets/${id}`);

export const placeOrder = async (ticketId: string) => (await request<OrderBody>('POST', '/orders', { ticketId })).data;
export const cancelOrder = (id: string) => request('DELETE', `/orders/${id}`);
export const pay = async (orderId: string, source: PaymentSource) =>
  (await request<PaymentBody>('POST', '/payments', { orderId, ...source })).data;

async function getPayment(orderId: string): Promise<PaymentBody | null> {
  try {
    return (await request<PaymentBody>('GET', `/payments/${orderId}`)).data;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** An order with its payment, now. Where nobody has begun to pay there is no payment to ask for. */
export async function getPurchase(orderId: string, isPaid: boolean): Promise<Purchase> {
  const [order, payment] = await Promise.all([
    request<OrderBody>('GET', `/orders/${orderId}`),
    isPaid ? getPayment(orderId) : null,
  ]);
  return { order: order.data, payment, serverNow: serverTime(order.date) };
}
