import { OrderStatus, PaymentStatus } from '@ticketing/common/contract';
import {
  bankPage,
  isMoving,
  minutesToSay,
  newer,
  payStepOf,
  placedAt,
  Questions,
  stageOf,
  type PayStep,
  type Stage,
} from './purchase';
import { anOrder } from './testing';

const expiry = Date.UTC(2026, 10, 21, 12);
const order = (status: OrderStatus) => anOrder({ status, expiresAt: new Date(expiry).toISOString() });

function stage(status: OrderStatus, paid: PaymentStatus | null, now: number): Stage {
  const payment = paid && { id: 'p', orderId: 'o', status: paid };
  return stageOf({ order: order(status), payment, serverNow: now }, now);
}

it.each<[PaymentStatus | null, Stage, Stage]>([
  [null, 'pay', 'releasing'],
  ['declined', 'pay', 'releasing'],
  ['requires_action', 'bank', 'releasing'],
  ['pending', 'settling', 'settling'],
  ['authorized', 'settling', 'settling'],
  ['captured', 'settling', 'settling'],
])('a held order whose payment is %s is at %s in time, and at %s afterwards', (paid, before, after) => {
  expect(stage('created', paid, expiry - 1)).toBe(before);
  expect(stage('created', paid, expiry)).toBe(after);
});

it('follows the order once it has ended, whatever the payment and the time', () => {
  for (const paid of [null, ...PaymentStatus.options])
    for (const now of [expiry - 1, expiry]) {
      expect(stage('awaiting:payment', paid, now)).toBe('settling');
      expect(stage('complete', paid, now)).toBe('complete');
      expect(stage('cancelled', paid, now)).toBe('cancelled');
      expect(stage('refunded', paid, now)).toBe('refunded');
    }
});

it('rests only where the buyer has to act or everything is settled', () => {
  const resting = OrderStatus.options.flatMap((status) =>
    [null, ...PaymentStatus.options].map((paid) => stage(status, paid, expiry - 1)).filter((at) => !isMoving(at)),
  );
  expect(new Set(resting)).toEqual(new Set(['pay', 'complete', 'cancelled', 'refunded']));
});

it('sends the buyer to the bank with a return URL', () => {
  const here = 'http://127.0.0.1:3000/orders/1?redirect_status=failed';
  const there = new URL(bankPage('http://127.0.0.1:4242/authenticate/pi_1_secret_2', here));
  expect(there.pathname).toBe('/authenticate/pi_1_secret_2');
  expect(there.searchParams.get('return_url')).toBe('http://127.0.0.1:3000/orders/1');
  const known = 'https://bank.example/?return_url=https%3A%2F%2Fshop.example';
  expect(bankPage(known, here)).toBe(known);
});

it.each<[OrderStatus, PaymentStatus | null, PayStep]>([
  ['created', null, 'asking'],
  ['created', 'declined', 'asking'],
  ['created', 'pending', 'asking'],
  ['created', 'authorized', 'authorized'],
  ['awaiting:payment', 'authorized', 'confirming'],
  ['awaiting:payment', null, 'confirming'],
  ['awaiting:payment', 'captured', 'confirming'],
  ['complete', 'captured', 'complete'],
  ['complete', null, 'complete'],
])('an order that is %s with a payment %s is at the step %s', (status, paid, step) => {
  const payment = paid && { id: 'p', orderId: 'o', status: paid };
  expect(payStepOf({ order: order(status), payment, serverNow: 0 })).toBe(step);
});

it('waits for the response to a payment sent in time, whatever the time by then', () => {
  expect(stageOf({ order: order('created'), payment: null, serverNow: 0 }, expiry + 1, true)).toBe('settling');
  expect(stageOf({ order: order('cancelled'), payment: null, serverNow: 0 }, expiry + 1, true)).toBe('cancelled');
});

it('announces five, two and one minutes, once each', () => {
  const said: number[] = [];
  for (let left = 15 * 60_000; left >= -1000; left -= 1000) {
    const minutes = minutesToSay(left + 1000, left);
    if (minutes) said.push(minutes);
  }
  expect(said).toEqual([5, 2, 1]);
});

it('after a sleep announces only the latest, and nothing when time is up', () => {
  expect(minutesToSay(600_000, 90_000)).toBe(2);
  expect(minutesToSay(600_000, 30_000)).toBe(1);
  expect(minutesToSay(600_000, 0)).toBeUndefined();
  expect(minutesToSay(90_000, 90_000)).toBeUndefined();
});

it('reads the time of an order from its id', () => {
  expect(placedAt({ id: '6b015427e78a6e00c73a3222' })).toBe(Date.UTC(2026, 10, 21, 8, 19, 51));
});

it('an order never goes back to an older state, however late that arrives', () => {
  const [older, later] = [order('created'), { ...order('complete'), version: 1 }];
  expect(newer(older, later)).toBe(later);
  expect(newer(later, older)).toBe(later);
});

it('drops a response once a later request has been answered', () => {
  const questions = new Questions();
  const [first, second, third] = [questions.ask(), questions.ask(), questions.ask()];
  expect(questions.takes(second)).toBe(true);
  expect(questions.takes(first)).toBe(false);
  expect(questions.takes(third)).toBe(true);
});
