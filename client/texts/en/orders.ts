/** Orders, receipts, claims and proofs of purchase. */
/** The confirmation of a completed purchase. */
export const receipt = {
  complete: "You're going!",
  settled: 'Your ticket',
  proof: 'Proof of purchase',
  proves:
    'This code shows that you bought this ticket here. It gets you in only at venues that scan our codes. Everywhere else, bring the ticket itself.',
  qr: 'QR code of your proof of purchase',
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

/** The ticket itself, as its seller handed it over. */
export const handover = {
  title: 'Your ticket',
  there: 'Your ticket is here.',
  open: 'Show your ticket',
  failed: "We couldn't open your ticket just now.",
  retry: 'Try again',
  waiting: 'The seller has until {at} to hand over your ticket.',
  asked: 'The seller is handing over your ticket.',
  otherwise: "If it isn't here by then, you get your money back automatically. This page updates by itself.",
  missed: "The seller didn't hand over the ticket in time. Your money is on its way back.",
  arranged:
    "How you get this ticket is up to the seller. If they hand it over here, you'll hear from us. If it doesn't arrive, report a problem below.",
  unknown: "We can't look up your ticket right now. Reload the page in a moment.",
  picture: 'Your ticket, as a picture',
  pdfLead: 'Your ticket is a PDF.',
  walletLead: 'Your ticket is a pass for Apple Wallet.',
  download: 'Download',
  downloadPdf: 'Download PDF',
  wallet: 'Add to wallet',
  link: 'Link',
  openAt: 'Open {host}',
  code: 'Code',
  note: 'From the seller',
};

/** Announced to screen readers when the ticket has arrived. */
export const arrival = { there: 'Your ticket is here.' };

export const copying = { copy: 'Copy', copied: 'Copied', failed: "Couldn't copy. Select it by hand." };

export const guarantee = {
  title: 'Your guarantee',
  covers:
    "Tell us if the ticket doesn't arrive, doesn't get you in or isn't as described, or if the event is cancelled: you can claim your money back.",
  until: "You have until {at}. We don't pay the seller before then.",
  untilPaid: 'You can do so until we pay the seller.',
  over: 'The time to report a problem ended on {at}.',
  overUndated: 'The time to report a problem is over.',
};

/** Reporting a problem. */
export const claiming = {
  question: "Something's wrong?",
  next: "We pass this on to the seller and hold back their money. If they don't answer in time, you get your money back. If they do, we decide.",
  reason: 'What went wrong?',
  choose: 'Choose a reason',
  reasons: {
    'not-delivered': "I didn't get the ticket",
    'not-admitted': "I wasn't let in",
    'not-as-described': "The ticket isn't as described",
    'event-cancelled': 'The event was cancelled',
  },
  text: 'What happened?',
  hint: 'The seller reads this too.',
  send: 'Report problem',
  sending: 'Sending…',
};

/** A problem that was reported. */
export const claimed = {
  /** Its outcome, by status. */
  titles: {
    open: 'You reported a problem',
    answered: 'The seller has answered',
    refund: 'Decided in your favour',
    pay: 'Decided for the seller',
  },
  open: "The seller has until {at} to answer. If they don't, you get your money back. Until then they aren't paid.",
  next: {
    answered: "We're looking at what you both say, and then decide. Until then the seller isn't paid.",
    refund: 'You get your money back.',
    pay: 'We looked at what you both said. The sale stands, and the seller is paid.',
  },
  yours: 'You, {at}: {reason}',
  theirs: 'The seller',
};

/** A purchase that was undone. */
export const refunded = {
  title: 'Order refunded',
  reasons: {
    'not-delivered': "The seller didn't hand over the ticket in time.",
    claim: 'Your claim was decided in your favour.',
    seller: 'The seller refunded you.',
    support: 'We refunded you.',
    dispute: 'Your bank took the payment back.',
    dashboard: 'Your payment was refunded.',
  },
  money: {
    us: '{price} is on its way back to your card. It can take up to 10 days to show up.',
    bank: 'Your bank returns {price} to you.',
  },
  void: "Your ticket and its proof of purchase are void. Please don't use them.",
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
    support: 'Refunded by us',
    dispute: 'Refunded by your bank',
    dashboard: 'Refunded',
  },
  claimed: 'Problem reported',
  groups: {
    open: 'In checkout',
    upcoming: 'Upcoming',
    past: 'Past',
    cancelled: 'Cancelled or refunded',
  },
  jump: 'Jump to',
  noneUpcoming: 'No upcoming events.',
};

/** What a venue's staff see when they scan a proof of purchase. */
export const pass = {
  title: 'Proof of purchase',
  proves: 'Shows that this ticket was bought on Ticketing. It replaces the ticket only at venues that scan our codes.',
  valid: 'Valid',
  used: 'Already used',
  usedAt: 'Used: {at}',
  markUsed: 'Mark as used',
  marking: 'Marking…',
  preview: 'This is what staff see at venues that scan our codes. They mark it as used when they let you in.',
  admits: 'For one person.',
  invalid: 'Not valid',
  invalidWhy: "This isn't one of our codes. Scan it again. If it still isn't valid, don't let them in.",
  today: 'Today',
  otherDay: 'Not today',
  noDate: 'No date given',
  order: 'Order',
};
