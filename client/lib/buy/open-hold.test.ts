import type { OrderBody } from '@ticketing/common/contract';
import { holdIn, soonestOf } from './open-hold';

const orderId = '6b0150640000000000000000';

it('reads what was stored', () => {
  expect(holdIn(JSON.stringify({ orderId, until: 5 }))).toEqual({ orderId, until: 5 });
});

it.each([
  null,
  '',
  'nonsense',
  '[]',
  '{}',
  JSON.stringify({ orderId: '../evil', until: 5 }),
  JSON.stringify({ orderId, until: 'soon' }),
])('reads %j as nothing', (text) => {
  expect(holdIn(text)).toBeUndefined();
});

it("finds the open order that runs out first, by the API's clock", () => {
  const order = (id: string, minutes: number, status = 'created') =>
    ({ id, status, expiresAt: new Date(minutes * 60_000).toISOString() }) as OrderBody;
  const orders = [order('later', 9), order('paying', 3, 'awaiting:payment'), order('soon', 5), order('over', 1)];
  expect(soonestOf(orders, 2 * 60_000)).toEqual({ orderId: 'soon', left: 3 * 60_000 });
  expect(soonestOf(orders.slice(1, 2), 0)).toBeUndefined();
});
