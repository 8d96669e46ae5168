import 'server-only';
import type { PayoutBody, SaleBody, SellerBody } from '@ticketing/common/contract';
import { cache } from 'react';
import { byOrder, type Payouts } from '@/lib/sell/payouts';
import { asVisitor, found, get, ownPage, type Get } from './server';

/** The API for sellers' pages. Payments may be down: its data is then undefined or missing. */

/** How long a page waits for payments, whose data is optional, in milliseconds. */
const PATIENCE = { deadlineMs: 2_000 };

/** A page of the visitor's sales; undefined if signed out, or if the cursor is invalid. */
export const mySales = (cursor?: string, ask?: Get) => ownPage<SaleBody>('/api/orders/sales', cursor, ask);

/** The visitor's shares of up to a hundred orders, as far as payments knows them. */
export async function myPayouts(orderIds: readonly string[], ask = get): Promise<Payouts> {
  if (orderIds.length === 0) return {};
  const params = { orderIds: orderIds.join(','), limit: 100 };
  const payouts = await ask<PayoutBody[]>('/api/payments/payouts', params, PATIENCE).then(found, () => undefined);
  return byOrder(payouts ?? []);
}

/** The visitor's account at Stripe, and the marketplace's fee. */
export const myPayoutAccount = cache((): Promise<SellerBody | undefined> =>
  get<SellerBody>('/api/payments/seller', {}, PATIENCE).then(found, () => undefined),
);

/** A page of sales, with their shares. */
export interface SalesPage {
  sales: SaleBody[];
  payouts: Payouts;
}

/** All of the visitor's sales, page by page; none if signed out. Rejects if a page cannot be read. */
export async function* allMySales(): AsyncGenerator<SalesPage, void> {
  const ask = await asVisitor();
  let cursor: string | undefined;
  do {
    const page = await mySales(cursor, ask);
    if (!page) return;
    const { items: sales, next } = page;
    yield {
      sales,
      payouts: await myPayouts(
        sales.map(({ id }) => id),
        ask,
      ),
    };
    cursor = next;
  } while (cursor);
}
