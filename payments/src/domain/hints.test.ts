import type { PaymentStatus } from '@ticketing/common';
import { isHarmful, isNews, isStray, type IntentHint } from './hints';
import { attempt, type Payment } from './payment';
import type { Outcome } from './settling';

const order = { userId: 'buyer', status: 'created' as const, expiresAt: new Date(1), price: 100 };
const payment = (status: PaymentStatus, changes: Partial<Payment> = {}): Payment => ({
  ...attempt(null, 'order', order, { token: 'tok_visa' }, new Date(0)),
  ...{ stripeId: 'pi_1', status },
  ...changes,
});
const hint = (status: Outcome['status']): IntentHint => ({
  ...{ about: 'intent', stripeId: 'pi_1', orderId: 'order', attempt: 1 },
  status,
});

test('a hint is news if the intent has moved on from what we know', () => {
  const news: Partial<Record<PaymentStatus, Outcome['status'][]>> = {
    requires_action: ['authorized', 'captured', 'declined', 'released', 'refunded'],
    declined: ['requires_action', 'authorized', 'captured', 'released', 'refunded'],
    authorized: ['captured', 'released', 'refunded'],
    captured: ['released', 'refunded'],
  };
  const known: PaymentStatus[] = ['pending', 'requires_action', 'declined', 'authorized', 'captured', 'released'];
  const told = ['requires_action', 'authorized', 'captured', 'declined', 'released', 'refunded'] as const;
  for (const status of known)
    expect([status, told.filter((one) => isNews(payment(status), hint(one))).sort()]).toEqual([
      status,
      (news[status] ?? []).sort(),
    ]);
});

test('a refund or a dispute concerns a charged payment', () => {
  const statuses: PaymentStatus[] = ['pending', 'requires_action', 'declined', 'authorized', 'released'];
  const ofCharge = { about: 'charge', stripeId: 'pi_1' } as const;
  for (const status of statuses) expect(isNews(payment(status), ofCharge)).toBe(false);
  for (const status of ['captured', 'refunded'] as const) expect(isNews(payment(status), ofCharge)).toBe(true);
});

test('an intent is a stray if its attempt was replaced or abandoned', () => {
  const given = { attempt: 1, stripeId: 'pi_1' };
  expect(isStray(payment('authorized'), given)).toBe(false);
  expect(isStray(payment('pending', { stripeId: null }), given)).toBe(false);
  expect(isStray(payment('pending', { attempt: 2 }), given)).toBe(true);
  expect(isStray(payment('released', { stripeId: null }), given)).toBe(true);
});

test('only a stray that holds, may hold or has taken money is undone', () => {
  const harmful = (['requires_action', 'authorized', 'captured', 'declined', 'released', 'refunded'] as const).filter(
    (status) => isHarmful({ status }),
  );
  expect(harmful).toEqual(['requires_action', 'authorized', 'captured']);
});
