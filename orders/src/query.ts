import { OBJECT_ID, Refusal } from '@ticketing/common';
import type { Request } from 'express';

type Query = Request['query'];

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** The orders a buyer asks for: the open ones, or a page of all, after the order `after`. */
export interface Page {
  open: boolean;
  limit: number;
  after?: string;
}

/** Parses the query of GET /api/orders. */
export const pageOf = ({ status, limit, cursor }: Query): Page => ({
  open: statusOf(status) === 'open',
  limit: limitOf(limit),
  after: cursorOf(cursor),
});

function statusOf(status: Query[string]) {
  if (status === undefined || status === 'open') return status;
  throw new Refusal('option-unknown', { field: 'status', params: { field: 'status', options: 'open' } });
}

function limitOf(limit: Query[string] = String(DEFAULT_LIMIT)): number {
  if (typeof limit === 'string' && /^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= MAX_LIMIT)
    return Number(limit);
  throw new Refusal('limit-out-of-range', { field: 'limit', params: { max: MAX_LIMIT } });
}

/** A cursor is the id of the previous page's last order. */
function cursorOf(cursor: Query[string]) {
  if (cursor === undefined || (typeof cursor === 'string' && OBJECT_ID.test(cursor))) return cursor;
  throw new Refusal('cursor-unknown', { field: 'cursor' });
}
