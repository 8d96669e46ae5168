import {
  toMajor,
  type NewEvent,
  type PaymentBody,
  type PaymentData,
  type PaymentStatus,
  type PayoutBody,
  type PayoutData,
} from '@ticketing/common';
import type { Order, Payment } from './domain/payment';
import { viewOf, type Seller } from './domain/payout';
import type { PaymentSubject } from './domain/settling';
import type { StoredPayment } from './store';

export const toData = (id: string, { orderId, amount, stripeId, cause }: Payment): PaymentData => ({
  id,
  orderId,
  amount,
  stripeId: stripeId ?? '',
  cause: cause ?? null,
});

export const toBody = (id: string, { orderId, status, clientSecret, redirectUrl }: Payment): PaymentBody => ({
  id,
  orderId,
  status,
  ...(status === 'requires_action' && { ...(clientSecret && { clientSecret }), ...(redirectUrl && { redirectUrl }) }),
});

const subjects: Partial<Record<PaymentStatus, PaymentSubject>> = {
  authorized: 'payment:authorized',
  captured: 'payment:created',
  released: 'payment:failed',
  refunded: 'payment:refunded',
};

/** The events that announce the state of a payment and of its seller's share, as far as others need to know. */
export const snapshot = (payment: StoredPayment): NewEvent[] => {
  const id = payment._id.toString();
  const isShort = payment.status === 'captured' && (payment.received ?? payment.amount) < payment.amount;
  const subject = isShort ? undefined : subjects[payment.status];
  return [...(subject ? [{ subject, data: toData(id, payment) }] : []), ...payoutEvents(id, payment)];
};

/** The event that announces the outcome of a seller's share, once known. */
export function payoutEvents(
  id: string,
  { orderId, sellerId, title, payout }: Pick<Payment, 'orderId' | 'sellerId' | 'title' | 'payout'>,
): NewEvent[] {
  if (!sellerId || (payout?.status !== 'paid' && payout?.status !== 'failed')) return [];
  const { amount, settled, reason, status } = payout;
  const data: PayoutData = {
    ...{ id, orderId, userId: sellerId, title: title ?? '' },
    ...{ amount, settled, reason, at: payout.at.toISOString() },
  };
  return [{ subject: status === 'paid' ? 'payout:paid' : 'payout:failed', data }];
}

/** A seller's share of a sale. */
export function toPayout(payment: Payment, order: Order, seller: Seller | null): PayoutBody {
  const { price, fee, settled, amount, ...view } = viewOf(payment, order, seller);
  const { orderId, payout } = payment;
  return {
    orderId,
    ticketId: payment.ticketId ?? '',
    title: payment.title ?? '',
    price: toMajor(price),
    fee: toMajor(fee),
    settled: toMajor(settled),
    amount: toMajor(amount),
    ...view,
    releaseAt: (order.releasedAt ?? order.releaseAt)?.toISOString() ?? null,
    paidAt: view.status === 'paid' ? (payout?.at.toISOString() ?? null) : null,
  };
}
