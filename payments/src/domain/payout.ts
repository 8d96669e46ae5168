import type { PayoutBody, PayoutStatus, PayoutWait } from '@ticketing/common/contract';
import { isUndone, SETTLING, shareOf, type Payout } from './ledger';
import { isAtBank, type Order, type Payment } from './payment';
import { isOver } from './settling';

/** A seller's account at Stripe, as far as payouts need it. */
export interface Seller {
  accountId: string | null;
  isReady: boolean;
  /** Whether the support desk has frozen their account. */
  isFrozen?: boolean;
}

export type PayoutStep = 'wait' | 'withhold' | 'begin' | 'find' | 'reverse' | 'restore' | 'nothing';

/** The next step towards a paid seller, or an undone sale that nobody was paid for. */
export function nextPayout(payment: Payment, order: Order, seller: Seller | null, now: Date): PayoutStep {
  const { payout, status } = payment;
  if (payout?.status === 'sending') return 'find';
  if (isUndone(payment) || isOver(order)) {
    if (payout?.status === 'paid' && payout.transferId) return 'reverse';
    return payout?.settled || payout?.reason === SETTLING ? 'restore' : 'nothing';
  }
  if (payout?.status === 'paid' || payout?.status === 'reversed') return 'nothing';
  if (status !== 'captured' || order.status !== 'complete' || !order.releasedAt) return 'nothing';
  if (isAtBank(payment) || isPartlyGone(payment)) return 'nothing';
  if (payment.frozenAt) return 'nothing';
  if (payout?.retryAt && payout.retryAt > now) return 'nothing';
  if (seller?.isFrozen) return 'withhold';
  return seller?.accountId && seller.isReady ? 'begin' : 'wait';
}

/** Whether there is a share that the support desk can withhold: not one that was sent, nor one of an undone sale. */
export const canWithhold = (payment: Payment, order: Order | null): boolean => {
  const { payout, status } = payment;
  if (payout && payout.status !== 'due' && payout.status !== 'failed') return false;
  return status !== 'released' && !isUndone(payment) && !(order && isOver(order));
};

/** Whether someone else refunded part of the money: a person must decide who bears it. */
const isPartlyGone = ({ refunded, disputed }: Payment) => refunded + disputed > 0;

const NEVER = new Date(8.64e15);

/** Whether nothing remains to be paid or reversed. */
export const payoutRests = (payment: Payment, order: Order): boolean =>
  nextPayout(payment, order, null, NEVER) === 'nothing';

const [MINUTE, HOUR] = [60_000, 3_600_000];

/** When to try again after a failed transfer: later each time. */
export const retryAfter = (attempt: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(MINUTE * 2 ** Math.min(attempt - 1, 10), 6 * HOUR));

/** When to check a payment that waits for others again, without news; undefined if it does not. */
export function waitsUntil(payment: Payment, order: Order, now: Date): Date | undefined {
  const isToBeHeard = order.status !== 'complete' && !isOver(order);
  if (isToBeHeard || payment.refundPending || payment.payout?.status === 'sending') return undefined;
  if (payment.dispute === 'answered' || (isUndone(payment) && isAtBank(payment))) return new Date(now.getTime() + HOUR);
  if (isUndone(payment)) return undefined;
  if (nextPayout(payment, order, null, now) === 'wait') {
    if (payment.payout?.isWithheld || payment.payout?.reason === SETTLING) return new Date(now.getTime() + HOUR);
    if (payment.payout?.reason === 'account') return new Date(now.getTime() + 24 * HOUR);
  }
  const retryAt = payment.payout?.retryAt;
  return retryAt && retryAt > now ? retryAt : undefined;
}

/** A seller's view of their share. Amounts are in minor units. */
export type PayoutView = Pick<PayoutBody, 'status' | 'wait' | 'refusal' | 'price' | 'fee' | 'settled' | 'amount'>;

export function viewOf(payment: Payment, order: Order, seller: Seller | null): PayoutView {
  const { received: price, payout } = payment;
  const fee = payment.fee ?? 0;
  const settled = payout?.settled ?? 0;
  const status = statusOf(payment, order);
  const wait = status === 'waiting' ? waitOf(payment, order, seller) : null;
  const refusal = wait !== 'refused' ? null : isPartlyGone(payment) ? 'partially-refunded' : (payout?.reason ?? null);
  return { price, fee, settled, amount: shareOf(payment) - settled, status, wait, refusal };
}

function statusOf(payment: Payment, order: Order): PayoutStatus {
  const known: Partial<Record<Payout['status'], PayoutStatus>> = {
    sending: 'sending',
    paid: 'paid',
    reversed: 'reversed',
  };
  const status = payment.payout && known[payment.payout.status];
  return status ?? (isUndone(payment) || isOver(order) ? 'void' : 'waiting');
}

function waitOf(payment: Payment, order: Order, seller: Seller | null): PayoutWait {
  if (isAtBank(payment)) return 'dispute';
  if (!order.releasedAt) return order.claim === 'open' || order.claim === 'answered' ? 'claim' : 'release';
  if (payment.frozenAt || payment.payout?.isWithheld || seller?.isFrozen) return 'withheld';
  if (!seller?.accountId || !seller.isReady) return 'account';
  return payment.payout?.status === 'failed' || isPartlyGone(payment) ? 'refused' : 'release';
}
