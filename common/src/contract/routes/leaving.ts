import { z } from 'zod';
import { ExportBody, UnsettledBody } from '../exports';
import type { ApiRoute } from './route';

const exported = (path: string, what: string): ApiRoute => ({
  method: 'get',
  path,
  summary: `My data: ${what}`,
  isPrivate: true,
  answers: { 200: ExportBody },
  refusals: ['too-many-exports'],
});

/** Exporting one's data, and deleting one's account. */
export const leaving: ApiRoute[] = [
  exported('/api/users/me/export', 'my account, my sessions, and messages to me'),
  exported('/api/tickets/mine/export', 'my listings, what I handed over, and my reports'),
  exported('/api/orders/export', 'my orders and my sales'),
  exported('/api/payments/export', 'my payments, my payouts, and my account for them'),
  {
    method: 'delete',
    path: '/api/users/me',
    summary: 'Have my account deleted, once none of my orders and sales is open any more; ends my other sessions',
    isPrivate: true,
    answers: { 202: z.object({ leavingAt: z.iso.datetime() }) },
    refusals: ['account-gone', 'proof-required'],
  },
  {
    method: 'delete',
    path: '/api/users/me/leaving',
    summary: 'Keep my account, which was to be deleted; ends my other sessions',
    isPrivate: true,
    answers: { 204: null },
    refusals: ['account-gone', 'proof-required'],
  },
  {
    method: 'get',
    path: '/api/orders/leaving',
    summary: 'My orders and sales that are still open: what deleting my account waits for',
    isPrivate: true,
    answers: { 200: UnsettledBody },
  },
];
