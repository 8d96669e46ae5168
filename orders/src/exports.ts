import { EventDetails, exportOf } from '@ticketing/common';
import { Orders } from './store';

const ticket = ['id', 'title', 'description', 'price', 'edition', ...Object.keys(EventDetails.shape)].map(
  (field) => `ticket.${field}`,
);
const shared = [
  ...ticket,
  ...([
    'status',
    'reason',
    'completedAt',
    'refundedAt',
    'deliverBy',
    'deliveredAt',
    'releaseAt',
    'releasedAt',
  ] as const),
  ...(['readAt', 'usedAt', 'isReturned', 'claim'] as const),
];
const left = {
  seq: 'an order among those of its ticket',
  slot: 'counts open orders',
  paymentVersion: 'how far an order has followed its payment',
  proposal: 'what someone at the support desk proposes to decide',
  history: 'who decided a claim and why; what was decided is in the claim',
  dueAt: 'when we look again at a sale',
  checkAt: 'when we look again at an order',
};

/** The export of what orders holds about someone. Sellers do not see who bought, nor buyers sellers' addresses. */
export const held = [
  exportOf('orders', Orders, (userId) => ({ userId }), [...shared, 'expiresAt', 'authorizedAt'], {
    ...left,
    userId: 'the caller',
    'ticket.userId': 'the seller',
  }),
  exportOf('sales', Orders, (userId) => ({ 'ticket.userId': userId, completedAt: { $exists: true } }), shared, {
    ...left,
    userId: 'the buyer',
  }),
];

/** Collections that name nobody, or contain only what is exported elsewhere. */
export const unnamed = {
  tickets: 'copies of listings: see the export of tickets',
  spendings: 'what someone at the support desk has decided alone on a day: sums and ids, for two days',
  counts: 'limits: numbers under an account, for an hour at most',
  audit: 'what the support desk did, and why: kept for good',
  journal: 'what was heard of orders, under their ids: see orders and sales',
  deadletters: 'events that wait for an operator; those about someone go with their account',
  brokers: 'which broker store everything was published to',
  departed: 'ids of accounts that are deleted',
  endedsessions: 'which sessions are over: see the export of auth',
  leavers: "see leavingAt in the export of auth's account",
};
