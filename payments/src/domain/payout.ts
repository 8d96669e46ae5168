import type { Order, Payment } from './payment';

/** A seller's account at Stripe, as far as payouts need it. */
export interface Seller {
  accountId: string | null;
  isReady: boolean;
}

export type PayoutStep = 'wait' | 'begin' | 'find' | 'reverse' | 'nothing';

/** The next step towards a seller who has their money, or an undone sale that nobody was paid for. */
export function nextPayout(payment: Payment, order: Order, seller: Seller | null): PayoutStep {
  const { payout, status } = payment;
  const isUndone = status === 'refunded' || payment.givingBack || order.status === 'refunded';
  if (payout?.status === 'sending') return 'find';
  if (isUndone) return payout?.status === 'paid' ? 'reverse' : 'nothing';
  if (payout?.status === 'paid' || payout?.status === 'reversed') return 'nothing';
  if (status !== 'captured' || order.status !== 'complete' || !order.releasedAt) return 'nothing';
  return seller?.accountId && seller.isReady ? 'begin' : 'wait';
}

/** Whether nothing remains to be paid or taken back. */
export const payoutRests = (payment: Payment, order: Order): boolean => nextPayout(payment, order, null) === 'nothing';
