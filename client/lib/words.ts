import type { CancelReason, OrderStatus, TicketStatus } from '@ticketing/common/contract';

/** A listing's status, for its seller. */
export const ticketWords: Record<TicketStatus, string> = {
  available: 'For sale',
  held: 'On hold',
  sold: 'Sold',
  withdrawn: 'Withdrawn',
};

/** A listing's status, for people who came to buy it. */
export const unavailableWords: Record<Exclude<TicketStatus, 'available'>, string> = {
  held: 'Someone is checking out with this ticket right now. If they do not pay in time, it is for sale again.',
  sold: 'This ticket has been sold.',
  withdrawn: 'The seller has withdrawn this listing.',
};

/** Why a seller cannot edit a listing. */
export const lockedWords: Record<Exclude<TicketStatus, 'available'>, string> = {
  held: 'A buyer is checking out with this ticket. You can edit it again if they do not pay in time.',
  sold: 'This ticket has been sold, so it can no longer be edited.',
  withdrawn: 'You have withdrawn this listing.',
};

/** An order's status, for its buyer. */
export const orderWords: Record<OrderStatus, string> = {
  created: 'To be paid',
  'awaiting:payment': 'Payment being confirmed',
  complete: 'Paid',
  cancelled: 'Cancelled',
};

/** Why an order was cancelled, for its buyer. */
export const cancelWords: Record<CancelReason, string> = {
  buyer: 'You cancelled this order.',
  expired: 'The time to pay ran out, so the ticket was released.',
  'payment-failed': 'The payment could not be completed, so the ticket was released.',
};
