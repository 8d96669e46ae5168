import { z } from 'zod';
import { PaymentQueueBody, ReasonInput, SupportPaymentBody } from '../../support';
import type { ApiRoute } from '../route';
import { forSupport } from './service';

const onPayout = (action: string, summary: string, refusals: ApiRoute['refusals'] = []): ApiRoute => ({
  method: 'post',
  path: `/api/payments/support/payments/{orderId}/${action}`,
  summary,
  ...forSupport,
  body: ReasonInput,
  answers: { 200: SupportPaymentBody },
  refusals: ['own-account', 'payment-not-found', 'text-characters', 'text-length', ...refusals],
});

/** What the support desk can see and do about payments. */
export const supportOfPayments: ApiRoute[] = [
  {
    method: 'get',
    path: '/api/payments/support/find',
    summary:
      'Payments by the id of an order, payment or seller, or by an id at Stripe (pi_, ch_, re_, tr_, du_, acct_), newest first: at most twenty',
    ...forSupport,
    query: { q: z.string() },
    answers: { 200: z.array(SupportPaymentBody) },
  },
  {
    method: 'get',
    path: '/api/payments/support/payments/{orderId}',
    summary: 'The payment of an order, with its ledger',
    ...forSupport,
    answers: { 200: SupportPaymentBody },
    refusals: ['payment-not-found'],
  },
  onPayout('freeze', "Withhold the seller's share of an order", ['payout-not-waiting']),
  onPayout('unfreeze', "Withhold the seller's share of an order no longer"),
  {
    method: 'get',
    path: '/api/payments/support/queue',
    summary: 'Payouts that need a person, what the audit of all payments found, and how many events are parked',
    ...forSupport,
    answers: { 200: PaymentQueueBody },
  },
];
