import type { PayoutBody, SaleBody, TicketBody, TransferInput, UploadBody } from '@ticketing/common/contract';
import { queryOf } from '@/lib/browse/search';
import { byOrder, type Payouts } from '@/lib/sell/payouts';
import type { Deliveries } from '@/lib/sell/upload';
import { OWN_PAGE } from './paging';
import { request } from './request';

/** The API for sellers in the browser: handing over, sales and payouts. */

const data = async <T>(asked: Promise<{ data: T }>) => (await asked).data;

export const handOverTransfer = (ticketId: string, transfer: TransferInput) =>
  data(request<TicketBody>('PUT', `/tickets/${ticketId}/delivery`, transfer));

/** Uploads for a listing. */
export function deliveriesOf(ticketId: string): Deliveries {
  const base = `/tickets/${ticketId}/delivery/uploads`;
  return {
    begin: (size, signal) => data(request<UploadBody>('POST', base, { size }, signal)),
    find: (id, signal) => data(request<UploadBody>('GET', `${base}/${id}`, undefined, signal)),
    sendPart: (id, part, content, signal) => request('PUT', `${base}/${id}/parts/${part}`, content, signal),
    complete: (id, signal) => data(request<TicketBody>('POST', `${base}/${id}/complete`, undefined, signal)),
  };
}

/** The page of the visitor's sales at a cursor. */
export const mySales = (cursor?: string) =>
  data(request<SaleBody[]>('GET', `/orders/sales${queryOf({ limit: OWN_PAGE, cursor })}`));
/** The visitor's shares of up to a hundred sales. */
export async function myPayouts(orderIds: readonly string[]): Promise<Payouts> {
  if (orderIds.length === 0) return {};
  const query = queryOf({ orderIds: orderIds.join(), limit: OWN_PAGE });
  return byOrder(await data(request<PayoutBody[]>('GET', `/payments/payouts${query}`)));
}
export const answerClaim = (orderId: string, text: string) =>
  data(request<SaleBody>('POST', `/orders/${orderId}/claim/answer`, { text }));
export const refundSale = (orderId: string) => data(request<SaleBody>('POST', `/orders/${orderId}/refund`));

/** The URL of Stripe's pages for setting up payouts. */
export const payoutSetUp = async () => (await data(request<{ url: string }>('POST', '/payments/seller'))).url;
