import { limitOf, OBJECT_ID, Refusal } from '@ticketing/common';
import type { Request } from 'express';

type Query = Request['query'];

const LIMITS = { standard: 50, max: 100 };

/** A page of payouts, after the payment `after`; only of these orders, if given. */
export interface PayoutQuery {
  limit: number;
  after?: string;
  orderIds?: string[];
}

/** Parses the query of GET /api/payments/payouts. */
export const payoutQueryOf = (query: Query): PayoutQuery => ({
  limit: limitOf(query, LIMITS),
  after: cursorOf(query.cursor),
  orderIds: idsOf(query.orderIds),
});

/** A cursor is the id of the previous page's last payment. */
function cursorOf(cursor: Query[string]) {
  if (cursor === undefined || (typeof cursor === 'string' && OBJECT_ID.test(cursor))) return cursor;
  throw new Refusal('cursor-unknown', { field: 'cursor' });
}

function idsOf(orderIds: Query[string]) {
  if (orderIds === undefined) return undefined;
  const ids = typeof orderIds === 'string' ? orderIds.split(',') : [];
  if (ids.length > 0 && ids.length <= LIMITS.max && ids.every((id) => OBJECT_ID.test(id))) return ids;
  throw new Refusal('id-malformed', { field: 'orderIds', params: { field: 'orderIds' } });
}
