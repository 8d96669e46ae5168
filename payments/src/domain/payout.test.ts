import fc from 'fast-check';
import { feeOf, nextPayout } from './payout';
import type { Order, Payment, Payout } from './payment';

const now = new Date();
const order = (changes: Partial<Order> = {}): Order => ({
  userId: 'buyer',
  sellerId: 'seller',
  status: 'complete',
  releasedAt: now,
  expiresAt: now,
  price: 2_000,
  ...changes,
});
const payment = (changes: Partial<Payment> = {}) =>
  ({ status: 'captured', givingBack: false, payout: null, ...changes }) as Payment;
const payout = (status: Payout['status']): Payout => ({
  status,
  amount: 1_900,
  accountId: 'acct',
  attempt: 1,
  transferId: null,
  reason: null,
  at: now,
});
const ready = { accountId: 'acct', isReady: true };

it('rounds the fee half to even', () => {
  expect([feeOf(2_000, 5), feeOf(10, 5), feeOf(30, 5), feeOf(50, 5), feeOf(101, 2.5)]).toEqual([100, 0, 2, 2, 3]);
});

it('takes a fee from nothing to everything', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 10_000 }), (amount, hundredths) => {
      const fee = feeOf(amount, hundredths / 100);
      expect(Math.abs(fee - (amount * hundredths) / 10_000)).toBeLessThanOrEqual(0.5);
    }),
  );
});

it('pays once the order is released and the account can take it', () => {
  expect(nextPayout(payment(), order({ releasedAt: null }), ready)).toBe('nothing');
  expect(nextPayout(payment(), order(), null)).toBe('wait');
  expect(nextPayout(payment(), order(), { ...ready, isReady: false })).toBe('wait');
  expect(nextPayout(payment(), order(), ready)).toBe('begin');
  expect(nextPayout(payment({ payout: payout('failed') }), order(), ready)).toBe('begin');
});

it('pays nobody twice, and looks a lost answer up', () => {
  expect(nextPayout(payment({ payout: payout('paid') }), order(), ready)).toBe('nothing');
  expect(nextPayout(payment({ payout: payout('sending') }), order(), ready)).toBe('find');
});

it('takes back what was paid for an undone sale, and pays for none', () => {
  for (const undone of [payment({ status: 'refunded' }), payment({ givingBack: true })]) {
    expect(nextPayout(undone, order(), ready)).toBe('nothing');
    expect(nextPayout({ ...undone, payout: payout('paid') }, order(), ready)).toBe('reverse');
  }
  expect(nextPayout(payment({ payout: payout('paid') }), order({ status: 'refunded' }), ready)).toBe('reverse');
});
