import { z } from 'zod';
import type { RefusalCode } from '../../refusals';
import { DecideInput, OrderQueueBody, ReasonInput, StoryEntry, SupportOrderBody } from '../../support';
import type { ApiRoute } from '../route';
import { forSupport } from './service';

const base = '/api/orders/support';
const ofActions: RefusalCode[] = ['order-not-found', 'own-account', 'text-characters', 'text-length'];

/** What the support desk can do about orders. */
export const supportOfOrders: ApiRoute[] = [
  {
    method: 'get',
    path: `${base}/find`,
    summary: 'Find orders by the id of an order, a listing or a person, or by a seat: the newest first, at most fifty',
    ...forSupport,
    query: { q: z.string().max(300) },
    answers: { 200: z.array(SupportOrderBody) },
    refusals: ['search-unclear'],
  },
  {
    method: 'get',
    path: `${base}/queue`,
    summary: 'Claims and proposals that wait for a person, the longest first',
    ...forSupport,
    answers: { 200: OrderQueueBody },
  },
  {
    method: 'get',
    path: `${base}/orders/{id}`,
    summary: 'An order with both its sides',
    ...forSupport,
    answers: { 200: SupportOrderBody },
    refusals: ['order-not-found'],
  },
  {
    method: 'get',
    path: `${base}/orders/{id}/story`,
    summary: 'What happened to an order in any service, oldest first: of a very long story the newest part',
    ...forSupport,
    answers: { 200: z.array(StoryEntry) },
    refusals: ['order-not-found'],
  },
  {
    method: 'post',
    path: `${base}/orders/{id}/decide`,
    summary: 'Decide a claim. Beyond the limits of one person it is only proposed (202), and done by the next one',
    ...forSupport,
    body: DecideInput,
    answers: { 200: SupportOrderBody, 202: SupportOrderBody },
    refusals: [...ofActions, 'claim-closed', 'claim-not-found', 'option-unknown'],
  },
  {
    method: 'post',
    path: `${base}/orders/{id}/refund`,
    summary: 'Refund a complete order. Beyond the limits of one person it is only proposed (202), as above',
    ...forSupport,
    body: ReasonInput,
    answers: { 200: SupportOrderBody, 202: SupportOrderBody },
    refusals: [...ofActions, 'order-not-complete'],
  },
  {
    method: 'post',
    path: `${base}/orders/{id}/refund/withdraw`,
    summary: 'Withdraw or reject a proposal about an order',
    ...forSupport,
    body: ReasonInput,
    answers: { 200: SupportOrderBody },
    refusals: [...ofActions, 'proposal-not-found'],
  },
];
