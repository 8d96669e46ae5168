import type { PaymentStatus } from '@ticketing/common/contract';
import { soon, type Order, type Payment } from './payment';

/** What Stripe says of a PaymentIntent. Amounts are in minor units. */
export interface Outcome extends Pick<
  Payment,
  'stripeId' | 'clientSecret' | 'redirectUrl' | 'declined' | 'received' | 'refunded' | 'refundPending'
> {
  status: Exclude<PaymentStatus, 'pending'>;
}

/** Where the money of a payment is. */
type Money = Pick<Payment, 'status' | 'amount' | 'received' | 'refunded' | 'refundPending'>;

/** What has become of an attempt that never reached Stripe. */
export const nothingHeld: Outcome = {
  status: 'released',
  stripeId: null,
  clientSecret: null,
  redirectUrl: null,
  declined: null,
  received: 0,
  refunded: 0,
  refundPending: false,
};

export type Step = 'recover' | 'inspect' | 'capture' | 'release' | 'refund' | 'nothing';

/** What must not happen by our own doing, or needs a person: see `alarm`. */
export type Alarm = 'partial-capture' | 'partial-refund' | 'refund-failed' | 'charged-without-order' | 'disputed';

export type PaymentSubject = 'payment:authorized' | 'payment:created' | 'payment:failed' | 'payment:refunded';

/** An attempt of which Stripe knows nothing after this many milliseconds is given up: no call lasts that long. */
const GIVE_UP_AFTER = 5 * 60_000;
/** Who has not followed an event after this many milliseconds is told again. */
const TELL_AGAIN_AFTER = 10_000;
/** A bank is waited for until so many milliseconds after the order's time: clocks differ. */
const BANK_LIMIT = 60_000;

/** Whether the money is not to be kept. */
const isOver = ({ status }: Order) => status === 'cancelled' || status === 'refunded';

/** Whether the order's time is over: none waits for a bank beyond it, also one that won by money that is gone by now. */
const isLate = ({ expiresAt }: Order, now: Date) => now.getTime() - expiresAt.getTime() > BANK_LIMIT;

/** Whether a part of the money was captured, which nobody here does: what was sold is not paid. */
const isShort = ({ received, amount }: Money) => received < amount;

/**
 * The next step towards a payment that is settled: captured for the order that won, or holding no money.
 * @param look whether there is reason to think that Stripe has news
 */
export function nextStep(payment: Payment, order: Order, look: boolean, now: Date): Step {
  switch (payment.status) {
    case 'pending':
      return look ? 'recover' : 'nothing';
    case 'requires_action':
      if (isOver(order) || isLate(order, now)) return 'release';
      return look ? 'inspect' : 'nothing';
    case 'authorized':
      if (isOver(order)) return 'release';
      if (order.status === 'awaiting:payment') return 'capture';
      return look ? 'inspect' : 'nothing';
    case 'captured':
      if (isOver(order) || isShort(payment)) return 'refund';
      return look ? 'inspect' : 'nothing';
    case 'refunded':
      return look ? 'inspect' : 'nothing';
    case 'declined':
      // Stripe.js may try the declined intent again, with another card.
      return look && payment.stripeId ? 'inspect' : 'nothing';
    case 'released':
      return 'nothing';
  }
}

/** Whether a lost attempt may be asked for again: no authorisation starts after the order's time. */
export const mayAuthorize = (order: Order, now: Date): boolean => order.status === 'created' && now < order.expiresAt;

/** Whether an attempt that Stripe does not know can no longer reach it. */
export const neverArrived = (payment: Payment, now: Date): boolean =>
  now.getTime() - payment.startedAt.getTime() > GIVE_UP_AFTER;

/** Whether money is held, or would be if the buyer went on. */
export const mayHold = ({ status }: Pick<Outcome, 'status'>): boolean =>
  status === 'authorized' || status === 'requires_action';

/** What others are to hear of a payment that has come this far. */
export function eventOf(payment: Money, order: Order) {
  const subject: Partial<Record<PaymentStatus, PaymentSubject>> = {
    authorized: 'payment:authorized',
    captured: order.status === 'created' ? 'payment:authorized' : 'payment:created',
    declined: order.status === 'awaiting:payment' ? 'payment:failed' : undefined,
    released: 'payment:failed',
    refunded: order.status === 'created' || order.status === 'awaiting:payment' ? 'payment:failed' : 'payment:refunded',
  };
  return payment.status === 'captured' && isShort(payment) ? undefined : subject[payment.status];
}

/** From which states it is news that a payment is released, captured or refunded. */
const newsFrom: Partial<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  authorized: ['pending', 'requires_action', 'declined'],
  captured: ['pending', 'requires_action', 'declined', 'authorized'],
  released: ['authorized'],
  refunded: ['pending', 'authorized', 'captured'],
};

/** What an outcome changes in a payment, the event that it causes, and what is wrong with it, if anything. */
export function record(payment: Payment, outcome: Outcome, order: Order, now: Date) {
  const next: Money = { ...outcome, amount: payment.amount };
  const event = newsFrom[outcome.status]?.includes(payment.status) ? eventOf(next, order) : undefined;
  const set = { ...outcome, checkAt: rests(next, order) ? null : soon(now), ...(event && { toldAt: now }) };
  return { set, event, alarm: alarmOf(payment, next) };
}

function alarmOf(before: Money, after: Money): Alarm | undefined {
  if (after.status !== 'captured') return undefined;
  if (before.status === 'refunded') return 'refund-failed';
  if (isShort(after) && before.status !== 'captured') return 'partial-capture';
  return after.refunded > before.refunded ? 'partial-refund' : undefined;
}

/** Whether an outcome says what is known already. */
export const isKnown = (payment: Payment, outcome: Outcome): boolean =>
  (Object.keys(outcome) as (keyof Outcome)[]).every((name) => (payment[name] ?? null) === outcome[name]);

/** Whether nothing more is to be done for a payment, or waited for. */
export function rests(payment: Money, order: Order): boolean {
  switch (payment.status) {
    case 'pending':
    case 'requires_action':
    case 'authorized':
      return false;
    case 'captured':
      return order.status === 'complete' && !isShort(payment);
    case 'refunded':
      return isOver(order) && !payment.refundPending;
    case 'declined':
    case 'released':
      return order.status !== 'awaiting:payment';
  }
}

/** In which state an order waits for a payment that has come this far, so that it cannot have heard of it. */
const waiting: Partial<Record<PaymentStatus, readonly Order['status'][]>> = {
  authorized: ['created'],
  captured: ['created', 'awaiting:payment'],
  declined: ['awaiting:payment'],
  released: ['awaiting:payment'],
  refunded: ['awaiting:payment', 'complete'],
};

/** The event that was told a while ago and that orders seems not to have heard. */
export function unheard(payment: Payment, order: Order, now: Date): PaymentSubject | undefined {
  const told = payment.toldAt?.getTime() ?? 0;
  if (now.getTime() - told < TELL_AGAIN_AFTER) return undefined;
  return waiting[payment.status]?.includes(order.status) ? eventOf(payment, order) : undefined;
}
