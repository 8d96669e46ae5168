import type { PayoutBody } from '@ticketing/common/contract';
import { byOrder, canRefund, haveChanged, isMoving, moneyOfSale, shareOf, toneOf, wantsOf } from './payouts';

const now = Date.parse('2026-11-26T12:00:00Z');
const [before, after] = ['2026-11-26T11:00:00.000Z', '2026-11-26T13:00:00.000Z'];
const payout: PayoutBody = {
  orderId: '1',
  ticketId: '2',
  title: 'Norma',
  price: 20,
  fee: 1,
  settled: 0,
  amount: 19,
  status: 'waiting',
  wait: 'release',
  refusal: null,
  releaseAt: after,
  paidAt: null,
};
const sale = {
  status: 'complete',
  reason: null,
  claim: null,
  deliverBy: null,
  releaseAt: after,
  releasedAt: null,
} as const;
const claim = {
  reason: 'not-admitted',
  text: 'x',
  openedAt: before,
  answerBy: after,
  answeredAt: null,
  decidedAt: null,
  answer: null,
} as const;
const claimed = (status: 'open' | 'answered' | 'refund' | 'pay') => ({ ...sale, claim: { ...claim, status } });

describe('what a seller receives', () => {
  it.each([
    ['20', 5, { fee: 1, share: 19 }],
    ['1.080,50', 5, { fee: 54.02, share: 1026.48 }],
    ['$ 0.50', 5, { fee: 0.02, share: 0.48 }],
    ['20', 0, { fee: 0, share: 20 }],
  ])('of %s at %d percent', (typed, percent, expected) => expect(shareOf(typed, percent)).toEqual(expected));

  it.each(['', 'ten', '-1', '0', '1.234'.repeat(3)])('is unknown for "%s"', (typed) => {
    expect(shareOf(typed, 5)).toBeUndefined();
  });
});

describe("a sale's money", () => {
  const waiting = (wait: PayoutBody['wait'], refusal: string | null = null) => ({ ...payout, wait, refusal });

  it.each([
    ['comes at its release', sale, payout, { is: 'release', at: after }],
    ['comes at its release, even if payments does not respond', sale, undefined, { is: 'release', at: after }],
    ['is due', { ...sale, releaseAt: before }, payout, { is: 'due' }],
    ['is due once it was released', { ...sale, releasedAt: before }, payout, { is: 'due' }],
    ['is unknown', { ...sale, releaseAt: before }, undefined, { is: 'unknown' }],
    ['waits for an answer', claimed('open'), waiting('claim'), { is: 'claim', at: after }],
    [
      'waits for an answer, though payments does not know of the claim yet',
      claimed('open'),
      payout,
      { is: 'claim', at: after },
    ],
    ['waits for a decision', claimed('answered'), waiting('claim'), { is: 'decision' }],
    ['goes on after a claim', claimed('pay'), payout, { is: 'release', at: after }],
    ['waits for the bank', sale, waiting('dispute'), { is: 'dispute' }],
    ['waits for the account', sale, waiting('account'), { is: 'account' }],
    ['was refused', sale, waiting('refused', 'balance_insufficient'), { is: 'refused', code: 'balance_insufficient' }],
    ['is on its way', sale, { ...payout, status: 'sending', wait: null }, { is: 'sending' }],
    ['was paid', sale, { ...payout, status: 'paid', wait: null, paidAt: before }, { is: 'paid', at: before }],
    ['went back', { ...sale, status: 'refunded', reason: 'seller' }, payout, { is: 'refunded', reason: 'seller' }],
    ['was taken back', sale, { ...payout, status: 'reversed', wait: null }, { is: 'refunded', reason: null }],
    ['is known from its payout alone', undefined, waiting('account'), { is: 'account' }],
  ] as const)('%s', (_case, sale, payout, expected) => expect(moneyOfSale(sale, payout, now)).toEqual(expected));

  it('is lost unless a promised ticket is handed over in time, whatever else it waits for except a claim', () => {
    const promised = { deliverBy: before };
    const handover = { is: 'handover', at: before };
    expect(moneyOfSale({ ...sale, ...promised }, payout, now)).toEqual(handover);
    expect(moneyOfSale({ ...sale, ...promised }, undefined, now)).toEqual(handover);
    expect(moneyOfSale({ ...claimed('open'), ...promised }, payout, now)).toEqual({ is: 'claim', at: after });
    expect(toneOf({ is: 'handover', at: before })).toBe('open');
  });

  it('moves from its release until it has arrived', () => {
    const states = [{ ...payout, releaseAt: before }, { ...payout, status: 'sending', wait: null }, payout] as const;
    expect(states.map((state) => isMoving(moneyOfSale(undefined, state, now)))).toEqual([true, true, false]);
  });

  it('asks for attention only if the seller can do something', () => {
    expect([toneOf({ is: 'paid', at: null }), toneOf({ is: 'account' }), toneOf({ is: 'due' })]).toEqual([
      'good',
      'open',
      'over',
    ]);
  });

  it('can be refunded until the release', () => {
    expect(canRefund(sale)).toBe(true);
    expect(canRefund({ ...sale, releasedAt: before })).toBe(false);
    expect(canRefund({ ...sale, status: 'refunded' })).toBe(false);
  });
});

it("lists each thing Stripe wants once, in Stripe's words if we have none", () => {
  expect(
    wantsOf([
      'identity.individual.given_name',
      'identity.individual.surname',
      'identity.individual.date_of_birth.year',
      'identity.individual.address.line1',
      'identity.individual.documents.primary_verification',
      'configuration.recipient.default_outbound_destination',
      'configuration.recipient.something_new',
    ]),
  ).toEqual(['name', 'birth', 'address', 'document', 'bank', { other: 'configuration.recipient.something_new' }]);
});

describe('a page of sales', () => {
  const seen = { sales: [{ id: '1', version: 3 }], payouts: byOrder([payout]) };

  it.each([
    ['has not changed', seen.sales, payout, false],
    ['has a sale that changed', [{ id: '1', version: 4 }], payout, true],
    ['has a new sale', [...seen.sales, { id: '2', version: 3 }], payout, true],
    ['got an older version', [{ id: '1', version: 2 }], payout, false],
    ['has money that moved', seen.sales, { ...payout, status: 'sending', wait: null }, true],
  ] as const)('%s', (_case, sales, told, expected) => {
    expect(haveChanged(seen, { sales, payouts: byOrder([{ ...told }]) })).toBe(expected);
  });

  it('is unchanged where payments does not respond', () => {
    expect(haveChanged(seen, { sales: seen.sales, payouts: {} })).toBe(false);
  });
});
