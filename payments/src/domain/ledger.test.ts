import fc from 'fast-check';
import { accounts, balancesOf, faultsOf, sumsOf, withLine, type Booked, type Line } from './ledger';

const now = new Date(0);
const blank: Booked = {
  status: 'pending',
  received: 0,
  refunded: 0,
  disputed: 0,
  givingBack: false,
  fee: null,
  payout: null,
  ledger: [],
};
const blankSums = { buyer: 0, platform: 0, fee: 0, seller: 0, stripe: 0, refund: 0, dispute: 0 };
const total = (entries: Partial<Record<string, number>>) =>
  Object.values(entries).reduce<number>((sum, amount) => sum + (amount ?? 0), 0);

const amount = fc.nat({ max: 10_000 });
const payout = fc.record({
  amount,
  transferId: fc.constantFrom(null, 'tr_1'),
  reversed: amount,
  settled: amount,
  owed: amount,
});
/** Any state, whether or not payments could reach it. */
const state: fc.Arbitrary<Partial<Booked>> = fc.record({
  status: fc.constantFrom('captured' as const, 'refunded' as const, 'authorized' as const),
  received: amount,
  refunded: amount,
  disputed: amount,
  givingBack: fc.boolean(),
  fee: fc.option(amount),
  payout: fc.option(payout),
});

/** A payment that passes through states, each written with its line. */
const through = (states: Partial<Booked>[], each?: (payment: Booked) => void) =>
  states.reduce<Booked>((payment, change) => {
    const next = { ...payment, ...change };
    next.ledger = withLine(next, now) ?? next.ledger;
    each?.(next);
    return next;
  }, blank);

test('whatever the state, its accounts sum to zero', () => {
  fc.assert(fc.property(state, (change) => total(balancesOf({ ...blank, ...change })) === 0));
});

test('in any order of events, every line sums to zero, and together they match the state', () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 120 }), (states) => {
      through(states, (payment) => {
        expect(faultsOf(payment)).toEqual([]);
        expect(payment.ledger.length).toBeLessThanOrEqual(40);
        expect(withLine(payment, now)).toBeUndefined();
      });
    }),
    { numRuns: 200 },
  );
});

test('reports what does not add up', () => {
  const payment = through([{ status: 'captured', received: 100, fee: 5 }]);
  const [line] = payment.ledger as [Line];
  expect(faultsOf({ ...payment, refunded: 1 })).toEqual([
    'platform has 0, its state says -1',
    'refund has 0, its state says 1',
  ]);
  expect(faultsOf({ ...payment, ledger: [{ ...line, entries: { ...line.entries, fee: 6 } }] })).toEqual([
    'line 0 (captured) sums to 1',
    'fee has 6, its state says 5',
  ]);
});

const sent = { amount: 95, transferId: 'tr_1', reversed: 0, settled: 0, owed: 0 };
const sale: Partial<Booked>[] = [
  { status: 'authorized' },
  { status: 'captured', received: 100, fee: 5 },
  { payout: { ...sent, transferId: null } },
  { payout: sent },
];
test.each<[string, Partial<Booked>[], object]>([
  ['a hold', [{ status: 'authorized' }], {}],
  ['a sale', sale.slice(0, 2), { buyer: -100, fee: 5, seller: 95 }],
  ['a paid sale', sale, { buyer: -100, fee: 5, stripe: 95 }],
  ['a refund of a sale', [...sale.slice(0, 2), { status: 'refunded', refunded: 100 }], { buyer: -100, refund: 100 }],
  [
    'a refund of a paid sale',
    [...sale, { status: 'refunded', refunded: 100 }],
    { buyer: -100, refund: 100, stripe: 95, seller: -95 },
  ],
  [
    'the same, a part of which is a debt',
    [...sale, { status: 'refunded', refunded: 100, payout: { ...sent, reversed: 35, owed: 60 } }],
    { buyer: -100, refund: 100, stripe: 60, platform: -60 },
  ],
  [
    'a payout that settles a debt',
    [...sale.slice(0, 2), { payout: { ...sent, amount: 35, settled: 60 } }],
    { buyer: -100, fee: 5, stripe: 35, platform: 60 },
  ],
  ['a disputed sale', [...sale, { disputed: 100 }], { buyer: -100, fee: 5, stripe: 95, dispute: 100, platform: -100 }],
])('%s', (_what, states, expected) => {
  const sums = sumsOf(through(states).ledger);
  for (const account of accounts)
    expect([account, sums[account]]).toEqual([account, { ...blankSums, ...expected }[account]]);
});
