import type { PersonBody, SupportListingBody, SupportOrderBody, SupportPaymentBody } from '@ticketing/common/contract';
import type { ActionName } from './actions';
import type { Part } from './part';

/** What the support desk can do about something in its current state. Whether it may is up to the API. */

type Order = Pick<SupportOrderBody, 'status' | 'claim' | 'proposal' | 'releasedAt'>;
type Payment = Pick<SupportPaymentBody, 'status' | 'payout'>;

/** @param visitor the account of the viewer, who cannot approve their own proposal */
export function actionsOfOrder(order: Order, payment: Part<Payment>, visitor: string): ActionName[] {
  const isUndecided = order.claim?.status === 'open' || order.claim?.status === 'answered';
  const actions: ActionName[] = [];
  if (order.status === 'complete') {
    if (isUndecided) actions.push('claim-refund');
    if (isUndecided && order.proposal?.decision !== 'pay') actions.push('claim-pay');
    if (order.proposal) {
      if (order.proposal.by !== visitor) actions.push(`${order.proposal.decision}-agree`);
      actions.push('refund-withdraw');
    } else if (!isUndecided) actions.push('refund');
  }
  return [...actions, ...actionsOfPayout(payment)];
}

function actionsOfPayout(payment: Part<Payment>): ActionName[] {
  if (payment?.payout.frozenAt) return ['payout-unfreeze'];
  return payment?.status === 'captured' && payment.payout.status === 'waiting' ? ['payout-freeze'] : [];
}

export function actionsOfListing({ ticket }: Pick<SupportListingBody, 'ticket'>): ActionName[] {
  const { description, review } = ticket;
  return [
    ...(review ? (['listing-show'] as const) : []),
    ...(description !== null && review?.status !== 'hidden' ? (['listing-hide'] as const) : []),
    ...(ticket.status === 'available' || ticket.status === 'held' ? (['listing-withdraw'] as const) : []),
  ];
}

type Person = Pick<PersonBody, 'frozenAt' | 'confirmedAt' | 'sessions'>;

export function actionsOfPerson({ frozenAt, confirmedAt, sessions }: Person): ActionName[] {
  return [
    frozenAt ? 'person-unfreeze' : 'person-freeze',
    ...(confirmedAt ? [] : (['person-confirm'] as const)),
    ...(sessions > 0 ? (['person-sign-out'] as const) : []),
  ];
}
