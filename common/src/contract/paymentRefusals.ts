/** The refusals of payments (see `refusals`). */
export const paymentRefusals = {
  'card-declined': { status: 400, message: 'Your card was declined: nothing was charged, try another card' },
  'card-expired': { status: 400, message: 'Your card has expired: nothing was charged, try another card' },
  'card-funds': { status: 400, message: 'Your card has insufficient funds: nothing was charged, try another card' },
  'card-limit': { status: 400, message: 'Your card has reached its limit: nothing was charged, try another card' },
  'card-malformed': { status: 400, message: 'This is not a Stripe card token or payment method' },
  'card-missing': { status: 400, message: 'Provide either a token or a paymentMethodId' },
  'card-not-supported': {
    status: 400,
    message: 'Your card does not support this purchase: nothing was charged, try another card',
  },
  'card-security-code': {
    status: 400,
    message: "Your card's security code is incorrect: nothing was charged, try another card",
  },
  'card-try-again': {
    status: 400,
    message: 'Your bank could not be reached: nothing was charged, try again in a moment',
  },
  'card-unconfirmed': {
    status: 400,
    message: 'Your bank did not confirm the payment: nothing was charged, try another card',
  },
  'card-unknown': { status: 400, message: 'Unknown card: enter it again. Nothing was charged.' },
  'order-cancelled': { status: 400, message: 'Order was cancelled: nothing was charged' },
  'order-ended': { status: 400, message: 'Order has expired or was cancelled: nothing was charged' },
  'order-expired': { status: 400, message: 'Order has expired: nothing was charged' },
  'order-paid': { status: 400, message: 'Order has already been paid' },
  'payment-not-found': { status: 404, message: 'Payment not found' },
  'too-many-attempts': {
    status: 429,
    message: 'Too many cards were declined: this order can no longer be paid',
  },
  'too-many-declines': { status: 429, message: 'Too many cards were declined: try again in {minutes} minutes' },
  'too-many-payments': { status: 429, message: 'You have too many payments in progress. Try again in a moment.' },
  'webhook-signature': {
    status: 400,
    message: 'The signature of this webhook is not valid: check STRIPE_WEBHOOK_SECRET',
  },
} as const satisfies Record<string, { status: number; message: string }>;
