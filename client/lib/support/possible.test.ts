import type { SupportOrderBody, SupportPaymentBody } from '@ticketing/common/contract';
import { anOrder } from '@/lib/buy/testing';
import { actionsOfListing, actionsOfOrder, actionsOfPerson } from './possible';

const [me, other] = ['a'.repeat(24), 'b'.repeat(24)];
const at = '2026-11-26T12:00:00Z';

const order = (changes: Partial<SupportOrderBody> = {}) => ({
  ...anOrder({ status: 'complete' }),
  proposal: null,
  ...changes,
});
const claim = (status: 'open' | 'pay') => ({ claim: { status } as SupportOrderBody['claim'] });
const paid = (payout: Partial<SupportPaymentBody['payout']>) =>
  ({ status: 'captured', payout: { status: 'waiting', frozenAt: null, ...payout } }) as SupportPaymentBody;

test('a claim is decided, and without one the order is refunded', () => {
  expect(actionsOfOrder(order(claim('open')), null, me)).toEqual(['claim-refund', 'claim-pay']);
  expect(actionsOfOrder(order(claim('pay')), null, me)).toEqual(['refund']);
  expect(actionsOfOrder(order(), undefined, me)).toEqual(['refund']);
  expect(actionsOfOrder(order({ status: 'refunded' }), null, me)).toEqual([]);
});

test('nobody is asked to approve their own proposal', () => {
  const proposed = (by: string) => order({ proposal: { decision: 'refund', by, reason: 'why', at } });
  expect(actionsOfOrder(proposed(other), null, me)).toEqual(['refund-agree', 'refund-withdraw']);
  expect(actionsOfOrder(proposed(me), null, me)).toEqual(['refund-withdraw']);
  const toPay = (by: string) => order({ ...claim('open'), proposal: { decision: 'pay', by, reason: 'why', at } });
  expect(actionsOfOrder(toPay(other), null, me)).toEqual(['claim-refund', 'pay-agree', 'refund-withdraw']);
  expect(actionsOfOrder(toPay(me), null, me)).toEqual(['claim-refund', 'refund-withdraw']);
});

test('a payout can be withheld while it waits, but not afterwards', () => {
  expect(actionsOfOrder(order(), paid({}), me)).toContain('payout-freeze');
  expect(actionsOfOrder(order(), paid({ frozenAt: at }), me)).toContain('payout-unfreeze');
  expect(actionsOfOrder(order(), paid({ status: 'paid' }), me)).toEqual(['refund']);
});

test('listings and accounts have the actions that change something', () => {
  const listing = (status: string, description: string | null, review?: string) =>
    actionsOfListing({ ticket: { status, description, review: review && { status: review } } as never });
  expect(listing('available', null)).toEqual(['listing-withdraw']);
  expect(listing('sold', 'mail me', 'waiting')).toEqual(['listing-show', 'listing-hide']);
  expect(listing('sold', 'mail me', 'hidden')).toEqual(['listing-show']);
  expect(listing('held', 'Two hours')).toEqual(['listing-hide', 'listing-withdraw']);
  expect(actionsOfPerson({ frozenAt: null, confirmedAt: at, sessions: 0 })).toEqual(['person-freeze']);
  expect(actionsOfPerson({ frozenAt: at, confirmedAt: null, sessions: 2 })).toEqual([
    ...['person-unfreeze', 'person-confirm', 'person-sign-out'],
  ]);
});
