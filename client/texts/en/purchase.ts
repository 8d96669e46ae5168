/** The checkout, its outcome, and the orders. */
export const checkout = {
  title: 'Your order',
  heldFor: 'Held for you for',
  bank: 'Your bank asks you to confirm this payment. Nothing has been charged yet.',
  settling: 'Your payment is being confirmed. You can leave this page: the order goes on.',
  releasing: 'The time to pay is up, and the ticket is being released.',
  unreachable: 'We cannot reach Ticketing right now, and keep trying.',
  declined: 'The last payment was declined, and nothing was charged. You can try again.',
  pay: 'Pay now',
  paying: 'Paying…',
  cancel: 'Cancel order',
  cancelling: 'Cancelling…',
  complete: 'Complete: this ticket is yours.',
  allOrders: 'All your orders',
  cancelled: 'This order was cancelled.',
  notCharged: 'Nothing has been charged.',
  toTicket: 'Back to the ticket',
  /** Why it was cancelled. */
  reasons: {
    buyer: 'You cancelled this order.',
    expired: 'The time to pay ran out, so the ticket was released.',
    'payment-failed': 'The payment could not be completed, so the ticket was released.',
  },
  card: 'Card',
  cardLoading: 'The card form is still being loaded. Try again in a moment.',
  cardUnavailable: 'The card form could not be loaded from Stripe. Check your connection and reload this page.',
  cardUnreadable: 'Your card could not be read. Check what you typed.',
  testCard: 'Test card',
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
};

export const orders = {
  title: 'My orders',
  empty: 'You have not ordered anything yet.',
  emptyAction: 'See the tickets for sale',
  payBy: '{status} by',
  status: {
    created: 'To be paid',
    'awaiting:payment': 'Payment being confirmed',
    complete: 'Paid',
    cancelled: 'Cancelled',
  },
};
