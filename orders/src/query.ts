import { limitOf, OBJECT_ID, Refusal } from '@ticketing/common';
import type { Request } from 'express';

type Query = Request['query'];

const LIMITS = { standard: 50, max: 100 };

/** The orders a buyer asks for: the open ones, or a page of all, after the order `after`. */
export interface Page {
  open: boolean;
  limit: number;
  after?: string;
}

/** Parses the query of GET /api/orders. */
export const pageOf = (query: Query): Page => ({
  open: statusOf(query.status) === 'open',
  limit: limitOf(query, LIMITS),
  after: cursorOf(query.cursor),
});

function statusOf(status: Query[string]) {
  if (status === undefined || status === 'open') return status;
  throw new Refusal('option-unknown', { field: 'status', params: { field: 'status', options: 'open' } });
}

/** A cursor is the id of the previous page's last order. */
function cursorOf(cursor: Query[string]) {
  if (cursor === undefined || (typeof cursor === 'string' && OBJECT_ID.test(cursor))) return cursor;
  throw new Refusal('cursor-unknown', { field: 'cursor' });
}
