import { canWithhold, nextPayout, retryAfter, viewOf, waitsUntil } from './payout';
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

it('reverses what was paid for an undone sale, and pays nothing for it', () => {
  for (const undone of [payment({ status: 'refunded' }), payment({ givingBack: true })]) {
    expect(nextPayout(undone, order(), ready, now)).toBe('nothing');
    expect(nextPayout({ ...undone, payout: payout('paid') }, order(), ready, now)).toBe('reverse');
  }
  expect(nextPayout(payment({ payout: payout('paid') }), order({ status: 'refunded' }), ready, now)).toBe('reverse');
});

it('does not pay a share that the support desk withholds, but continues with one that was sent or undone', () => {
  const frozen = payment({ frozenAt: now });
  expect(nextPayout(frozen, order(), ready, now)).toBe('nothing');
  expect(nextPayout({ ...frozen, payout: payout('sending') }, order(), ready, now)).toBe('find');
  expect(nextPayout({ ...frozen, payout: payout('paid') }, order({ status: 'refunded' }), ready, now)).toBe('reverse');
  const settling = { ...payout('due'), reason: 'debts' };
  expect(nextPayout({ ...frozen, payout: settling }, order({ status: 'refunded' }), ready, now)).toBe('restore');
  expect(nextPayout(payment(), order(), { ...ready, isFrozen: true }, now)).toBe('withhold');
  expect(nextPayout(payment(), order({ releasedAt: null }), { ...ready, isFrozen: true }, now)).toBe('nothing');
});

it('can withhold a share that was neither sent nor undone', () => {
  for (const status of ['due', 'failed'] as const)
    expect(canWithhold(payment({ payout: payout(status) }), order())).toBe(true);
  for (const status of ['sending', 'paid', 'reversed'] as const)
    expect(canWithhold(payment({ payout: payout(status) }), order())).toBe(false);
  expect([canWithhold(payment(), order()), canWithhold(payment(), null)]).toEqual([true, true]);
  expect(canWithhold(payment({ givingBack: true }), order())).toBe(false);
  expect(canWithhold(payment(), order({ status: 'refunded' }))).toBe(false);
});

it('checks a frozen seller’s share again within the hour', () => {
  const withheld = payment({ payout: { ...payout('due'), isWithheld: true } });
  expect(waitsUntil(withheld, order(), now)).toEqual(new Date(now.getTime() + 3_600_000));
  expect(viewOf(withheld, order(), ready)).toMatchObject({ status: 'waiting', wait: 'withheld' });
  expect(viewOf(payment({ frozenAt: now }), order(), ready)).toMatchObject({ wait: 'withheld' });
  expect(viewOf(payment({ frozenAt: now }), order({ releasedAt: null }), ready)).toMatchObject({ wait: 'release' });
});

it.each([
  [1, 1],
  [2, 2],
  [3, 4],
  [9, 256],
  [10, 360],
  [20, 360],
  [2_000, 360],
])('after failed attempt %i, the next one follows %i minutes later', (attempt, minutes) => {
  expect(retryAfter(attempt, now)).toEqual(new Date(now.getTime() + minutes * 60_000));
});
