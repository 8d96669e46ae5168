/** The refusals of the support desk (see `refusals`). */
export const supportRefusals = {
  'dead-letter-not-found': { status: 404, message: 'Parked event not found: it may have been redriven' },
  'message-not-found': { status: 404, message: 'Message not found: it may be too old' },
  'message-void': {
    status: 409,
    message: 'This message cannot be sent again: it is out of date, or its recipient does not need it',
  },
  'own-account': { status: 403, message: 'Not authorized: support staff may not act on their own account' },
  'payout-not-waiting': { status: 409, message: 'There is no payout to withhold: it has been sent or is void' },
  'proposal-not-found': { status: 404, message: 'Proposal not found: it may be too old' },
  'redrive-failed': { status: 409, message: 'The event failed again: {problem}' },
  'report-not-found': { status: 404, message: 'Report not found' },
  'review-not-found': { status: 404, message: 'This listing has no description to review' },
  'search-unclear': { status: 400, message: 'q must be an id, or a seat: venue, section, row, seat' },
  'support-only': { status: 403, message: 'Not authorized: only the support desk may do this' },
} as const satisfies Record<string, { status: number; message: string }>;
