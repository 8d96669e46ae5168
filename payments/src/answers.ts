import Stripe from 'stripe';
import { untouched, type Decline, type Dispute } from './domain/payment';
import type { Outcome } from './domain/settling';

/** Interprets Stripe's responses, errors and webhooks. */

/** Stripe did not respond, or not in a way that tells what happened: ask again later. */
export class Unavailable extends Error {}

/**
 * Stripe stores a failure under the attempt's idempotency key: the same attempt fails forever, only a new one can
 * succeed.
 */
export class KeptFailure extends Unavailable {}

/** The state of an intent, its refunds and its disputes. A failed refund returned nothing. */
export function outcomeOf(
  intent: Stripe.PaymentIntent,
  refunds: Stripe.Refund[] = [],
  disputes: Stripe.Dispute[] = [],
): Outcome {
  const given = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled');
  const refunded = sumOf(given);
  const lost = sumOf(disputes.filter(({ status }) => status === 'lost'));
  const whole = intent.amount_received > 0 && refunded + lost >= intent.amount_received;
  return {
    status: whole ? 'refunded' : statusOf(intent),
    stripeId: intent.id,
    clientSecret: intent.status === 'requires_action' ? intent.client_secret : null,
    redirectUrl: bankPage(intent.next_action),
    declined: intent.last_payment_error ? reason(intent.last_payment_error) : null,
    received: intent.amount_received,
    refunded,
    refundPending: given.some(({ status }) => status !== 'succeeded'),
    ...disputeOf(disputes),
  };
}

const sumOf = (items: { amount: number }[]) => items.reduce((sum, { amount }) => sum + amount, 0);

/** How far a bank is, by Stripe's word for it. An inquiry (`warning_…`) withdraws no money, but may become a dispute. */
const progress: Partial<Record<Stripe.Dispute.Status, Dispute>> = {
  needs_response: 'open',
  warning_needs_response: 'open',
  under_review: 'answered',
  warning_under_review: 'answered',
  appeal_needs_response: 'answered',
  appeal_under_review: 'answered',
  lost: 'lost',
};

/** Of several disputes, the one that is least decided. */
function disputeOf(disputes: Stripe.Dispute[]): Pick<Outcome, 'disputed' | 'dispute' | 'disputeId'> {
  const known = disputes.map(({ id, status }) => ({ id, is: progress[status] ?? 'won' }));
  const first = (['open', 'answered', 'lost', 'won'] as const).flatMap((is) => known.filter((one) => one.is === is))[0];
  const withdrawn = disputes.filter(({ status }) => progress[status] && !status.startsWith('warning'));
  return { disputed: sumOf(withdrawn), dispute: first?.is ?? null, disputeId: first?.id ?? null };
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

/**
 * Whether Stripe rejected a request, so that nothing was done. It did not if it says that another request with the same key
 * is in progress (409): that one may succeed.
 */
export const isRefused = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409;

/** Whether Stripe did answer: it rejects the question, and will again. */
export const isRejected = (error: unknown): error is Unavailable & { cause: Stripe.errors.StripeError } =>
  error instanceof Unavailable && error.cause instanceof Stripe.errors.StripeInvalidRequestError;

/** Whether an account is no longer ours: it was disconnected or deleted. Other 403s mean that our key lacks a right. */
const hasLeft = (error: unknown): error is Stripe.errors.StripePermissionError =>
  error instanceof Stripe.errors.StripePermissionError && error.code === LEFT;

/** Stripe's code for an account that is no longer ours. */
export const LEFT = 'account_invalid';

/** Asks about a seller's account; `left` is the answer about one that is no longer ours. */
export const unlessLeft = <T, L>(left: L, call: () => Promise<T>): Promise<T | L> =>
  call().catch((error: unknown) => {
    if (hasLeft(error)) return left;
    throw error;
  });

/** Both of the above. */
export const answeredOf = <T, L>(left: L, call: () => Promise<T>): Promise<T | L> =>
  answered(() => unlessLeft(left, call));

/** Why Stripe refused to move money to or from a seller's account, so that none was moved; throws all else. */
export const refusalOf = (error: unknown): string => {
  if (isKept(error) || !(isRefused(error) || hasLeft(error))) throw error;
  return error.code ?? 'refused';
};

/** Whether Stripe knows nothing of what it was asked about. */
export const isUnknown = (error: unknown): boolean => isRejected(error) && error.cause.code === 'resource_missing';

/** Everything was already refunded, as the response to that was lost; or a bank has the money. */
export const unlessGone = (error: unknown) => {
  const codes = ['charge_already_refunded', 'charge_disputed'];
  if (!(error instanceof Stripe.errors.StripeError && codes.includes(error.code ?? ''))) throw error;
};

/** Whether Stripe rejected the receipt address. */
export const isAboutReceipt = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'receipt_email';

/** A declined card is an outcome, and so is a request Stripe rejected: no money moved. */
export const declinedOutcome = (error: unknown): Outcome => {
  if (!(error instanceof Stripe.errors.StripeCardError || isRefused(error))) throw error;
  return {
    status: 'declined',
    stripeId: error.payment_intent?.id ?? null,
    clientSecret: null,
    redirectUrl: null,
    declined: reason(error),
    ...untouched,
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
