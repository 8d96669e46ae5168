import { retryConflicts, type Cause, type Logger, type Outbox } from '@ticketing/common';
import * as domain from './domain/payment';
import * as store from './store';
import { KeptFailure, Unavailable, type IntentRef, type StripeClient } from './stripe';

/** A payment is looked at again at least this often until it is settled, in milliseconds. */
const CHECK_EVERY = 5_000;
const MAX_STEPS = 5;

/**
 * Brings payments to where they belong: captured for an order that won, else holding no money. Whoever has news
 * (a request, an event, a webhook, the clock) calls `settle`; what to do is read from the payment, its order and
 * the intent, so that it may be called at any time and any number of times.
 */
export function createSettlement(outbox: Outbox, stripe: StripeClient, log: Logger) {
  /** Writes what Stripe said. */
  const record = async (payment: store.PaymentDocument, outcome: domain.Outcome, cause: Cause) => {
    const { set, event } = domain.record(payment, outcome, new Date());
    payment.set(set);
    await outbox.commit(
      payment,
      event ? [{ subject: event, data: store.toData(payment.id as string, payment) }] : [],
      cause,
    );
  };

  /** Lets go of what an intent holds that is not the payment's own any more. */
  const drop = async (payment: domain.Payment, stripeId: string) => {
    log.warn({ orderId: payment.orderId, stripeId }, 'an intent of an attempt that was given up: releasing');
    if (domain.mayHold(await stripe.release(payment, stripeId)))
      throw new Unavailable('Stripe did not cancel an intent');
  };

  /** What became of the present attempt at Stripe, if it arrived there; intents of earlier ones are let go. */
  const find = async (payment: domain.Payment) => {
    const intents = await stripe.find(payment);
    for (const { attempt, outcome } of intents)
      if (attempt !== payment.attempt && domain.mayHold(outcome)) await drop(payment, outcome.stripeId ?? '');
    return intents.find(({ attempt }) => attempt === payment.attempt)?.outcome;
  };

  const recover = async (
    payment: store.PaymentDocument,
    order: domain.Order,
    cause: Cause,
  ): Promise<domain.Outcome | undefined> => {
    const found = await find(payment);
    if (found) return found;
    const now = new Date();
    if (!domain.mayAuthorize(order, now)) return domain.neverArrived(payment, now) ? nothingHeld : undefined;
    const email = await store.readEmail(order.userId);
    try {
      return await stripe.authorize(payment, email);
    } catch (error) {
      if (!(error instanceof KeptFailure)) throw error;
      const late = await find(payment);
      if (late) return late;
      await outbox.commit(payment.set(domain.attempt(payment, payment.orderId, order, payment.method, now)), [], cause);
      return stripe.authorize(payment, email);
    }
  };

  const take = async (
    step: Exclude<domain.Step, 'nothing'>,
    payment: store.PaymentDocument,
    order: domain.Order,
    cause: Cause,
  ) => {
    const stripeId = payment.stripeId ?? '';
    switch (step) {
      case 'recover':
        return recover(payment, order, cause);
      case 'inspect':
        return stripe.inspect(stripeId);
      case 'capture':
        return stripe.capture(payment, stripeId);
      case 'release':
        return stripe.release(payment, stripeId);
      case 'refund':
        // From here on reconcile insists on it, whatever becomes of this call.
        if (!payment.checkAt) await outbox.commit(payment.set({ checkAt: domain.soon(new Date()) }), [], cause);
        log.error(
          { orderId: payment.orderId, stripeId, amount: payment.amount },
          'charged without a won order: refunding',
        );
        return stripe.refund(payment, stripeId);
    }
  };

  /** Takes one step; returns whether there may be another. */
  const advance = (orderId: string, cause: Cause, hinted: boolean) =>
    retryConflicts(async () => {
      const [payment, order] = await Promise.all([store.loadPayment(orderId), store.readOrder(orderId)]);
      if (!payment || !order) return false;
      const step = domain.nextStep(payment, order, new Date(), hinted);
      if (step === 'nothing') return false;
      const before = payment.status;
      const outcome = await take(step, payment, order, cause);
      if (!outcome) return false;
      await record(payment, outcome, cause);
      return outcome.status !== before;
    });

  const settle = async (orderId: string, cause: Cause, hinted = false) => {
    try {
      for (let left = MAX_STEPS; left > 0; left--) if (!(await advance(orderId, cause, hinted))) return;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      log.warn({ err: error, orderId }, 'Stripe is out of reach, the payment is settled later');
    }
  };

  return {
    record,
    settle,

    /** Settles what a webhook is about, also if it is about an intent that nobody waits for any more. */
    async hear(intent: IntentRef, cause: Cause) {
      await settle(intent.orderId, cause, true);
      const payment = await store.readPayment(intent.orderId);
      if (payment && domain.isStray(payment, intent)) await drop(payment, intent.stripeId);
    },

    /** Settles what nothing was heard of: the answer of a call that a crash cut off, a lost webhook or event. */
    async reconcile() {
      for (let left = 100; left > 0; left--) {
        const now = new Date();
        const due = await store.takeDue(now, new Date(now.getTime() + CHECK_EVERY));
        if (!due) return;
        await settle(due.orderId, { trace: `reconcile-${due.orderId}` }, true);
      }
    },
  };
}

const nothingHeld: domain.Outcome = {
  status: 'released',
  stripeId: null,
  clientSecret: null,
  redirectUrl: null,
  declined: null,
};

export type Settlement = ReturnType<typeof createSettlement>;
