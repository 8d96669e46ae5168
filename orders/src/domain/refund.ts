import type { RefundReason } from '@ticketing/common/contract';
import { isUndecided } from './claim';
import { cancelled, type Decision, type Order } from './order';

/** Refunds: the sale is void, and the buyer's money goes back. */

/** The authorized money could not be captured, or was returned before payments heard of the sale. */
export const failPayment = (order: Order, cause: RefundReason | null, now: Date): Decision | undefined =>
  order.status === 'awaiting:payment' ? cancelled('payment-failed') : refund(order, cause, now);

/**
 * The captured money was refunded; news of the capture may arrive later.
 * @param cause null from older versions of payments: it was done in Stripe's dashboard
 */
export function refund(order: Order, cause: RefundReason | null, now: Date): Decision | undefined {
  switch (order.status) {
    case 'created':
      return order.authorizedAt && { set: { authorizedAt: undefined } };
    case 'awaiting:payment':
    case 'complete': {
      const { set, subject } = refunded(order, cause ?? 'dashboard', now);
      return { set: { ...set, isReturned: true, slot: undefined }, subject };
    }
    case 'refunded':
      return order.isReturned ? undefined : { set: { isReturned: true } };
    case 'cancelled':
      return undefined;
  }
}

/** A refund settles an undecided claim for the buyer, and any proposal. */
export const refunded = ({ claim, proposal }: Order, reason: RefundReason, now: Date): Decision => ({
  set: {
    status: 'refunded',
    reason,
    refundedAt: now,
    dueAt: null,
    ...(proposal && { proposal: null }),
    ...(claim && isUndecided(claim.status) && { claim: { ...claim, status: 'refund', decidedAt: now } }),
  },
  subject: 'order:refunded',
});
