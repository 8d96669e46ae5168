import { type OrderBody } from '@ticketing/common/contract';
import { groupOrders } from './my-orders';
import { anOrder } from './testing';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;
let made = 0;

/** An order, newer than those before it, for an event in that many hours; null: its date is unknown. */
function order(status: OrderBody['status'], inHours: number | null): OrderBody {
  const startsAt = inHours === null ? null : new Date(now + inHours * hour).toISOString();
  const id = (0x6b000000 + made++).toString(16).padEnd(24, '0');
  const ticket = { ...anOrder().ticket, startsAt };
  return anOrder({ id, status, expiresAt: new Date(now).toISOString(), ticket });
}

it('separates orders to pay, upcoming, past and cancelled', () => {
  const [held, settling, next, begun, undated, cancelled] = [
    order('created', 1),
    order('awaiting:payment', -1),
    order('complete', 1),
    order('complete', 0),
    order('complete', null),
    order('cancelled', 1),
  ];
  expect(groupOrders([held, settling, next, begun, undated, cancelled], now)).toEqual({
    open: [settling, held],
    upcoming: [next, undated],
    past: [begun],
    cancelled: [cancelled],
  });
});

it('puts the next event first, undated ones last, and the latest of the past first', () => {
  const [undated, late, soon, longAgo, lately] = [
    order('complete', null),
    order('complete', 48),
    order('complete', 2),
    order('complete', -48),
    order('complete', -2),
  ];
  const groups = groupOrders([undated, late, soon, longAgo, lately], now);
  expect(groups.upcoming).toEqual([soon, late, undated]);
  expect(groups.past).toEqual([lately, longAgo]);
});

it('of two that start at once the newer comes first, and nothing is sorted in place', () => {
  const [older, newer] = [order('complete', 2), order('complete', 2)];
  const given = Object.freeze([older, newer]);
  expect(groupOrders(given, now).upcoming).toEqual([newer, older]);
});
