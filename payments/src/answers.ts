import { Refusal } from '@ticketing/common';
import Stripe from 'stripe';
import type { Hint } from './domain/hints';
import type { Decline } from './domain/payment';
import type { Outcome } from './domain/settling';

/** Interprets Stripe's responses, errors and webhooks. */

/** Stripe did not respond, or not in a way that tells what happened: ask again later. */
export class Unavailable extends Error {}

/**
 * Stripe stores a failure under the attempt's idempotency key: the same attempt fails forever, only a new one can
 * succeed.
 */
export class KeptFailure extends Unavailable {}

/** The state of an intent and its refunds. A failed refund returned nothing. */
export function outcomeOf(intent: Stripe.PaymentIntent, refunds: Stripe.Refund[] = []): Outcome {
  const given = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled');
  const refunded = given.reduce((sum, { amount }) => sum + amount, 0);
  const whole = intent.amount_received > 0 && refunded >= intent.amount_received;
  return {
    status: whole ? 'refunded' : statusOf(intent),
    stripeId: intent.id,
    clientSecret: intent.status === 'requires_action' ? intent.client_secret : null,
    redirectUrl: bankPage(intent.next_action),
    declined: intent.last_payment_error ? reason(intent.last_payment_error) : null,
    received: intent.amount_received,
    refunded,
    refundPending: given.some(({ status }) => status !== 'succeeded'),
  };
}

/** The bank's confirmation page, if Stripe provides one; otherwise Stripe.js opens it with the client secret. */
function bankPage(action: Stripe.PaymentIntent.NextAction | null): string | null {
  const page: unknown = action?.redirect_to_url?.url ?? action?.use_stripe_sdk?.stripe_js;
  return typeof page === 'string' ? page : null;
}

function statusOf(intent: Stripe.PaymentIntent): Exclude<Outcome['status'], 'refunded'> {
  switch (intent.status) {
    case 'requires_capture':
      return 'authorized';
    case 'succeeded':
      return 'captured';
    case 'canceled':
      return 'released';
    case 'requires_action':
    case 'processing':
      return 'requires_action';
    default:
      return 'declined';
  }
}

/** For any other error of stripe-node the outcome is unknown. */
export const answered = <T>(call: () => Promise<T>): Promise<T> =>
  call().catch((error: unknown) => {
    if (isKept(error)) throw new KeptFailure('Stripe keeps a failure under the key of this attempt', { cause: error });
    throw new Unavailable('Stripe did not say what happened', { cause: error });
  });

/** A replayed failure, or a key first used with other parameters: that call is finished. */
export const isKept = (error: unknown) =>
  error instanceof Stripe.errors.StripeError &&
  (error.headers?.['idempotent-replayed'] === 'true' ||
    (error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400));

/** Everything was already refunded: the response to that was lost. */
export const unlessRefunded = (error: unknown) => {
  if (!(error instanceof Stripe.errors.StripeError && error.code === 'charge_already_refunded')) throw error;
};

/** Whether Stripe rejected the receipt address. */
export const isAboutReceipt = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'receipt_email';

/** A declined card is an outcome, and so is a request Stripe rejected: no money moved. */
export const declinedOutcome = (error: unknown): Outcome => {
  const refused =
    error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
  if (!refused || error.statusCode === 409) throw error;
  return {
    status: 'declined',
    stripeId: error.payment_intent?.id ?? null,
    clientSecret: null,
    redirectUrl: null,
    declined: reason(error),
    received: 0,
    refunded: 0,
    refundPending: false,
  };
};

const reasons: Record<string, Decline> = {
  insufficient_funds: 'card-funds',
  expired_card: 'card-expired',
  incorrect_cvc: 'card-security-code',
  invalid_cvc: 'card-security-code',
  authentication_required: 'card-unconfirmed',
  payment_intent_authentication_failure: 'card-unconfirmed',
  card_velocity_exceeded: 'card-limit',
  withdrawal_count_limit_exceeded: 'card-limit',
  card_not_supported: 'card-not-supported',
  currency_not_supported: 'card-not-supported',
  transaction_not_allowed: 'card-not-supported',
  processing_error: 'card-try-again',
  issuer_not_available: 'card-try-again',
  reenter_transaction: 'card-try-again',
  try_again_later: 'card-try-again',
  resource_missing: 'card-unknown',
};

const reason = ({ code, decline_code }: { code?: string; decline_code?: string }): Decline =>
  reasons[decline_code ?? ''] ?? reasons[code ?? ''] ?? 'card-declined';

/** Events that add nothing to another one. */
const SILENT = new Set(['payment_intent.created']);

function signed<T>(verify: () => T): T {
  try {
    return verify();
  } catch {
    throw new Refusal('webhook-signature');
  }
}

/** The subject of a webhook, if it may concern one of our payments. Throws if Stripe did not sign it. */
export function hintOf(verify: () => Stripe.Event): Hint | undefined {
  const event = signed(verify);
  if (SILENT.has(event.type)) return undefined;
  const { object } = event.data;
  switch (object.object) {
    case 'payment_intent': {
      const { orderId, attempt } = object.metadata;
      if (!orderId || !/^\d+$/.test(attempt ?? '')) return undefined;
      const { stripeId, status } = outcomeOf(object);
      return { about: 'intent', stripeId: stripeId ?? '', orderId, attempt: Number(attempt), status };
    }
    case 'refund':
      return about('refund', object.payment_intent);
    case 'dispute':
      return about('dispute', object.payment_intent);
    case 'charge':
      return event.type === 'charge.refunded' ? about('refund', object.payment_intent) : undefined;
    default:
      return undefined;
  }
}

const about = (what: 'refund' | 'dispute', intent: string | Stripe.PaymentIntent | null): Hint | undefined =>
  intent ? { about: what, stripeId: typeof intent === 'string' ? intent : intent.id } : undefined;

/** The account that a thin event names. Throws if Stripe did not sign it. */
export function accountHintOf(verify: () => Stripe.V2.Core.EventNotification): Hint | undefined {
  const event = signed(verify);
  const related = 'related_object' in event ? event.related_object : null;
  if (!event.type.startsWith('v2.core.account') || !related || !('id' in related)) return undefined;
  return { about: 'account', accountId: String(related.id) };
}
