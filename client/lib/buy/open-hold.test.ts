/** @jest-environment @happy-dom/jest-environment */
import type { OrderBody } from '@ticketing/common/contract';
import { forgetHold, holdIn, noteHold, noteOrders, readHold, soonestOf } from './open-hold';

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

describe('an order that is being paid', () => {
  const other = '6b0150640000000000000001';
  const open = (id: string, minutes: number) =>
    ({ id, status: 'created', expiresAt: new Date(minutes * 60_000).toISOString() }) as OrderBody;
  const noted = () => holdIn(readHold())?.orderId;

  beforeEach(() => {
    forgetHold();
    noteHold(orderId, Date.now() + 60_000);
    noteHold(orderId, undefined);
  });
  afterEach(() => jest.useRealTimers());

  it('is not recorded again from a stale response, and the API is asked again', () => {
    expect(noteOrders([open(orderId, 15)], 0, null)).toBe(true);
    expect(noted()).toBeUndefined();
    expect(noteOrders([], 0, null)).toBe(false);
  });

  it('leaves the others recorded', () => {
    expect(noteOrders([open(orderId, 3), open(other, 15)], 0, null)).toBe(true);
    expect(noted()).toBe(other);
    expect(noteOrders([open(orderId, 3), open(other, 15)], 0, readHold())).toBe(true);
    expect(noted()).toBe(other);
  });

  it('is recorded once its checkout says that it is open again, or the API has said so for long enough', () => {
    noteHold(orderId, Date.now() + 60_000);
    expect(noteOrders([open(orderId, 15)], 0, readHold())).toBe(false);
    expect(noted()).toBe(orderId);
    noteHold(orderId, undefined);
    jest.useFakeTimers({ now: Date.now() + 60_000 });
    expect(noteOrders([open(orderId, 15)], 0, null)).toBe(false);
    expect(noted()).toBe(orderId);
  });
});
