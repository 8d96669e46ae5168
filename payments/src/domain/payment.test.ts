import type { OrderStatus, PaymentStatus } from '@ticketing/common';
import fc from 'fast-check';
import {
  attempt,
  begin,
  isStray,
  mayAuthorize,
  nextStep,
  record,
  type Order,
  type Outcome,
  type Payment,
} from './payment';

const EXPIRES = new Date(100_000);
const CARD = { token: 'tok_visa' };
const order = (status: OrderStatus): Order => ({ userId: 'buyer', status, expiresAt: EXPIRES, price: 2_000 });
const outcome = (status: Outcome['status']): Outcome => ({
  status,
  stripeId: 'pi_1',
  clientSecret: null,
  redirectUrl: null,
  declined: null,
});
const payment = (status: PaymentStatus): Payment => ({
  ...attempt(null, 'order', order('created'), CARD, new Date(0)),
  stripeId: 'pi_1',
  status,
});

const paymentStatuses: PaymentStatus[] = [
  'pending',
  'requires_action',
  'authorized',
  'captured',
  'declined',
  'released',
  'refunded',
];
const orderStatuses: OrderStatus[] = ['created', 'awaiting:payment', 'complete', 'cancelled'];
const after: Record<OrderStatus, OrderStatus[]> = {
  created: ['awaiting:payment', 'cancelled'],
  'awaiting:payment': ['complete', 'cancelled'],
  complete: [],
  cancelled: [],
};

/** An intent as Stripe would keep it, and how it answers each step. */
type Intent = 'none' | 'requires_action' | 'authorized' | 'captured' | 'declined' | 'released' | 'refunded';
const steps: Record<string, (intent: Intent) => Intent> = {
  capture: (intent) => (intent === 'authorized' ? 'captured' : intent),
  release: (intent) => (intent === 'captured' || intent === 'refunded' ? intent : 'released'),
  refund: (intent) => (intent === 'captured' ? 'refunded' : intent),
  inspect: (intent) => intent,
  recover: (intent) => intent,
};

const news = fc.oneof(
  fc.record({ kind: fc.constant('order' as const), status: fc.constantFrom(...orderStatuses) }),
  fc.record({
    kind: fc.constant('bank' as const),
    answer: fc.constantFrom<Intent>('requires_action', 'authorized', 'declined'),
  }),
  fc.record({ kind: fc.constant('step' as const), hinted: fc.boolean() }),
);

test('whatever happens in whatever order: charged only for an order that won, nothing held for one that was cancelled', () => {
  fc.assert(
    fc.property(fc.array(news, { maxLength: 30 }), (events) => {
      let intent: Intent = 'none';
      let copy = order('created');
      let now = payment('pending');
      const step = (hinted: boolean) => {
        const next = nextStep(now, copy, new Date(200_000), hinted);
        if (next === 'nothing') return;
        if (next === 'capture') expect(copy.status).toBe('awaiting:payment');
        const answer: Intent = steps[next]?.(intent) ?? intent;
        intent = answer === 'none' ? 'released' : answer;
        now = { ...now, ...record(now, outcome(intent), new Date(0)).set };
      };
      for (const event of events) {
        if (event.kind === 'order' && after[copy.status].includes(event.status)) copy = order(event.status);
        if (event.kind === 'bank' && (intent === 'none' || intent === 'requires_action')) intent = event.answer;
        if (event.kind === 'step') step(event.hinted);
      }
      for (let settled = 0; settled < 5; settled++) step(true);
      if (copy.status === 'cancelled') expect(['released', 'refunded', 'declined']).toContain(intent);
      if (copy.status === 'created') expect(intent).not.toBe('captured');
      if (copy.status === 'awaiting:payment') expect(intent).not.toBe('authorized');
      expect(now.status).toBe(intent);
    }),
    { numRuns: 1_000 },
  );
});

test('only an order that won is charged, only a cancelled one is released or refunded', () => {
  const expected: Partial<Record<PaymentStatus, Partial<Record<OrderStatus, string>>>> = {
    authorized: { 'awaiting:payment': 'capture', cancelled: 'release' },
    requires_action: { cancelled: 'release' },
    captured: { cancelled: 'refund' },
  };
  for (const status of paymentStatuses)
    for (const state of orderStatuses)
      expect(nextStep(payment(status), order(state), new Date(0), false)).toBe(expected[status]?.[state] ?? 'nothing');
});

test('no authorisation is asked for after the time of the order, or for one that is not open', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...orderStatuses),
      fc.constantFrom(...paymentStatuses, null),
      fc.integer({ min: 0, max: 200_000 }),
      (status, paid, at) => {
        const now = new Date(at);
        const open = status === 'created' && now < EXPIRES;
        expect(mayAuthorize(order(status), now)).toBe(open);
        const start = () => begin(paid && payment(paid), order(status), { token: 'tok_other' }, now);
        if (paid === 'captured') expect(start()).toBe('same');
        else if (status === 'cancelled') expect(start).toThrow('Order was cancelled');
        else if (paid === 'authorized' || paid === 'pending') expect(start()).toBe('same');
        else if (open) expect(start()).toBe(paid === 'requires_action' ? 'replace' : 'attempt');
        else expect(start).toThrow(/nothing was charged|paid already/);
      },
    ),
  );
});

test('while the bank is asked, the same card is the same payment', () => {
  const start = (method: Payment['method']) => begin(payment('requires_action'), order('created'), method, new Date(0));
  expect(start(CARD)).toBe('same');
  expect(start({ paymentMethodId: 'tok_visa' })).toBe('replace');
});

test('every attempt has a number of its own, and forgets the last one', () => {
  const next = attempt(
    { ...payment('declined'), declined: 'card-declined' },
    'order',
    order('created'),
    CARD,
    new Date(5),
  );
  expect(next).toMatchObject({ attempt: 2, status: 'pending', stripeId: null, declined: null, amount: 2_000 });
});

test.each([
  ['pending', 'authorized', 'payment:authorized'],
  ['requires_action', 'authorized', 'payment:authorized'],
  ['authorized', 'authorized', undefined],
  ['authorized', 'captured', 'payment:created'],
  ['captured', 'captured', undefined],
  ['authorized', 'released', 'payment:failed'],
  ['pending', 'released', undefined],
  ['pending', 'declined', undefined],
  ['captured', 'refunded', undefined],
] as const)('from %s to %s tells %s', (from, to, event) => {
  expect(record(payment(from), outcome(to), new Date(0)).event).toBe(event);
});

test('a payment that may still change is looked at again, a settled one is not', () => {
  const checkAt = (to: Outcome['status']) => record(payment('pending'), outcome(to), new Date(0)).set.checkAt;
  for (const status of ['authorized', 'requires_action'] as const) expect(checkAt(status)).toEqual(new Date(3_000));
  for (const status of ['captured', 'declined', 'released', 'refunded'] as const) expect(checkAt(status)).toBeNull();
});

test('an intent is a stray if its attempt was replaced, or given up without it', () => {
  const given = { attempt: 1, stripeId: 'pi_1' };
  expect(isStray(payment('authorized'), given)).toBe(false);
  expect(isStray({ ...payment('pending'), stripeId: null }, given)).toBe(false);
  expect(isStray({ ...payment('pending'), attempt: 2 }, given)).toBe(true);
  expect(isStray({ ...payment('released'), stripeId: null }, given)).toBe(true);
});
