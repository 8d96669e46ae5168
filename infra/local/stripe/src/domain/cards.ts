import type { Context, PaymentMethod } from './objects';

/** Why an issuer refuses a card (Stripe docs: "Decline codes"). */
export interface Decline {
  code: string;
  decline_code?: string;
  message: string;
}

interface TestCard {
  brand: string;
  last4: string;
  funding?: 'debit';
  decline?: Decline;
  /** The issuer asks for 3-D Secure before it decides. */
  authentication?: true;
  /** The cardholder disputes the charge as soon as it is captured. */
  disputes?: true;
}

const declined = (decline_code: string, message = 'Your card was declined.'): Decline => ({
  code: 'card_declined',
  decline_code,
  message,
});

/** Stripe's test cards by the name in `tok_NAME` and `pm_card_NAME` (Stripe docs: "Testing"). */
export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  visa: { brand: 'visa', last4: '4242' },
  visa_debit: { brand: 'visa', last4: '5556', funding: 'debit' },
  mastercard: { brand: 'mastercard', last4: '4444' },
  amex: { brand: 'amex', last4: '8431' },
  chargeDeclined: { brand: 'visa', last4: '0002', decline: declined('generic_decline') },
  chargeDeclinedInsufficientFunds: {
    brand: 'visa',
    last4: '9995',
    decline: declined('insufficient_funds', 'Your card has insufficient funds.'),
  },
  chargeDeclinedLostCard: { brand: 'visa', last4: '9987', decline: declined('lost_card') },
  chargeDeclinedStolenCard: { brand: 'visa', last4: '9979', decline: declined('stolen_card') },
  chargeDeclinedExpiredCard: {
    brand: 'visa',
    last4: '0069',
    decline: { code: 'expired_card', message: 'Your card has expired.' },
  },
  chargeDeclinedIncorrectCvc: {
    brand: 'visa',
    last4: '0127',
    decline: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  },
  chargeDeclinedProcessingError: {
    brand: 'visa',
    last4: '0119',
    decline: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
  createDispute: { brand: 'visa', last4: '0259', disputes: true },
  authenticationRequired: { brand: 'visa', last4: '3184', authentication: true },
  threeDSecure2Required: { brand: 'visa', last4: '3220', authentication: true },
  threeDSecureRequired: { brand: 'visa', last4: '3063', authentication: true },
  threeDSecureRequiredChargeDeclined: {
    brand: 'visa',
    last4: '1629',
    authentication: true,
    decline: declined('generic_decline'),
  },
};

const byLast4 = new Map(Object.values(TEST_CARDS).map((card) => [card.last4, card]));

/** How the issuer of this payment method's card responds. */
export function cardOf(method: PaymentMethod): TestCard {
  const card = byLast4.get(method.card?.last4 ?? '');
  if (!card) throw new Error(`Payment method ${method.id} has no test card: remove it from the journal`);
  return card;
}

/** A new payment method for the card called `name`, or nothing if there is no such test card. */
export function newPaymentMethod(name: string, context: Context): PaymentMethod | undefined {
  const card = Object.hasOwn(TEST_CARDS, name) ? TEST_CARDS[name] : undefined;
  if (!card) return undefined;
  return {
    id: context.newId('pm'),
    object: 'payment_method',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: card.brand,
      exp_month: 12,
      exp_year: new Date(context.now * 1000).getUTCFullYear() + 2,
      fingerprint: `card${card.last4}`,
      funding: card.funding ?? 'credit',
      generated_from: null,
      last4: card.last4,
      networks: { available: [card.brand], preferred: null },
      regulated_status: null,
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: context.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}
