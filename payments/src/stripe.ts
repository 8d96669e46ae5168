import { Refusal } from '@ticketing/common';
import Stripe from 'stripe';
import type { Decline, Outcome, Payment } from './domain/payment';

const TIMEOUT = 10_000;
const RETRIES = 2;

/** Stripe did not answer, or not in a way that tells what happened: ask again later. */
export class Unavailable extends Error {}

/** Stripe keeps a failure under the attempt's key: the same attempt fails for ever, only another one can succeed. */
export class KeptFailure extends Unavailable {}

/** A PaymentIntent of an order, as far as it tells whose it is. */
export interface IntentRef {
  orderId: string;
  attempt: number;
  stripeId: string;
}

/** Payments as Stripe knows them. `url` is another base URL than Stripe's own: the emulator's. */
export function stripeClient(key: string, webhookSecret: string, currency: string, url?: string) {
  const base = url ? new URL(url) : undefined;
  const stripe = new Stripe(key, {
    timeout: TIMEOUT,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(base && { host: base.hostname, port: base.port, protocol: base.protocol === 'https:' ? 'https' : 'http' }),
  });
  const keyOf = ({ orderId, attempt }: Payment, act: string) => ({ idempotencyKey: `${orderId}-${attempt}-${act}` });

  const methodId = async (payment: Payment) =>
    'token' in payment.method
      ? (
          await stripe.paymentMethods.create(
            { type: 'card', card: { token: payment.method.token } },
            keyOf(payment, 'method'),
          )
        ).id
      : payment.method.paymentMethodId;

  const create = async (payment: Payment, email: string | undefined) =>
    stripe.paymentIntents.create(
      {
        amount: payment.amount,
        currency,
        capture_method: 'manual',
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        confirm: true,
        payment_method: await methodId(payment),
        metadata: { orderId: payment.orderId, attempt: payment.attempt },
        ...(email && { receipt_email: email }),
      },
      keyOf(payment, 'authorize'),
    );

  /** Does what changes an intent; where that fails, what counts is the state that the intent is in. */
  const settle = async (stripeId: string, act: () => Promise<Stripe.PaymentIntent>): Promise<Outcome> => {
    try {
      return outcomeOf(await act());
    } catch {
      return inspect(stripeId);
    }
  };

  const inspect = (stripeId: string) => answered(async () => outcomeOf(await stripe.paymentIntents.retrieve(stripeId)));

  return {
    /** Holds the money of an attempt. Throws Unavailable where it is not known whether it is held. */
    authorize: (payment: Payment, email: string | undefined): Promise<Outcome> =>
      answered(() => create(payment, email).then(outcomeOf).catch(declinedOutcome)),

    /** Looks for the order's intents since its present attempt began, whose answer was lost. */
    find: (payment: Payment): Promise<{ attempt: number; outcome: Outcome }[]> =>
      answered(async () => {
        const created = { gte: Math.floor(payment.startedAt.getTime() / 1000) - 60 };
        const found = [];
        for await (const intent of stripe.paymentIntents.list({ created, limit: 100 })) {
          const { orderId, attempt } = intent.metadata;
          if (orderId === payment.orderId) found.push({ attempt: Number(attempt), outcome: outcomeOf(intent) });
        }
        return found;
      }),

    inspect,

    /** Charges the money that is held. */
    capture: (payment: Payment, stripeId: string) =>
      settle(stripeId, () => stripe.paymentIntents.capture(stripeId, {}, keyOf(payment, `capture-${Date.now()}`))),

    /** Lets go of the money that is held. */
    release: (payment: Payment, stripeId: string) =>
      settle(stripeId, () => stripe.paymentIntents.cancel(stripeId, {}, keyOf(payment, `cancel-${Date.now()}`))),

    /** Gives back money that was charged. */
    refund: (payment: Payment, stripeId: string): Promise<Outcome> =>
      answered(async () => {
        await stripe.refunds
          .create({ payment_intent: stripeId }, keyOf(payment, `refund-${Date.now()}`))
          .catch(unlessRefunded);
        return { ...outcomeOf(await stripe.paymentIntents.retrieve(stripeId)), status: 'refunded' };
      }),

    /** Whose payment a webhook is about, if it is signed by Stripe; it is a hint, and nothing in it is believed. */
    hint(body: Buffer | undefined, signature: string): IntentRef | undefined {
      let event: Stripe.Event;
      try {
        event = stripe.webhooks.constructEvent(body ?? '', signature, webhookSecret);
      } catch {
        throw new Refusal('webhook-signature');
      }
      const { object } = event.data;
      if (object.object !== 'payment_intent' || !object.metadata.orderId) return undefined;
      return { orderId: object.metadata.orderId, attempt: Number(object.metadata.attempt), stripeId: object.id };
    },
  };
}

export type StripeClient = ReturnType<typeof stripeClient>;

function outcomeOf(intent: Stripe.PaymentIntent): Outcome {
  return {
    status: statusOf(intent),
    stripeId: intent.id,
    clientSecret: intent.status === 'requires_action' ? intent.client_secret : null,
    redirectUrl: bankPage(intent.next_action),
    declined: intent.last_payment_error ? reason(intent.last_payment_error) : null,
  };
}

/** Where a bank asks its customer, if Stripe names a page; else Stripe.js opens it by the client secret. */
function bankPage(action: Stripe.PaymentIntent.NextAction | null): string | null {
  const page: unknown = action?.redirect_to_url?.url ?? action?.use_stripe_sdk?.stripe_js;
  return typeof page === 'string' ? page : null;
}

function statusOf(intent: Stripe.PaymentIntent): Outcome['status'] {
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

/** Whatever stripe-node throws leaves open what happened. */
const answered = <T>(call: () => Promise<T>): Promise<T> =>
  call().catch((error: unknown) => {
    if (isKept(error)) throw new KeptFailure('Stripe keeps a failure under the key of this attempt', { cause: error });
    throw new Unavailable('Stripe did not say what happened', { cause: error });
  });

/** A failure that is replayed, or a key whose first call had other parameters: that call is over. */
const isKept = (error: unknown) =>
  error instanceof Stripe.errors.StripeError &&
  (error.headers?.['idempotent-replayed'] === 'true' ||
    (error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400));

/** All of it has been given back already: the answer to that was lost. */
const unlessRefunded = (error: unknown) => {
  if (!(error instanceof Stripe.errors.StripeError && error.code === 'charge_already_refunded')) throw error;
};

/** A declined card is an outcome, and so is a request that Stripe did not accept: no money moved. */
const declinedOutcome = (error: unknown): Outcome => {
  const refused =
    error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
  if (!refused || error.statusCode === 409) throw error;
  return {
    status: 'declined',
    stripeId: error.payment_intent?.id ?? null,
    clientSecret: null,
    redirectUrl: null,
    declined: reason(error),
  };
};

const reasons: Record<string, Decline> = {
  insufficient_funds: 'card-funds',
  expired_card: 'card-expired',
  incorrect_cvc: 'card-security-code',
  payment_intent_authentication_failure: 'card-unconfirmed',
  resource_missing: 'card-unknown',
};

const reason = ({ code, decline_code }: { code?: string; decline_code?: string }): Decline =>
  reasons[decline_code ?? ''] ?? reasons[code ?? ''] ?? 'card-declined';
