import type { PaymentStatus } from '@ticketing/common/contract';
import { isAtBank, soon, untouched, type Order, type Payment } from './payment';

/** A PaymentIntent's state at Stripe. Amounts are in minor units. */
export interface Outcome extends Pick<
  Payment,
  | 'stripeId'
  | 'clientSecret'
  | 'redirectUrl'
  | 'declined'
  | 'received'
  | 'refunded'
  | 'refundPending'
  | 'disputed'
  | 'dispute'
  | 'disputeId'
> {
  status: Exclude<PaymentStatus, 'pending'>;
}

/** The state of a payment's money. */
type Money = Pick<
  Payment,
  'status' | 'amount' | 'received' | 'refunded' | 'refundPending' | 'dispute' | 'clientSecret'
>;

/** The outcome of an attempt that never reached Stripe. */
export const nothingHeld: Outcome = {
  status: 'released',
  stripeId: null,
  clientSecret: null,
  redirectUrl: null,
  declined: null,
  ...untouched,
};

export type Step = 'recover' | 'inspect' | 'capture' | 'release' | 'refund' | 'contest' | 'nothing';

/** Problems we never cause ourselves, or that need a person: see `alarm`. */
export type Alarm =
  | 'partial-capture'
  | 'partial-refund'
  | 'refund-failed'
  | 'charged-without-order'
  | 'disputed'
  | 'payout-failed'
  | 'payout-not-reversed'
  | 'debt-settled-twice'
  | 'payment-lost'
  | 'ledger';

export type PaymentSubject = 'payment:authorized' | 'payment:created' | 'payment:failed' | 'payment:refunded';

/** An attempt unknown to Stripe after this many milliseconds is abandoned: no call takes that long. */
const GIVE_UP_AFTER = 5 * 60_000;
/** How long to wait for a bank after the order's time, in milliseconds: clocks differ. */
const BANK_LIMIT = 60_000;

/** Whether the money must be returned. */
export const isOver = ({ status }: Order) => status === 'cancelled' || status === 'refunded';

/** Whether an order must have been paid for. */
export const isPaidFor = ({ status }: Order) => status !== 'created' && status !== 'cancelled';

/**
 * Whether the order's time is over: no order waits for a bank beyond it, not even one that won but whose money is gone
 * by now.
 */
const isLate = ({ expiresAt }: Order, now: Date) => now.getTime() - expiresAt.getTime() > BANK_LIMIT;

/** Whether only part of the money was captured, which we never do: the sale is not fully paid. */
const isShort = ({ received, amount }: Money) => received < amount;

/**
 * The next step towards a settled payment: captured for an order that won, or holding no money.
 * @param look whether Stripe may have news
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
      if (payment.dispute === 'open') return 'contest';
      return look ? 'inspect' : 'nothing';
    case 'refunded':
      // The buyer would get the money twice.
      if (payment.dispute === 'open' && payment.refunded >= payment.received) return 'contest';
      return look ? 'inspect' : 'nothing';
    case 'declined':
      // Anyone with its secret could try one card after another on it.
      if (payment.clientSecret) return 'release';
      return look && payment.stripeId ? 'inspect' : 'nothing';
    case 'released':
      return 'nothing';
  }
}

/** Whether a lost attempt may be retried: no authorization starts after the order's time. */
export const mayAuthorize = (order: Order, now: Date): boolean => order.status === 'created' && now < order.expiresAt;

/** Whether an attempt unknown to Stripe can no longer reach it. */
export const neverArrived = (payment: Payment, now: Date): boolean =>
  now.getTime() - payment.startedAt.getTime() > GIVE_UP_AFTER;

/** Whether money is held, or would be if the buyer continued. */
export const mayHold = ({ status }: Pick<Outcome, 'status'>): boolean =>
  status === 'authorized' || status === 'requires_action';

/** The event that announces a payment's state. */
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

/**
 * An outcome as stored: a declined attempt stays declined when its intent is canceled, and its secret, if it was given
 * out, is kept until then.
 */
export function asKept({ status, clientSecret, declined }: Payment, outcome: Outcome): Outcome {
  if (outcome.status === 'declined') return { ...outcome, clientSecret: clientSecret ?? null };
  return status === 'declined' && outcome.status === 'released' ? { ...outcome, status, declined } : outcome;
}

/** The states from which a release, capture or refund is news. */
const newsFrom: Partial<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  authorized: ['pending', 'requires_action', 'declined'],
  captured: ['pending', 'requires_action', 'declined', 'authorized'],
  released: ['authorized'],
  refunded: ['pending', 'authorized', 'captured'],
};

/** An outcome's changes to a payment, its event, and its alarms, if any. */
export function record(payment: Payment, outcome: Outcome, order: Order, now: Date) {
  const next: Money = { ...outcome, amount: payment.amount };
  const event = newsFrom[outcome.status]?.includes(payment.status) ? eventOf(next, order) : undefined;
  const cause =
    outcome.status === 'refunded' && payment.status !== 'refunded' ? causeOf(payment, outcome, order) : payment.cause;
  const set = { ...outcome, cause, checkAt: rests(next, order) ? null : soon(now), ...(event && { toldAt: now }) };
  return { set, event, alarm: alarmOf(payment, next) };
}

/** Why captured money is gone, unless we returned it. */
function causeOf({ givingBack }: Payment, { dispute }: Outcome, order: Order): Payment['cause'] {
  if (givingBack || isOver(order)) return null;
  return dispute === 'lost' ? 'dispute' : 'dashboard';
}

function alarmOf(before: Money, after: Money): Alarm | undefined {
  if (isAtBank(after) && !isAtBank(before)) return 'disputed';
  if (after.status !== 'captured') return undefined;
  if (before.status === 'refunded') return 'refund-failed';
  if (isShort(after) && before.status !== 'captured') return 'partial-capture';
  return after.refunded > before.refunded ? 'partial-refund' : undefined;
}

/** Whether an outcome is already known. */
export const isKnown = (payment: Payment, outcome: Outcome): boolean =>
  (Object.keys(outcome) as (keyof Outcome)[]).every((name) => (payment[name] ?? null) === outcome[name]);

/** Whether a payment needs nothing more, and waits for nothing. */
export function rests(payment: Money, order: Order): boolean {
  switch (payment.status) {
    case 'pending':
    case 'requires_action':
    case 'authorized':
      return false;
    case 'captured':
      return order.status === 'complete' && !isShort(payment) && !isAtBank(payment);
    case 'refunded':
      return isOver(order) && !payment.refundPending && !isAtBank(payment);
    case 'declined':
      return order.status !== 'awaiting:payment' && !payment.clientSecret;
    case 'released':
      return order.status !== 'awaiting:payment';
  }
}
