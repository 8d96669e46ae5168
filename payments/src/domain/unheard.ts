import type { PaymentStatus } from '@ticketing/common/contract';
import type { Order, Payment } from './payment';
import { eventOf, type PaymentSubject } from './settling';

/** Events that orders seems to have missed about a payment, or we about an order: NATS may have lost them. */

/** An event not followed within this many milliseconds is published again. */
const TELL_AGAIN_AFTER = 10_000;

/** The order status that shows that orders has not received the payment's state. */
const waiting: Partial<Record<PaymentStatus, readonly Order['status'][]>> = {
  authorized: ['created'],
  captured: ['created', 'awaiting:payment'],
  declined: ['awaiting:payment'],
  released: ['awaiting:payment'],
  refunded: ['awaiting:payment', 'complete'],
};

/** Orders repeats a refund until it hears that the money is back: it has missed that if it was told this long ago, in ms. */
const ANSWER_AGAIN_AFTER = 60_000;
const [RELEASED_WITHIN, ASK_AGAIN_AFTER] = [3_600_000, 86_400_000];

/** Whether a sale should have been released, claimed or refunded by now: the event from orders may be lost. */
export function isReleaseLate({ toldAt }: Payment, { status, releaseAt, releasedAt }: Order, now: Date): boolean {
  if (status !== 'complete' || !releaseAt || releasedAt) return false;
  const isLate = now.getTime() - releaseAt.getTime() > RELEASED_WITHIN;
  return isLate && now.getTime() - (toldAt?.getTime() ?? 0) > ASK_AGAIN_AFTER;
}

/** The response to an order that repeats that it was refunded. */
export function answer(payment: Payment, order: Order, now: Date): PaymentSubject | undefined {
  if (order.status !== 'refunded' || payment.status !== 'refunded') return undefined;
  return now.getTime() - (payment.toldAt?.getTime() ?? 0) > ANSWER_AGAIN_AFTER ? eventOf(payment, order) : undefined;
}

/** An event published a while ago that orders seems to have missed. */
export function unheard(payment: Payment, order: Order, now: Date): PaymentSubject | undefined {
  const told = payment.toldAt?.getTime() ?? 0;
  if (now.getTime() - told < TELL_AGAIN_AFTER) return undefined;
  const isAsked = payment.status === 'captured' && isReleaseLate(payment, order, now);
  return isAsked || waiting[payment.status]?.includes(order.status) ? eventOf(payment, order) : undefined;
}
