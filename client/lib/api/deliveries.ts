import type { SaleBody, TicketBody, TransferInput, UploadBody } from '@ticketing/common/contract';
import type { Deliveries } from '@/lib/sell/upload';
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

export const answerClaim = (orderId: string, text: string) =>
  data(request<SaleBody>('POST', `/orders/${orderId}/claim/answer`, { text }));
export const refundSale = (orderId: string) => data(request<SaleBody>('POST', `/orders/${orderId}/refund`));

/** The address of Stripe's pages for setting up payouts. */
export const payoutSetUp = async () => (await data(request<{ url: string }>('POST', '/payments/seller'))).url;
