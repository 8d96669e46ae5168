import { z } from 'zod';
import type { RefusalCode } from '../../refusals';
import { ReasonInput, ReviewInput, SupportListingBody, TicketQueueBody } from '../../support';
import type { ApiRoute } from '../route';
import { forSupport } from './service';

const base = '/api/tickets/support';
const ofActions: RefusalCode[] = ['own-account', 'text-characters', 'text-length', 'ticket-not-found'];

/** What the support desk can do about listings. */
export const supportOfTickets: ApiRoute[] = [
  {
    method: 'get',
    path: `${base}/find`,
    summary: 'Find listings by the id of a listing or its seller, or by a seat: the newest first, at most fifty',
    ...forSupport,
    query: { q: z.string().max(300) },
    answers: { 200: z.array(SupportListingBody) },
    refusals: ['search-unclear'],
  },
  {
    method: 'get',
    path: `${base}/queue`,
    summary: 'Reported listings, and descriptions that wait for review, the longest first',
    ...forSupport,
    answers: { 200: TicketQueueBody },
  },
  {
    method: 'get',
    path: `${base}/listings/{id}`,
    summary: 'A listing and what was said about it',
    ...forSupport,
    answers: { 200: SupportListingBody },
    refusals: ['ticket-not-found'],
  },
  {
    method: 'post',
    path: `${base}/listings/{id}/withdraw`,
    summary: 'Withdraw a listing, also one that is held unless it is being paid; its seller is told why',
    ...forSupport,
    body: ReasonInput,
    answers: { 200: SupportListingBody },
    refusals: [...ofActions, 'listing-sold', 'listing-withdrawn'],
  },
  {
    method: 'post',
    path: `${base}/listings/{id}/review`,
    summary: 'Show a description that waits or is hidden, or hide any',
    ...forSupport,
    body: ReviewInput,
    answers: { 200: SupportListingBody },
    refusals: [...ofActions, 'edition-malformed', 'listing-changed', 'option-unknown', 'review-not-found'],
  },
  {
    method: 'post',
    path: `${base}/listings/{id}/reports/close`,
    summary: 'Close all open reports of a listing: nothing more is to be done about it',
    ...forSupport,
    body: ReasonInput,
    answers: { 200: SupportListingBody },
    refusals: ofActions,
  },
  {
    method: 'post',
    path: `${base}/reports/{id}/close`,
    summary: 'Close a report: nothing more is to be done about it',
    ...forSupport,
    body: ReasonInput,
    answers: { 204: null },
    refusals: ['own-account', 'report-not-found', 'text-characters', 'text-length'],
  },
];
