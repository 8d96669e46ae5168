import { OBJECT_ID, Refusal } from '@ticketing/common';
import type { Request } from 'express';

type Query = Request['query'];

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** A page of payouts, after the payment `after`; only of these orders, if given. */
export interface PayoutQuery {
  limit: number;
  after?: string;
  orderIds?: string[];
}

/** Parses the query of GET /api/payments/payouts. */
export const payoutQueryOf = ({ limit, cursor, orderIds }: Query): PayoutQuery => ({
  limit: limitOf(limit),
  after: cursorOf(cursor),
  orderIds: idsOf(orderIds),
});

function limitOf(limit: Query[string] = String(DEFAULT_LIMIT)): number {
  if (typeof limit === 'string' && /^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)
    return Number(limit);
  throw new Refusal('limit-out-of-range', { field: 'limit', params: { max: MAX_LIMIT } });
}

/** A cursor is the id of the previous page's last payment. */
function cursorOf(cursor: Query[string]) {
  if (cursor === undefined || (typeof cursor === 'string' && OBJECT_ID.test(cursor))) return cursor;
  throw new Refusal('cursor-unknown', { field: 'cursor' });
}

function idsOf(orderIds: Query[string]) {
  if (orderIds === undefined) return undefined;
  const ids = typeof orderIds === 'string' ? orderIds.split(',') : [];
  if (ids.length > 0 && ids.length <= MAX_LIMIT && ids.every((id) => OBJECT_ID.test(id))) return ids;
  throw new Refusal('id-malformed', { field: 'orderIds', params: { field: 'orderIds' } });
}
