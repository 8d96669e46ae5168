/** The refusals of the support desk (see `refusals`). */
export const supportRefusals = {
  'dead-letter-not-found': { status: 404, message: 'There is no such parked event: it may have been redriven' },
  'message-not-found': { status: 404, message: 'There is no such message: it may be too old' },
  'message-void': {
    status: 409,
    message: 'This message is not sent again: what it says is no longer so, or its reader need not get it',
  },
  'own-account': { status: 403, message: 'Not authorized: nobody at the support desk acts on their own account' },
  'payout-not-waiting': { status: 409, message: 'There is no payout to withhold: it was sent, or is void' },
  'proposal-not-found': { status: 404, message: 'There is no proposal about this order, or it is too old' },
  'redrive-failed': { status: 409, message: 'The event failed again: {problem}' },
  'report-not-found': { status: 404, message: 'There is no such report' },
  'review-not-found': { status: 404, message: 'This listing has no description to review' },
  'search-unclear': { status: 400, message: 'q must be an id, or a seat: venue, section, row, seat' },
  'support-only': { status: 403, message: 'Not authorized: only the support desk may do this' },
} as const satisfies Record<string, { status: number; message: string }>;
