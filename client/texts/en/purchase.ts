/** Checkout, and its outcome. */
export const checkout = {
  title: 'Checkout',
  heldFor: 'Held for you:',
  /** Announced to screen readers as time runs out. */
  minutesLeft: { one: 'One minute left to pay.', other: '{count} minutes left to pay.' },
  summary: 'Your ticket',
  total: 'Total',
  payment: 'Payment',
  bank: "Your bank asks you to confirm this payment. You haven't been charged yet.",
  releasing: "Your time is up. We're releasing the ticket.",
  released: 'The ticket was released.',
  unreachable: "We can't reach Ticketing right now. Still trying…",
  declined: "Your last payment was declined. You haven't been charged. Try again.",
  pay: 'Pay now',
  paying: 'Paying…',
  payingTitle: 'Paying {price}',
  /** What happens after the tap on "Pay now", in this order. */
  steps: {
    asking: 'Asking your bank',
    authorized: 'Approved by your bank',
    confirming: 'Confirming your ticket',
    complete: 'Ticket confirmed',
  },
  leaveOpen: "You can leave this page. We'll finish the order.",
  late: "This is taking longer than usual. You're charged only if you get the ticket.",
  lateRelease: "This is taking longer than usual. You haven't been charged.",
  look: 'Check again',
  looking: 'Checking…',
  cancel: 'Cancel order',
  cancelling: 'Cancelling…',
  cancelTitle: 'Cancel this order?',
  cancelAsk: 'The ticket goes back on sale right away.',
  cancelNot: 'Keep order',
  cancelYes: 'Yes, cancel',
  allOrders: 'All your orders',
  card: 'Card',
  cardLoading: 'The card form is still loading. Try again in a moment.',
  cardUnavailable: "We couldn't load Stripe's card form. Check your connection and reload the page.",
  cardUnreadable: "We couldn't read your card. Check the details.",
  cardSafe: 'Your card number goes only to Stripe.',
  testCard: 'Test card',
  testNote: 'This is a test site: no real money is charged.',
  /** The emulator's test cards, by outcome. */
  testCards: {
    accepted: 'Visa – accepted',
    declined: 'Visa – declined',
    insufficientFunds: 'Visa – declined: insufficient funds',
    secure: 'Visa – needs bank confirmation (3\u2011D Secure)',
  },
  yourBank: 'Your bank',
  toBank: 'Confirm with your bank',
  atBank: 'Waiting for your bank…',
  otherCard: 'Or pay with another card:',
  bankUnknown: "Your bank can't confirm this payment online. Use another card.",
  bankRefused: "Your bank didn't confirm the payment, or you cancelled it. You haven't been charged.",
  leaveTitle: 'Leave this checkout?',
  leave: 'We hold the ticket until your time is up. Then it goes back on sale.',
  stay: 'Stay and pay',
  keep: 'Keep it for now – {left} left',
  release: 'Release it now',
  releaseBusy: 'Releasing…',
};

/** A purchase that was not completed, and the way back to the ticket. */
export const ended = {
  title: 'Order cancelled',
  cancelled: 'This order was cancelled.',
  notCharged: "You haven't been charged.",
  toTicket: 'Back to the ticket',
  others: 'See other tickets',
  /** Why it was cancelled. */
  reasons: {
    buyer: 'You cancelled this order.',
    expired: 'Time ran out, so the ticket was released.',
    'payment-failed': 'Your payment failed, so the ticket was released.',
    changed: 'The seller changed this listing, so the ticket was released.',
    withdrawn: 'The seller withdrew this listing, so the order was cancelled.',
  },
  heldUntil:
    "Someone else is checking out with it. If they don't pay, it's available again at {at}. This page updates by itself.",
  usedUp: 'The ticket is still available, but your time for it is used up. You can hold it again from {at}.',
  /** The ticket's status now. */
  now: {
    available: 'The ticket is still available.',
    held: "Someone else is checking out with it. If they don't pay, it's available again. This page updates by itself.",
    sold: 'Someone else bought it.',
    withdrawn: 'The seller withdrew this listing.',
  },
  getBack: 'Get it back',
  gettingBack: 'Holding it for you…',
  past: 'The event has started, so its tickets are no longer for sale.',
  yours: "We're holding it for you in another order.",
  bought: 'You bought it in another order.',
  toOrder: 'See that order',
  toPayment: 'Continue to payment',
};

/** Shown when the seller changed the listing before the buyer tapped "Buy". */
export const listingChanged = {
  priceTitle: 'The price has changed',
  price: 'It was {before} and is now {now}. Do you still want it?',
  title: 'This ticket has changed',
  other: 'The seller has just edited the details. The price is still {now}.',
  hold: 'Buy for {now}',
  look: 'Show me the changes',
};

/** On the way to checkout, right after signing in. */
export const hold = {
  title: 'Continue to checkout',
  ready: "We'll hold it while you check out. You're charged only when you pay.",
  buy: 'Buy ticket',
  buying: 'Holding it for you…',
  lostTitle: 'Someone just beat you to it',
  heldUntil: "Someone else is checking out with this ticket. If they don't pay, it's for sale again at {at}.",
  lost: {
    held: "Someone else is checking out with this ticket. If they don't pay, it's for sale again.",
    sold: 'This ticket was just sold.',
    withdrawn: 'The seller withdrew this listing.',
  },
  own: 'This is your own ticket.',
  others: 'You might also like',
  allTickets: 'See all tickets',
  toTicket: 'Back to the ticket',
};
