/** Orders, receipts and passes. */
/** The confirmation of a completed purchase. */
export const receipt = {
  complete: "You're going!",
  lead: 'Show this code at the door, on your phone or on paper.',
  qr: 'QR code of your ticket',
  section: 'Section',
  row: 'Row',
  seat: 'Seat',
  calendar: 'Add to calendar',
  print: 'Print',
  check: 'Preview entry check',
  title: 'Receipt',
  order: 'Order',
  placed: 'Ordered',
  ticket: 'Ticket',
  buyer: 'Buyer',
  paid: 'Paid by card',
  allOrders: 'All your orders',
};

export const orders = {
  title: 'My orders',
  empty: 'No orders yet. Your tickets and receipts will appear here.',
  emptyAction: 'Browse tickets',
  payBy: '{status} by',
  status: {
    created: 'Pay',
    'awaiting:payment': 'Confirming payment',
    complete: 'Paid',
    cancelled: 'Cancelled',
    refunded: 'Refunded',
  },
  reasons: {
    buyer: 'Cancelled by you',
    expired: 'Cancelled: time ran out',
    'payment-failed': 'Cancelled: payment failed',
    changed: 'Cancelled: listing changed',
    withdrawn: 'Cancelled: listing withdrawn',
    'not-delivered': 'Refunded: not handed over',
    claim: 'Refunded: claim accepted',
    seller: 'Refunded by the seller',
    dispute: 'Refunded by your bank',
    dashboard: 'Refunded',
  },
  groups: {
    open: 'In checkout',
    upcoming: 'Upcoming',
    past: 'Past',
    cancelled: 'Cancelled',
  },
  jump: 'Jump to',
  noneUpcoming: 'No upcoming events.',
};

/** What entry staff see when they scan a code. */
export const pass = {
  title: 'Ticket check',
  valid: 'Valid',
  used: 'Already used',
  usedAt: 'Used: {at}',
  markUsed: 'Mark as used',
  marking: 'Marking…',
  preview: 'This is what entry staff see. They mark your ticket as used when they let you in.',
  admits: 'Admits one.',
  invalid: 'Not valid',
  invalidWhy: "This isn't one of our codes. Scan it again. If it still isn't valid, don't let them in.",
  today: 'Today',
  otherDay: 'Not today',
  noDate: 'No date given',
  order: 'Order',
};
