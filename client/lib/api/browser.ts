import type {
  CurrentUserBody,
  OrderBody,
  PassBody,
  PaymentBody,
  TicketBody,
  TicketTotals,
} from '@ticketing/common/contract';
import { serverTime } from './clock';
import { statusOf } from './errors';
import { OWN_PAGE } from './paging';
import type { PaymentSource, Purchase } from '@/lib/buy/purchase';
import type { SeenListing } from '@/lib/buy/seen-listing';
import { request } from './request';
import { queryOf } from '@/lib/browse/search';

/** The API for the browser. Every call rejects with an ApiError, for `toFormErrors`. */

type Values = Record<string, string>;

/** Whether the browser has a session. */
export const isSignedIn = async () =>
  (await request<CurrentUserBody>('GET', '/users/currentuser')).data.currentUser !== null;
export const signOut = () => request<object>('POST', '/users/signout', {});

/** The page of the visitor's listings at a cursor. */
export const myTickets = async (cursor?: string) =>
  (await request<TicketBody[]>('GET', `/tickets/mine${queryOf({ limit: OWN_PAGE, cursor })}`)).data;
export const myTotals = async () => (await request<TicketTotals>('GET', '/tickets/mine/totals')).data;
/** The tickets for sale for a GET /api/tickets query. */
export const searchTickets = async (query: string) => (await request<TicketBody[]>('GET', `/tickets${query}`)).data;
export const getTicket = async (id: string) => (await request<TicketBody>('GET', `/tickets/${id}`)).data;
export const listTicket = async (values: object) => (await request<TicketBody>('POST', '/tickets', values)).data;
export const saveTicket = async (id: string, values: object) =>
  (await request<TicketBody>('PUT', `/tickets/${id}`, values)).data;
export const withdrawTicket = (id: string) => request('DELETE', `/tickets/${id}`);

/** Holds a ticket as its buyer saw it; refused with `listing-changed` if it differs by now. */
export const placeOrder = async (ticketId: string, { price, edition }: SeenListing) =>
  (await request<OrderBody>('POST', '/orders', { ticketId, price, edition })).data;
/** The visitor's unpaid orders, and the API's time in the response (milliseconds since 1970). */
export async function openOrders(): Promise<{ orders: OrderBody[]; date: number }> {
  const { data, date } = await request<OrderBody[]>('GET', '/orders?status=open');
  return { orders: data, date: serverTime(date) };
}
export const markPassUsed = (pass: string) =>
  request<PassBody>('POST', `/orders/passes/${encodeURIComponent(pass)}/use`);
/** Reports a problem with a bought ticket. */
export const claimOrder = (id: string, values: Values) => request<OrderBody>('POST', `/orders/${id}/claim`, values);
/** Reports a listing; no account is needed. */
export const reportTicket = (id: string, values: Values) => request('POST', `/tickets/${id}/report`, values);
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

/** An order with its current payment. Before the first attempt there is no payment to fetch. */
export async function getPurchase(orderId: string, isPaid: boolean): Promise<Purchase> {
  const [order, payment] = await Promise.all([
    request<OrderBody>('GET', `/orders/${orderId}`),
    isPaid ? getPayment(orderId) : null,
  ]);
  return { order: order.data, payment, serverNow: serverTime(order.date) };
}
