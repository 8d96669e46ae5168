import { newCharge } from './charge';
import { newIntent } from './intent';
import type { Context } from './objects';
import { refund } from './refund';

const context: Context = { now: 1_800_000_000, newId: (prefix) => `${prefix}_1` };
const intent = newIntent({ amount: 2000, currency: 'usd' }, null, context);
const charge = newCharge(intent, 'pm_1', { captured: true }, context);

test('refunds in parts until nothing is left', () => {
  const first = refund(charge, { amount: 500 }, context);
  expect(first.refund).toMatchObject({
    amount: 500,
    charge: charge.id,
    payment_intent: intent.id,
    status: 'succeeded',
  });
  expect(first.charge).toMatchObject({ amount_refunded: 500, refunded: false });

  const rest = refund(first.charge, {}, context);
  expect(rest.refund.amount).toBe(1500);
  expect(rest.charge).toMatchObject({ amount_refunded: 2000, refunded: true });
  expect(() => refund(rest.charge, {}, context)).toThrow('has already been refunded');
});

test('refunds no more than was captured', () => {
  expect(() => refund(charge, { amount: 2001 }, context)).toThrow('greater than unrefunded amount');
});
