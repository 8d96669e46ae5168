import { RefundReason, type CancelReason, type ClaimStatus, type OrderBody } from '@ticketing/common/contract';

/** What the buyer of a complete order can do if something is wrong: `closed` once the seller may be paid. */
export type ClaimState = ClaimStatus | 'possible' | 'closed';

export function claimStateOf({ status, claim, releasedAt }: Pick<OrderBody, 'status' | 'claim' | 'releasedAt'>) {
  if (claim) return claim.status;
  return (status === 'complete' && !releasedAt ? 'possible' : 'closed') satisfies ClaimState;
}

/** Whether a reported problem is still open. */
export const isClaimed = (order: Pick<OrderBody, 'status' | 'claim'>): boolean =>
  order.status === 'complete' && (order.claim?.status === 'open' || order.claim?.status === 'answered');

/** Whether its buyer can look forward to it: the event is not known to be over, and no problem was reported. */
export const isAhead = ({ claim, ticket: { startsAt } }: Pick<OrderBody, 'claim' | 'ticket'>, now: number): boolean =>
  !claim && (!startsAt || Date.parse(startsAt) > now);

/**
 * Who returns the money of an order that has ended: `us`, to the card it was paid with; the buyer's `bank`, which has
 * already taken it back; or nobody, as none was charged.
 */
export function moneyFrom({ status, reason }: Pick<OrderBody, 'status' | 'reason'>): 'us' | 'bank' | undefined {
  if (status !== 'refunded') return undefined;
  return reason === 'dispute' ? 'bank' : 'us';
}

/** Until when a problem can be reported, if known: undefined once that time has passed without a release. */
export function claimableUntil({ releaseAt }: Pick<OrderBody, 'releaseAt'>, now: number): string | undefined {
  return releaseAt && Date.parse(releaseAt) > now ? releaseAt : undefined;
}

const isRefundReason = (reason: OrderBody['reason']): reason is RefundReason =>
  RefundReason.options.some((known) => known === reason);

/** Why an order was refunded; `dashboard` if there is no reason. */
export const refundReasonOf = ({ reason }: Pick<OrderBody, 'reason'>): RefundReason =>
  isRefundReason(reason) ? reason : 'dashboard';

/** Why an order was cancelled, if it is known. */
export const cancelReasonOf = ({ reason }: Pick<OrderBody, 'reason'>): CancelReason | null =>
  isRefundReason(reason) ? null : reason;
