import type { OrderStatus, PaymentStatus } from '@ticketing/common';
import fc from 'fast-check';
import { attempt, untouched, type Order, type Payment } from './payment';
import { isKnown, mayAuthorize, neverArrived, nextStep, record, rests, type Outcome } from './settling';
import { unheard } from './unheard';

const EXPIRES = new Date(100_000);
const AMOUNT = 2_000;
const order = (status: OrderStatus): Order => ({ userId: 'buyer', status, expiresAt: EXPIRES, price: AMOUNT });
const isTaken = (status: PaymentStatus) => status === 'captured' || status === 'refunded';
const outcome = (status: Outcome['status'], changes: Partial<Outcome> = {}): Outcome => ({
  status,
  stripeId: 'pi_1',
  clientSecret: null,
  redirectUrl: null,
  declined: null,
  ...untouched,
  received: isTaken(status) ? AMOUNT : 0,
  refunded: status === 'refunded' ? AMOUNT : 0,
  ...changes,
});
const payment = (status: PaymentStatus, changes: Partial<Payment> = {}): Payment => ({
  ...attempt(null, 'order', order('created'), { token: 'tok_visa' }, new Date(0)),
  ...(status !== 'pending' && outcome(status)),
  status,
  ...changes,
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
const orderStatuses: OrderStatus[] = ['created', 'awaiting:payment', 'complete', 'cancelled', 'refunded'];
const after: Record<OrderStatus, OrderStatus[]> = {
  created: ['awaiting:payment', 'cancelled'],
  'awaiting:payment': ['complete', 'cancelled'],
  complete: ['refunded'],
  cancelled: [],
  refunded: [],
};

/** A model of an intent at Stripe: what may happen to it from outside, and how it responds to each step. */
type Intent = 'none' | Outcome['status'];
const outside: Partial<Record<Intent, Intent[]>> = {
  none: ['requires_action', 'authorized', 'declined'],
  requires_action: ['authorized', 'declined', 'released'],
  declined: ['requires_action', 'authorized'],
  authorized: ['captured', 'released'],
  captured: ['refunded'],
  refunded: ['captured'],
};
const steps: Record<string, (intent: Intent) => Intent> = {
  capture: (intent) => (intent === 'authorized' ? 'captured' : intent),
  release: (intent) => (isTaken(intent as PaymentStatus) ? intent : 'released'),
  refund: (intent) => (intent === 'captured' ? 'refunded' : intent),
};

const news = fc.oneof(
  fc.record({ kind: fc.constant('order' as const), status: fc.constantFrom(...orderStatuses) }),
  fc.record({ kind: fc.constant('outside' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('step' as const), look: fc.boolean() }),
);

test('in any order of events, money is kept only for a won order, and neither held nor kept for an order that has ended', () => {
  fc.assert(
    fc.property(fc.array(news, { maxLength: 40 }), (events) => {
      let intent: Intent = 'none';
      let copy = order('created');
      let now = payment('pending');
      const told: string[] = [];
      const step = (look: boolean) => {
        const next = nextStep(now, copy, look, new Date(0));
        if (next === 'nothing') return;
        if (next === 'capture') expect(copy.status).toBe('awaiting:payment');
        if (next === 'refund') expect(['cancelled', 'refunded']).toContain(copy.status);
        const answer: Intent = steps[next]?.(intent) ?? intent;
        intent = answer === 'none' ? 'released' : answer;
        const { set, event } = record(now, outcome(intent), copy, new Date(0));
        if (event) told.push(event);
        now = { ...now, ...set };
      };
      for (const event of events) {
        if (event.kind === 'order' && after[copy.status].includes(event.status)) copy = order(event.status);
        const may: Intent[] = outside[intent] ?? [];
        if (event.kind === 'outside') intent = may[event.pick % may.length] ?? intent;
        if (event.kind === 'step') step(event.look);
      }
      for (let settled = 0; settled < 5; settled++) step(true);
      expect(now.status).toBe(intent);
      if (copy.status === 'cancelled') expect(['released', 'refunded', 'declined']).toContain(intent);
      if (copy.status === 'refunded') expect(intent).not.toBe('captured');
      if (copy.status === 'awaiting:payment') expect(intent).not.toBe('authorized');
      expect(told.filter((event) => event === 'payment:created').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test('only a won order is charged, and only an ended one is released or refunded', () => {
  const over = { requires_action: 'release', authorized: 'release', captured: 'refund' };
  const expected: Record<OrderStatus, Partial<Record<PaymentStatus, string>>> = {
    created: {},
    'awaiting:payment': { authorized: 'capture' },
    complete: {},
    cancelled: over,
    refunded: over,
  };
  for (const status of paymentStatuses)
    for (const state of orderStatuses) {
      const step = expected[state][status] ?? 'nothing';
      expect(nextStep(payment(status), order(state), false, new Date(0))).toBe(step);
      const look = status === 'pending' ? 'recover' : status === 'released' ? 'nothing' : 'inspect';
      expect(nextStep(payment(status), order(state), true, new Date(0))).toBe(step === 'nothing' ? look : step);
    }
  expect(nextStep(payment('declined', { stripeId: null }), order('created'), true, new Date(0))).toBe('nothing');
});

test("waits for a bank until a minute after the order's time", () => {
  const waiting = (now: number) => nextStep(payment('requires_action'), order('awaiting:payment'), true, new Date(now));
  expect(waiting(160_000)).toBe('inspect');
  expect(waiting(160_001)).toBe('release');
});

test("a partial capture is refunded, whatever the order's state", () => {
  for (const state of orderStatuses) {
    expect(nextStep(payment('captured', { received: AMOUNT - 1 }), order(state), false, new Date(0))).toBe('refund');
    const short = record(
      payment('authorized'),
      outcome('captured', { received: AMOUNT - 1 }),
      order(state),
      new Date(0),
    );
    expect(short).toMatchObject({ event: undefined, alarm: 'partial-capture' });
  }
});

test("a lost attempt is retried until its order's time, and abandoned after five minutes", () => {
  expect(mayAuthorize(order('created'), new Date(99_999))).toBe(true);
  expect(mayAuthorize(order('created'), EXPIRES)).toBe(false);
  for (const state of orderStatuses.slice(1)) expect(mayAuthorize(order(state), new Date(0))).toBe(false);
  expect(neverArrived(payment('pending'), new Date(300_000))).toBe(false);
  expect(neverArrived(payment('pending'), new Date(300_001))).toBe(true);
});

test.each<[PaymentStatus, Outcome['status'], OrderStatus, string | undefined]>([
  ['pending', 'authorized', 'created', 'payment:authorized'],
  ['requires_action', 'authorized', 'created', 'payment:authorized'],
  ['declined', 'authorized', 'created', 'payment:authorized'],
  ['authorized', 'captured', 'awaiting:payment', 'payment:created'],
  ['authorized', 'captured', 'created', 'payment:authorized'],
  ['authorized', 'released', 'awaiting:payment', 'payment:failed'],
  ['captured', 'refunded', 'complete', 'payment:refunded'],
  ['captured', 'refunded', 'refunded', 'payment:refunded'],
  ['captured', 'refunded', 'cancelled', 'payment:refunded'],
  ['captured', 'refunded', 'awaiting:payment', 'payment:failed'],
  ['refunded', 'captured', 'refunded', undefined],
  ['pending', 'released', 'created', undefined],
  ['requires_action', 'released', 'cancelled', undefined],
  ['pending', 'declined', 'created', undefined],
])('from %s to %s for an order that is %s publishes %s', (from, to, state, event) => {
  const { set, event: told } = record(payment(from), outcome(to), order(state), new Date(7));
  expect(told).toBe(event);
  expect('toldAt' in set ? set.toldAt : undefined).toEqual(event && new Date(7));
});

test.each<[Payment, Outcome, string | undefined]>([
  [payment('captured'), outcome('captured', { refunded: 1 }), 'partial-refund'],
  [payment('captured', { refunded: 2 }), outcome('captured', { refunded: 1 }), undefined],
  [payment('captured'), outcome('refunded'), undefined],
  [payment('refunded'), outcome('captured'), 'refund-failed'],
  [payment('authorized'), outcome('captured'), undefined],
])('raises an alarm for what needs a person: %#', (before, now, alarm) => {
  expect(record(before, now, order('complete'), new Date(0)).alarm).toBe(alarm);
});

test('a payment is checked until nothing can change any more', () => {
  const resting: Partial<Record<PaymentStatus, OrderStatus[]>> = {
    captured: ['complete'],
    declined: ['created', 'complete', 'cancelled', 'refunded'],
    released: ['created', 'complete', 'cancelled', 'refunded'],
    refunded: ['cancelled', 'refunded'],
  };
  for (const status of paymentStatuses)
    for (const state of orderStatuses)
      expect([status, state, rests(payment(status), order(state))]).toEqual([
        status,
        state,
        resting[status]?.includes(state) ?? false,
      ]);
  expect(rests(payment('refunded', { refundPending: true }), order('refunded'))).toBe(false);
  expect(rests(payment('captured', { received: 1 }), order('complete'))).toBe(false);
  const checkAt = (to: Outcome['status']) =>
    record(payment('pending'), outcome(to), order('complete'), new Date(0)).set.checkAt;
  expect(checkAt('authorized')).toEqual(new Date(3_000));
  expect(checkAt('captured')).toBeNull();
});

test('an event that an order waits for is published again after ten seconds', () => {
  const expected: Partial<Record<PaymentStatus, Partial<Record<OrderStatus, string>>>> = {
    authorized: { created: 'payment:authorized' },
    captured: { created: 'payment:authorized', 'awaiting:payment': 'payment:created' },
    declined: { 'awaiting:payment': 'payment:failed' },
    released: { 'awaiting:payment': 'payment:failed' },
    refunded: { 'awaiting:payment': 'payment:failed', complete: 'payment:refunded' },
  };
  for (const status of paymentStatuses)
    for (const state of orderStatuses) {
      const told = payment(status, { toldAt: new Date(1_000) });
      expect(unheard(told, order(state), new Date(10_999))).toBeUndefined();
      expect(unheard(told, order(state), new Date(11_000))).toBe(expected[status]?.[state]);
    }
  expect(unheard(payment('captured', { received: 1 }), order('awaiting:payment'), EXPIRES)).toBeUndefined();
});

test('an outcome is known if it contains nothing new', () => {
  expect(isKnown(payment('captured'), outcome('captured'))).toBe(true);
  for (const change of [{ refunded: 1 }, { received: 1 }, { refundPending: true }, { stripeId: 'pi_2' }])
    expect(isKnown(payment('captured'), outcome('captured', change))).toBe(false);
});
