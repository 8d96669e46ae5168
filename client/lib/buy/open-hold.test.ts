import { holdIn } from './open-hold';

const orderId = '6b0150640000000000000000';

it('reads what was noted', () => {
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
])('takes %j for nothing', (text) => {
  expect(holdIn(text)).toBeUndefined();
});
