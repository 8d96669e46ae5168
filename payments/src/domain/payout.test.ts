import { nextPayout } from './payout';
import type { Payout } from './ledger';
import type { Order, Payment } from './payment';

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
  settled: 0,
  reversed: 0,
  owed: 0,
  retryAt: null,
  accountId: 'acct',
  attempt: 1,
  transferId: 'tr_1',
  reason: null,
  at: now,
});
const ready = { accountId: 'acct', isReady: true };

it('pays once the order is released and the account can take it', () => {
  expect(nextPayout(payment(), order({ releasedAt: null }), ready, now)).toBe('nothing');
  expect(nextPayout(payment(), order(), null, now)).toBe('wait');
  expect(nextPayout(payment(), order(), { ...ready, isReady: false }, now)).toBe('wait');
  expect(nextPayout(payment(), order(), ready, now)).toBe('begin');
  expect(nextPayout(payment({ payout: payout('failed') }), order(), ready, now)).toBe('begin');
});

it('pays nobody twice, and looks up a lost response', () => {
  expect(nextPayout(payment({ payout: payout('paid') }), order(), ready, now)).toBe('nothing');
  expect(nextPayout(payment({ payout: payout('sending') }), order(), ready, now)).toBe('find');
});

it('reverses what was paid for an undone sale, and pays nothing for one', () => {
  for (const undone of [payment({ status: 'refunded' }), payment({ givingBack: true })]) {
    expect(nextPayout(undone, order(), ready, now)).toBe('nothing');
    expect(nextPayout({ ...undone, payout: payout('paid') }, order(), ready, now)).toBe('reverse');
  }
  expect(nextPayout(payment({ payout: payout('paid') }), order({ status: 'refunded' }), ready, now)).toBe('reverse');
});
