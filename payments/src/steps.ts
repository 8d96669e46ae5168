import type { Cause, Logger, Outbox } from '@ticketing/common';
import { alarm } from './alarms';
import { KeptFailure, Unavailable } from './answers';
import { toData } from './bodies';
import { bookkeeper } from './books';
import * as checks from './checks';
import type { DeclineLimits } from './declines';
import { evidenceOf } from './domain/evidence';
import * as attempts from './domain/payment';
import { payoutRests, waitsUntil } from './domain/payout';
import * as domain from './domain/settling';
import { answer, unheard } from './domain/unheard';
import { createPayouts } from './payouts';
import { readEmail } from './people';
import type { Sellers } from './sellers';
import * as store from './store';
import type { StripeClient } from './stripe';

const MAX_STEPS = 5;

/** The single steps of a payment: calls to Stripe, and recording its responses. */
export function createSteps(
  outbox: Outbox,
  stripe: StripeClient,
  declines: Pick<DeclineLimits, 'countAccount'>,
  sellers: Pick<Sellers, 'learn' | 'refresh'>,
  feePercent: number,
  log: Logger,
  clock: () => Date,
) {
  const save = bookkeeper(outbox, clock);
  const payouts = createPayouts(save, stripe.connect, sellers, log, clock);
  const tell = (subject: domain.PaymentSubject | undefined, payment: store.PaymentDocument) =>
    subject ? [{ subject, data: toData(payment.id as string, payment) }] : [];

  /** Records Stripe's answer, if it is news. Throws a VersionError if another write came first. */
  const write = async (payment: store.PaymentDocument, answer: domain.Outcome, order: attempts.Order, cause: Cause) => {
    const outcome = domain.asKept(payment, answer);
    if (domain.isKnown(payment, outcome)) return;
    const isDecline = outcome.status === 'declined' && payment.status !== 'declined';
    const { set, event, alarm: kind } = domain.record(payment, outcome, order, clock());
    const isFixed = payment.fee !== null || outcome.received === 0;
    const sale = isFixed ? {} : attempts.saleOf(outcome.received, order, feePercent);
    payment.set({ ...set, ...sale });
    // If a crash comes before the seller's payout, the payment must be checked again.
    if (payment.isHinted || !payoutRests(payment, order)) payment.checkAt ??= attempts.soon(clock());
    await save(payment, {}, tell(event, payment), cause);
    if (isDecline) await declines.countAccount(order.userId);
    const { orderId, amount } = payment;
    if (kind) alarm(log, kind, { ...outcome, clientSecret: undefined, orderId, amount });
  };

  /** Releases or refunds the money of an intent that no longer belongs to the payment. */
  const drop = async (payment: attempts.Payment, stripeId: string) => {
    const { orderId } = payment;
    log.warn({ orderId, stripeId }, 'releasing the intent of an abandoned attempt');
    const outcome = await stripe.release(payment, stripeId);
    if (domain.mayHold(outcome)) throw new Unavailable('Stripe did not cancel an intent');
    if (outcome.status !== 'captured') return;
    alarm(log, 'charged-without-order', { orderId, stripeId, amount: outcome.received });
    await stripe.refund(payment, stripeId);
  };

  /** The current attempt's state at Stripe, if it arrived there; intents of earlier attempts are released. */
  const find = async (payment: attempts.Payment) => {
    const intents = await stripe.find(payment);
    for (const { attempt, outcome } of intents)
      if (attempt !== payment.attempt && domain.mayHold(outcome)) await drop(payment, outcome.stripeId ?? '');
    return intents.find(({ attempt }) => attempt === payment.attempt)?.outcome;
  };

  /** Retries an attempt whose response was lost: with the same idempotency key, Stripe does it only once. */
  const recover = async (
    payment: store.PaymentDocument,
    order: attempts.Order,
    cause: Cause,
  ): Promise<domain.Outcome | undefined> => {
    const found = await find(payment);
    if (found) return found;
    const now = clock();
    if (!domain.mayAuthorize(order, now)) return domain.neverArrived(payment, now) ? domain.nothingHeld : undefined;
    const email = await readEmail(order.userId);
    try {
      return await stripe.authorize(payment, email);
    } catch (error) {
      if (!(error instanceof KeptFailure)) throw error;
      const late = await find(payment);
      if (late) return late;
      const { orderId, method } = payment;
      await save(payment, attempts.attempt(payment, orderId, order, method, now), [], cause);
      return stripe.authorize(payment, email);
    }
  };

  const refund = async (payment: store.PaymentDocument, order: attempts.Order, cause: Cause) => {
    // From here on the reconciler ensures it, whatever happens to this call.
    if (!payment.givingBack || !payment.checkAt)
      await save(payment, { givingBack: true, checkAt: attempts.soon(clock()) }, [], cause);
    if (attempts.isAtBank(payment)) return stripe.inspect(payment.stripeId ?? '');
    const { orderId, amount, stripeId, received } = payment;
    const wasSold = order.status === 'refunded' || received < amount;
    if (!wasSold) alarm(log, 'charged-without-order', { orderId, stripeId, amount });
    return stripe.refund(payment, stripeId ?? '');
  };

  const take = async (
    step: Exclude<domain.Step, 'nothing'>,
    payment: store.PaymentDocument,
    order: attempts.Order,
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
        return refund(payment, order, cause);
      case 'contest':
        return stripe.contest(payment, evidenceOf(payment, order, await readEmail(order.userId)));
    }
  };

  /** Adds fields that an older payment lacks. */
  const complete = async (payment: store.PaymentDocument, order: attempts.Order, cause: Cause) => {
    const { received, fee, ledger, sellerId } = payment;
    if (received === 0 || (ledger.length > 0 && (sellerId ?? !order.sellerId))) return;
    const sale = attempts.saleOf(received, order, feePercent);
    await save(payment, { ...sale, fee: fee ?? sale.fee }, [], cause);
  };

  /** Republishes missed events, on a check or when asked; stops or delays checking a payment that needs no more, or waits. */
  const conclude = async (payment: store.PaymentDocument, order: attempts.Order, cause: Cause, look: boolean) => {
    const now = clock();
    if (!look && payment.isHinted) return;
    // What waits for NATS is not told twice.
    const subject = payment.outbox.length > 0 ? undefined : (look ? unheard : answer)(payment, order, now);
    const rests = domain.rests(payment, order) && payoutRests(payment, order);
    if (subject || rests !== !payment.checkAt) {
      const checkAt = rests ? null : (payment.checkAt ?? attempts.soon(now));
      const toldAt = subject ? now : payment.toldAt;
      await save(payment, { toldAt, checkAt, isHinted: payment.isHinted && !rests }, tell(subject, payment), cause);
    }
    const until = rests ? undefined : waitsUntil(payment, order, now);
    if (until) await checks.postpone(payment, until);
  };

  /** Runs steps until nothing is left to do for now. `look`: whether Stripe may have news. */
  const walk = async (payment: store.PaymentDocument, known: attempts.Order, cause: Cause, look: boolean) => {
    let order = known;
    await complete(payment, order, cause);
    const asks = look || (await payouts.isDue(payment, order));
    for (let left = MAX_STEPS; left > 0; left--) {
      const step = domain.nextStep(payment, order, asks && left === MAX_STEPS, clock());
      if (step === 'nothing') break;
      const { status, dispute } = payment;
      const outcome = await take(step, payment, order, cause);
      if (!outcome) return;
      await write(payment, outcome, order, cause);
      if (payment.status === status && payment.dispute === dispute) break;
      // Order events were not acted on while Stripe was authorizing the money.
      if (status === 'pending') order = (await store.readOrder(payment.orderId)) ?? order;
    }
    await payouts.step(payment, order, cause, asks);
    await conclude(payment, order, cause, look);
  };

  return {
    save,
    drop,
    walk,

    /** Asks Stripe to authorize a newly saved attempt, and continues from there. */
    async authorize(payment: store.PaymentDocument, order: attempts.Order, cause: Cause) {
      const outcome = await stripe.authorize(payment, await readEmail(order.userId));
      await write(payment, outcome, order, cause);
      await walk(payment, (await store.readOrder(payment.orderId)) ?? order, cause, false);
      return outcome;
    },

    /** Whether the intent waiting for the buyer's bank could be canceled, so that it cannot hold money. */
    async letGo(payment: store.PaymentDocument, order: attempts.Order, cause: Cause) {
      const outcome = await stripe.release(payment, payment.stripeId ?? '');
      await write(payment, outcome, order, cause);
      return outcome.status === 'released';
    },
  };
}

export type Steps = ReturnType<typeof createSteps>;
