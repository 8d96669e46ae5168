import { cardOf, type Decline } from './cards';
import { newCharge } from './charge';
import { ApiError, invalidRequest, unexpectedState } from './errors';
import type { Charge, Context, DomainEvent, PaymentIntent, PaymentMethod } from './objects';

/** What a command does to an intent (Stripe docs: "How PaymentIntents work"). */
export interface Transition {
  intent: PaymentIntent;
  /** The charge that was made or changed. */
  charge?: Charge;
  events: DomainEvent[];
  /** The error to return when the attempt changed something but failed: a decline. */
  refusal?: ApiError;
}

/** Where the buyer authenticates, and where the browser goes afterwards. */
export interface Challenge {
  url: string;
  returnUrl?: string;
  /** The buyer is absent or must not be asked: `off_session`, `error_on_requires_action`. */
  unavailable?: boolean;
}

const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCELABLE = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];

const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

function refuseUnless(allowed: string[], intent: PaymentIntent, cannot: string, done: string): void {
  if (allowed.includes(intent.status)) return;
  const only = `Only a PaymentIntent with one of the following statuses may be ${done}: ${allowed.join(', ')}.`;
  throw unexpectedState(intent, `${cannot} because it has a status of ${intent.status}. ${only}`);
}

/** @throws `payment_intent_unexpected_state` if the intent can no longer be confirmed */
export function refuseUnlessConfirmable(intent: PaymentIntent): void {
  const cannot = 'You cannot confirm this PaymentIntent';
  if (intent.status === 'succeeded') {
    const message = `${cannot} because it has already succeeded after being previously confirmed.`;
    throw unexpectedState(intent, message);
  }
  refuseUnless(CONFIRMABLE, intent, cannot, 'confirmed');
}

/** Attempts the charge with `method`; a card that requires 3-D Secure leads to `requires_action`. */
export function confirm(
  intent: PaymentIntent,
  method: PaymentMethod,
  challenge: Challenge,
  context: Context,
): Transition {
  refuseUnlessConfirmable(intent);
  const attempt = { ...intent, payment_method: method.id, last_payment_error: null, next_action: null };
  if (!cardOf(method).authentication) return authorise(attempt, method, context);
  if (challenge.unavailable) return decline(attempt, method, AUTHENTICATION_REQUIRED, context);
  const challenged: PaymentIntent = {
    ...attempt,
    status: 'requires_action',
    next_action: nextAction(challenge),
  };
  return { intent: challenged, events: [{ type: 'payment_intent.requires_action', object: challenged }] };
}

/** Without a return URL the client is expected to open the challenge itself (Stripe docs: "3D Secure"). */
function nextAction({ url, returnUrl }: Challenge): PaymentIntent['next_action'] {
  if (returnUrl) return { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } };
  return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } };
}

/** The buyer passed or failed the 3-D Secure challenge. */
export function authenticate(
  intent: PaymentIntent,
  method: PaymentMethod,
  passed: boolean,
  context: Context,
): Transition {
  refuseUnless(['requires_action'], intent, 'You cannot authenticate this PaymentIntent', 'authenticated');
  if (passed) return authorise({ ...intent, next_action: null }, method, context);
  return failed(intent, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new ' +
      'PaymentMethod to attempt to fulfill this PaymentIntent again.',
    payment_method: method,
  });
}

function authorise(intent: PaymentIntent, method: PaymentMethod, context: Context): Transition {
  const refused = cardOf(method).decline;
  if (refused) return decline(intent, method, refused, context);
  const manual = intent.capture_method === 'manual';
  const charge = newCharge(intent, method.id, { captured: !manual }, context);
  const authorised: PaymentIntent = {
    ...intent,
    latest_charge: charge.id,
    status: manual ? 'requires_capture' : 'succeeded',
    amount_capturable: manual ? intent.amount : 0,
    amount_received: manual ? 0 : intent.amount,
  };
  const type = manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded';
  return { intent: authorised, charge, events: [{ type, object: authorised }] };
}

function decline(intent: PaymentIntent, method: PaymentMethod, reason: Decline, context: Context): Transition {
  const charge = newCharge(intent, method.id, { decline: reason }, context);
  const error = { type: 'card_error' as const, ...reason, charge: charge.id, payment_method: method };
  const transition = failed({ ...intent, latest_charge: charge.id }, error);
  const refusal = new ApiError(402, { ...error, payment_intent: transition.intent });
  return { ...transition, charge, refusal };
}

function failed(intent: PaymentIntent, error: NonNullable<PaymentIntent['last_payment_error']>): Transition {
  const object: PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: error,
  };
  return { intent: object, events: [{ type: 'payment_intent.payment_failed', object }] };
}

/** Captures `amount` minor units (default: all) of the held money; the rest is released. */
export function capture(intent: PaymentIntent, charge: Charge, amount = intent.amount_capturable): Transition {
  if (intent.status === 'succeeded') {
    throw unexpectedState(intent, 'This PaymentIntent could not be captured because it has already been captured.');
  }
  refuseUnless(['requires_capture'], intent, 'This PaymentIntent could not be captured', 'captured');
  if (amount > intent.amount_capturable) {
    const message = 'The requested capture amount is greater than the amount you can capture for this charge.';
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount_to_capture' });
  }
  const captured: Charge = { ...charge, captured: true, amount_captured: amount };
  const succeeded: PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
  };
  const events: DomainEvent[] = [
    { type: 'charge.captured', object: captured },
    { type: 'payment_intent.succeeded', object: succeeded },
  ];
  return { intent: succeeded, charge: captured, events };
}

/** Cancels an intent that captured nothing, and releases what is held (Stripe docs: "Cancel a PaymentIntent"). */
export function cancel(
  intent: PaymentIntent,
  charge: Charge | undefined,
  reason: PaymentIntent['cancellation_reason'],
  context: Context,
): Transition {
  refuseUnless(CANCELABLE, intent, 'You cannot cancel this PaymentIntent', 'canceled');
  const canceled: PaymentIntent = {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: context.now,
    cancellation_reason: reason,
    next_action: null,
  };
  const released = intent.status === 'requires_capture' && charge;
  return {
    intent: canceled,
    ...(released && { charge: { ...charge, refunded: true, amount_refunded: charge.amount } }),
    events: [{ type: 'payment_intent.canceled', object: canceled }],
  };
}
