import axios from 'axios';
import type { OrderBody, PaymentBody, TicketBody, UserBody } from '@ticketing/common/contract';
import { serverTime } from './clock';
import { statusOf } from './errors';
import type { PaymentSource, Purchase } from './purchase';

/** The API as the visitor's browser uses it. Every call rejects with axios's error, for `toFormErrors`. */
const api = axios.create({ baseURL: '/api', timeout: 30_000 });

type Values = Record<string, string>;

export const signUp = async (values: Values) => (await api.post<UserBody>('/users/signup', values)).data;
export const signIn = async (values: Values) => (await api.post<UserBody>('/users/signin', values)).data;
export const signOut = async () => {
  await api.post('/users/signout', {});
};

/** Fields left empty stay as they are. */
export const updateAccount = async (values: Values) => {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return (await api.put<UserBody>('/users/me', given)).data;
};

export const listTicket = async (values: Values) => (await api.post<TicketBody>('/tickets', values)).data;
export const saveTicket = async (id: string, values: Values) =>
  (await api.put<TicketBody>(`/tickets/${id}`, values)).data;
export const withdrawTicket = async (id: string) => {
  await api.delete(`/tickets/${id}`);
};

export const placeOrder = async (ticketId: string) => (await api.post<OrderBody>('/orders', { ticketId })).data;
export const cancelOrder = async (id: string) => {
  await api.delete(`/orders/${id}`);
};
export const pay = async (orderId: string, source: PaymentSource) =>
  (await api.post<PaymentBody>('/payments', { orderId, ...source })).data;

async function getPayment(orderId: string): Promise<PaymentBody | null> {
  try {
    return (await api.get<PaymentBody>(`/payments/${orderId}`)).data;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** An order with its payment, now. */
export async function getPurchase(orderId: string): Promise<Purchase> {
  const [order, payment] = await Promise.all([api.get<OrderBody>(`/orders/${orderId}`), getPayment(orderId)]);
  return { order: order.data, payment, serverNow: serverTime(order.headers.date) };
}
