/** The checkout, its outcome, the orders and the passes. */
export const checkout = {
  title: 'Checkout',
  heldFor: 'Held for you for',
  /** Said aloud as the time runs out. */
  minutesLeft: { one: 'One minute left to pay.', other: '{count} minutes left to pay.' },
  summary: 'Your ticket',
  total: 'To pay',
  payment: 'Payment',
  bank: 'Your bank asks you to confirm this payment. Nothing has been charged yet.',
  releasing: 'The time to pay is up, and the ticket is being released.',
  released: 'The ticket has been released.',
  unreachable: 'We cannot reach Ticketing right now, and keep trying.',
  declined: 'The last payment was declined, and nothing was charged. You can try again.',
  pay: 'Pay now',
  paying: 'Paying…',
  payingTitle: 'Paying {price}',
  /** What happens after the tap on "Pay now", in this order. */
  steps: {
    asking: 'Asking your bank',
    authorized: 'Your bank holds the money for us',
    confirming: 'Settling your order, then charging',
    complete: 'The ticket is yours',
  },
  leaveOpen: 'You can leave this page: the order goes on by itself.',
  late: 'This takes longer than usual. The order goes on by itself: you are charged only if the ticket is yours.',
  lateRelease: 'This takes longer than usual. Nothing has been charged.',
  look: 'Look again',
  looking: 'Looking…',
  cancel: 'Cancel order',
  cancelling: 'Cancelling…',
  allOrders: 'All your orders',
  card: 'Card',
  cardLoading: 'The card form is still being loaded. Try again in a moment.',
  cardUnavailable: 'The card form could not be loaded from Stripe. Check your connection and reload this page.',
  cardUnreadable: 'Your card could not be read. Check what you typed.',
  cardSafe: 'Your card’s number goes to Stripe alone.',
  testCard: 'Test card',
  testNote: 'This copy of the site takes no real money.',
  /** The emulator's test cards, by what they do. */
  testCards: {
    accepted: 'Visa – is accepted',
    declined: 'Visa – is declined',
    insufficientFunds: 'Visa – is declined: insufficient funds',
    secure: 'Visa – asks the bank to confirm (3-D Secure)',
  },
  yourBank: 'Your bank',
  toBank: 'Confirm with your bank',
  atBank: 'Waiting for your bank…',
  otherCard: 'Or pay with another card:',
  bankUnknown: 'Your bank names no page to confirm on. Pay with another card.',
  bankRefused: 'Your bank did not confirm the payment. Nothing has been charged.',
  leaveTitle: 'Leave this checkout?',
  leave: 'The ticket stays yours until the time is up. After that it goes back on sale.',
  stay: 'Stay and pay',
  keep: 'Keep it for now – {left} left',
  release: 'Release it now',
  releaseBusy: 'Releasing…',
};

/** The end of a purchase that worked out. */
export const receipt = {
  complete: 'Complete: this ticket is yours.',
  lead: 'Show the code at the door, on your phone or on paper.',
  qr: 'QR code of your ticket',
  section: 'Section',
  row: 'Row',
  seat: 'Seat',
  calendar: 'Add to calendar',
  print: 'Print',
  check: 'What the door sees',
  title: 'Receipt',
  order: 'Order',
  placed: 'Ordered',
  ticket: 'Ticket',
  buyer: 'Buyer',
  paid: 'Paid by card',
  allOrders: 'All your orders',
};

/** The end of one that did not, and the way back to the ticket. */
export const ended = {
  title: 'Order cancelled',
  cancelled: 'This order was cancelled.',
  notCharged: 'Nothing has been charged.',
  toTicket: 'Back to the ticket',
  others: 'See other tickets',
  refunded: 'Your money was given back, and this order is undone.',
  /** Why it was cancelled. */
  reasons: {
    buyer: 'You cancelled this order.',
    expired: 'The time to pay ran out, so the ticket was released.',
    'payment-failed': 'The payment could not be completed, so the ticket was released.',
    changed: 'The seller had changed this listing, so the ticket was released.',
    withdrawn: 'The seller had withdrawn this listing, so the order was ended.',
  },
  heldUntil:
    'Someone else is checking out with it right now. If they do not pay, it is free again at {at}; this page will say so.',
  /** How the ticket stands now. */
  now: {
    available: 'The ticket is still free. You can hold it once more.',
    held: 'Someone else is checking out with it right now. If they do not pay, it is free again; this page will say so.',
    sold: 'Somebody else has bought it meanwhile.',
    withdrawn: 'The seller has withdrawn this listing.',
  },
  getBack: 'Get it back',
  gettingBack: 'Holding it for you…',
  past: 'The event has begun, so its tickets are no longer sold.',
  yours: 'It is held for you in another order.',
  bought: 'You have bought it in another order.',
  toOrder: 'See that order',
  toPayment: 'Go on to payment',
};

/** On the way to the checkout, for who has just signed in. */
export const hold = {
  title: 'To the checkout',
  ready: 'One more tap, and the ticket is held for you while you pay.',
  buy: 'Buy ticket',
  buying: 'Holding it for you…',
  lostTitle: 'Someone was a moment faster',
  heldUntil: 'Someone else is checking out with this ticket. If they do not pay, it is for sale again at {at}.',
  lost: {
    held: 'Someone else is checking out with this ticket. If they do not pay, it is for sale again.',
    sold: 'This ticket has just been sold.',
    withdrawn: 'The seller has withdrawn this listing.',
  },
  own: 'This is your own listing.',
  others: 'Other tickets you may like',
  allTickets: 'See all tickets',
  toTicket: 'Back to the ticket',
};

export const orders = {
  title: 'My orders',
  empty: 'You have not ordered anything yet. What you buy is kept here, with its ticket and receipt.',
  emptyAction: 'See the tickets for sale',
  payBy: '{status} by',
  status: {
    created: 'To be paid',
    'awaiting:payment': 'Payment being confirmed',
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
  },
  groups: {
    open: 'In checkout',
    upcoming: 'Upcoming',
    past: 'Past',
    cancelled: 'Cancelled',
  },
  jump: 'Parts of this page',
  noneUpcoming: 'Nothing coming up.',
};

/** What the staff at a door see when they scan a code. */
export const pass = {
  title: 'Ticket check',
  valid: 'Valid',
  used: 'Already used',
  usedAt: 'Used: {at}',
  markUsed: 'Mark as used',
  marking: 'Marking…',
  admits: 'Lets one person in.',
  invalid: 'Not valid',
  invalidWhy: 'This code is not one of ours, or not whole. Scan it again; if this stays, it admits nobody.',
  today: 'Today',
  otherDay: 'Not today',
  noDate: 'No date given',
  order: 'Order',
};
