import Stripe from 'stripe';
import { answered, declinedOutcome, isAboutReceipt, isUnknown, outcomeOf, unlessGone } from './answers';
import { isPlain, stripeConnect } from './connect';
import type { Evidence } from './domain/evidence';
import type { Payment } from './domain/payment';
import type { Outcome } from './domain/settling';
import { hintOfIntent, webhookReader } from './webhooks';

/** Including stripe-node's single retry, a call ends within 17 seconds. */
const TIMEOUT = 8_000;
const RETRIES = 1;

/** An attempt's intent, in its current state. */
export interface Found {
  attempt: number;
  outcome: Outcome;
}

/**
 * Payments at Stripe.
 * @param webhookSecrets of every destination of webhooks
 * @param url a base URL other than Stripe's own: the emulator's
 * @param now the current time, at which webhooks arrive
 */
export function stripeClient(
  key: string,
  webhookSecrets: string[],
  currency: string,
  url?: string,
  now = () => new Date(),
) {
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

  /** An address Stripe rejects must not block the payment. */
  const create = async (payment: Payment, email: string | undefined) => {
    const paid: Stripe.PaymentIntentCreateParams = {
      amount: payment.amount,
      currency,
      capture_method: 'manual',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      confirm: true,
      payment_method: await methodId(payment),
      metadata: { orderId: payment.orderId, attempt: payment.attempt },
      transfer_group: payment.orderId,
    };
    const receipt = email && isPlain(email) ? { receipt_email: email } : {};
    return stripe.paymentIntents
      .create({ ...paid, ...receipt }, keyOf(payment, 'authorize'))
      .catch((error: unknown) => {
        if (!isAboutReceipt(error)) throw error;
        return stripe.paymentIntents.create(paid, keyOf(payment, 'authorize-without-receipt'));
      });
  };

  const read = async (stripeId: string): Promise<Outcome> => {
    const intent = await stripe.paymentIntents.retrieve(stripeId, { expand: ['latest_charge'] });
    if (intent.status !== 'succeeded') return outcomeOf(intent);
    const of = { payment_intent: stripeId, limit: 100 };
    const { latest_charge: charge } = intent;
    const isDisputed = charge !== null && typeof charge !== 'string' && charge.disputed;
    const [refunds, disputes] = await Promise.all([stripe.refunds.list(of), isDisputed && stripe.disputes.list(of)]);
    return outcomeOf(intent, refunds.data, disputes ? disputes.data : []);
  };

  /** Runs a change to an intent; if it fails, the intent's actual state counts. */
  const settle = (stripeId: string, act: () => Promise<Stripe.PaymentIntent>): Promise<Outcome> =>
    act().then(outcomeOf, () => answered(() => read(stripeId)));

  return {
    connect: stripeConnect(stripe, currency),

    /** Authorizes an attempt. Throws Unavailable if the outcome is unknown. */
    authorize: (payment: Payment, email: string | undefined): Promise<Outcome> =>
      answered(() => create(payment, email).then(outcomeOf).catch(declinedOutcome)),

    /** All intents with a charge for this order, in one call: without a charge no money is held. */
    find: ({ orderId }: Payment): Promise<Found[]> =>
      answered(async () => {
        const { data } = await stripe.charges.list({
          transfer_group: orderId,
          limit: 100,
          expand: ['data.payment_intent'],
        });
        const intents = new Map<string, Stripe.PaymentIntent>();
        for (const { payment_intent: intent } of data)
          if (intent && typeof intent !== 'string' && intent.metadata.orderId === orderId)
            intents.set(intent.id, intent);
        return [...intents.values()].map((intent) => ({
          attempt: Number(intent.metadata.attempt),
          outcome: outcomeOf(intent),
        }));
      }),

    /** The order of an intent, if it is one of ours. */
    owner: (stripeId: string) =>
      answered(() => stripe.paymentIntents.retrieve(stripeId).then(hintOfIntent)).catch((error: unknown) => {
        if (!isUnknown(error)) throw error;
        return undefined;
      }),

    /** The intent of a charge or a refund, if there is one. */
    intentOf: (id: string): Promise<string | undefined> =>
      answered(async () => {
        const { payment_intent: intent } = await (id.startsWith('ch_')
          ? stripe.charges.retrieve(id)
          : stripe.refunds.retrieve(id));
        return typeof intent === 'string' ? intent : intent?.id;
      }).catch((error: unknown) => {
        if (!isUnknown(error)) throw error;
        return undefined;
      }),

    /** An intent's current state and refunds. */
    inspect: (stripeId: string): Promise<Outcome> => answered(() => read(stripeId)),

    /** Captures the held money. */
    capture: (payment: Payment, stripeId: string) =>
      settle(stripeId, () => stripe.paymentIntents.capture(stripeId, {}, keyOf(payment, `capture-${Date.now()}`))),

    /** Releases the held money. */
    release: (payment: Payment, stripeId: string) =>
      settle(stripeId, () => stripe.paymentIntents.cancel(stripeId, {}, keyOf(payment, `cancel-${Date.now()}`))),

    /** Refunds the rest of the charge: Stripe never refunds more than that. */
    refund: (payment: Payment, stripeId: string): Promise<Outcome> =>
      answered(async () => {
        await stripe.refunds
          .create({ payment_intent: stripeId }, keyOf(payment, `refund-${Date.now()}`))
          .catch(unlessGone);
        return read(stripeId);
      }),

    /**
     * Sends a bank the evidence of a sale. A dispute that has its evidence, or has ended, accepts none, so a repeat needs no
     * key; a failure that Stripe kept under a key would block the evidence.
     */
    contest: (payment: Payment, evidence: Evidence): Promise<Outcome> =>
      answered(async () => {
        const { disputeId, stripeId } = payment;
        await stripe.disputes
          .update(disputeId ?? '', { evidence, submit: true }, keyOf(payment, `evidence-${Date.now()}`))
          .catch((error: unknown) => {
            if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
          });
        return read(stripeId ?? '');
      }),

    /** The subject of a webhook, if signed by Stripe; it is a hint whose content is not trusted. */
    hint: webhookReader(stripe, webhookSecrets, now),
  };
}

export type StripeClient = ReturnType<typeof stripeClient>;
