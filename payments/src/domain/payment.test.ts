import type { OrderStatus, PaymentStatus } from '@ticketing/common';
import fc from 'fast-check';
import { attempt, begin, MAX_ATTEMPTS, own, refuseUnlessAlive, type Order, type Payment } from './payment';

const EXPIRES = new Date(100_000);
const BEFORE = new Date(99_999);
const CARD = { token: 'tok_visa' };
const OTHER = { token: 'tok_other' };
const order = (status: OrderStatus): Order => ({ userId: 'buyer', status, expiresAt: EXPIRES, price: 2_000 });
const payment = (status: PaymentStatus, changes: Partial<Payment> = {}): Payment => ({
  ...attempt(null, 'order', order('created'), CARD, new Date(0)),
  stripeId: 'pi_1',
  status,
  ...changes,
});

test('an order can be paid until its expiry, exclusive', () => {
  expect(begin(null, order('created'), CARD, BEFORE)).toBe('attempt');
  expect(() => begin(null, order('created'), CARD, EXPIRES)).toThrow('expired');
  expect(() => begin(payment('declined'), order('created'), CARD, EXPIRES)).toThrow('expired');
  expect(() => begin(payment('requires_action'), order('created'), CARD, EXPIRES)).toThrow('expired');
});

test.each<[PaymentStatus | null, OrderStatus, string]>([
  [null, 'created', 'attempt'],
  ['declined', 'created', 'attempt'],
  ['released', 'created', 'attempt'],
  ['refunded', 'created', 'attempt'],
  ['requires_action', 'created', 'replace'],
  ['pending', 'created', 'same'],
  ['authorized', 'created', 'same'],
  ['authorized', 'awaiting:payment', 'same'],
  ['captured', 'created', 'same'],
  ['captured', 'complete', 'same'],
  ['captured', 'cancelled', 'same'],
  [null, 'cancelled', 'Order was cancelled'],
  ['pending', 'cancelled', 'Order was cancelled'],
  [null, 'awaiting:payment', 'Order has already been paid'],
  [null, 'complete', 'Order has already been paid'],
  ['refunded', 'refunded', 'Order has already been paid'],
])('a payment that is %s for an order that is %s leads to: %s', (status, state, expected) => {
  const start = () => begin(status && payment(status), order(state), OTHER, BEFORE);
  if (expected.includes(' ')) expect(start).toThrow(expected);
  else expect(start()).toBe(expected);
});

test('attempts are limited', () => {
  const last = payment('declined', { attempt: MAX_ATTEMPTS - 1 });
  expect(begin(last, order('created'), CARD, BEFORE)).toBe('attempt');
  for (const status of ['declined', 'released', 'requires_action'] as const)
    expect(() => begin(payment(status, { attempt: MAX_ATTEMPTS }), order('created'), OTHER, BEFORE)).toThrow(
      'Too many cards',
    );
  expect(begin(payment('requires_action', { attempt: MAX_ATTEMPTS }), order('created'), CARD, BEFORE)).toBe('same');
});

test('while the bank is confirming, a repeat with the same card is the same payment', () => {
  const start = (method: Payment['method'], known: Payment['method'] = CARD) =>
    begin(payment('requires_action', { method: known }), order('created'), method, BEFORE);
  expect(start(CARD)).toBe('same');
  expect(start({ paymentMethodId: 'tok_visa' })).toBe('replace');
  expect(start({ paymentMethodId: 'pm_1' }, { paymentMethodId: 'pm_1' })).toBe('same');
  expect(start({ paymentMethodId: 'pm_2' }, { paymentMethodId: 'pm_1' })).toBe('replace');
  expect(start(CARD, { paymentMethodId: 'tok_visa' })).toBe('replace');
});

test("every attempt has its own number, the order's price, and nothing of the previous one", () => {
  const last: Payment = {
    ...payment('declined'),
    ...{
      declined: 'card-declined',
      clientSecret: 's',
      redirectUrl: 'u',
      received: 1,
      refunded: 1,
      refundPending: true,
    },
  };
  const first = attempt(null, 'order', order('created'), OTHER, new Date(5));
  expect(first).toMatchObject({ attempt: 1, amount: 2_000, startedAt: new Date(5), checkAt: new Date(3_005) });
  expect(attempt(last, 'order', order('created'), OTHER, new Date(5))).toEqual({ ...first, attempt: 2 });
});

test('only its buyer can pay an order', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (owner, caller) => {
      const mine = () => own({ ...order('created'), userId: owner }, caller);
      if (owner === caller) expect(mine().userId).toBe(caller);
      else expect(mine).toThrow('not yours');
    }),
  );
  expect(() => own(null, 'buyer')).toThrow('Order not found');
});

test('a failed payment is refused with its reason', () => {
  const said = (status: PaymentStatus, declined: Payment['declined'] = null) => {
    try {
      refuseUnlessAlive(payment(status, { declined }));
    } catch (error) {
      return (error as { code: string }).code;
    }
    return undefined;
  };
  expect(said('declined', 'card-funds')).toBe('card-funds');
  expect(said('declined')).toBe('card-declined');
  for (const status of ['released', 'refunded'] as const) expect(said(status)).toBe('order-ended');
  for (const status of ['pending', 'requires_action', 'authorized', 'captured'] as const)
    expect(said(status)).toBeUndefined();
});
