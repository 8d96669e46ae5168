import {
  isConflict,
  isDuplicateKey,
  patiently,
  Refusal,
  retryConflicts,
  type Cause,
  type Holder,
  type Logger,
  type Outbox,
  type PaymentBody,
} from '@ticketing/common';
import { setTimeout as delay } from 'node:timers/promises';
import { alarm } from './alarms';
import { Unavailable } from './answers';
import { toBody } from './bodies';
import * as checks from './checks';
import type { DeclineLimits, Payer } from './declines';
import { isHarmful, isNews, isStray, type Hint } from './domain/hints';
import * as domain from './domain/payment';
import { isPaidFor } from './domain/settling';
import { createPeopleLeaving } from './leaving';
import { readHinted } from './lookups';
import { asRefusal, createSellers } from './sellers';
import { createSteps } from './steps';
import * as store from './store';
import type { StripeClient } from './stripe';
import { Waits } from './waits';

/** How long a request waits for Stripe; after that the payment is reported as pending and settled in the background. */
const PATIENCE = 20_000;
const RECONCILED_AT_ONCE = 10;
const [FIRST_POLL, LAST_POLL] = [50, 1_000];

/** The operations of payments. */
export function createOperations(
  outbox: Outbox,
  stripe: StripeClient,
  declines: DeclineLimits,
  log: Logger,
  feePercent: number,
  now = () => new Date(),
) {
  const sellers = createSellers(outbox, stripe.connect, feePercent, now);
  const steps = createSteps(outbox, stripe, declines, sellers, feePercent, log, now);
  const waits = new Waits<domain.Payment | null>({ perCaller: 10, total: 500, patience: PATIENCE });

  const findOrder = async (id: string, caller: Holder) =>
    domain.own(await patiently(id, caller, () => store.readOrder(id), now), caller.id);

  /** Saves a new attempt before calling Stripe. Returns the existing payment if another request was first. */
  const begin = (orderId: string, order: domain.Order, method: domain.Method, payer: Payer, cause: Cause) =>
    retryConflicts(async () => {
      const payment = await store.loadPayment(orderId);
      const start = domain.begin(payment, order, method, now());
      if (payment && start === 'same') return { payment, isNew: false };
      await declines.check(payer);
      if (payment && start === 'replace' && !(await steps.letGo(payment, order, cause)))
        return { payment, isNew: false };
      const next = domain.attempt(payment, orderId, order, method, now());
      if (payment) await steps.save(payment, next, [], cause);
      return { payment: payment ?? (await insert(next, cause)), isNew: true };
    });

  const insert = async (attempt: domain.Payment, cause: Cause) => {
    const payment = { _id: store.newId(), ...attempt };
    await outbox.insert(store.Payments, payment, [], cause);
    return store.inserted(payment);
  };

  /** The payment, once another process has Stripe's response. */
  const awaitAnswer = async (orderId: string) => {
    const deadline = performance.now() + PATIENCE;
    for (let pause = FIRST_POLL; ; pause = Math.min(pause * 2, LAST_POLL)) {
      const payment = await store.readPayment(orderId);
      if (payment?.status !== 'pending' || performance.now() > deadline) return payment;
      await delay(pause);
    }
  };

  /** Pays an order, or waits for the process that is paying it. */
  const attempt = async (orderId: string, order: domain.Order, method: domain.Method, payer: Payer, cause: Cause) => {
    try {
      const { payment, isNew } = await begin(orderId, order, method, payer, cause);
      if (!isNew) return payment.status === 'pending' ? await awaitAnswer(orderId) : payment;
      const outcome = await steps.authorize(payment, order, cause).catch(unlessLater);
      if (outcome?.status === 'declined') await declines.countNetwork(payer.network);
      return outcome ? payment : await store.readPayment(orderId);
    } catch (error) {
      if (isDuplicateKey(error)) return awaitAnswer(orderId);
      throw error;
    }
  };

  /** Stripe has not responded, or the reconciler was first: the result is in the database, now or soon. */
  const unlessLater = (error: unknown) => {
    if (!(error instanceof Unavailable) && !isConflict(error)) throw error;
    log.warn({ err: error }, 'still waiting for Stripe');
  };

  /**
   * Settles a payment: captured for an order that won, otherwise holding no money. Any trigger (an event, a webhook,
   * the clock) may call it, at any time and any number of times.
   */
  const settle = async (orderId: string, cause: Cause, look = false) => {
    try {
      await retryConflicts(async () => {
        const [payment, order] = await Promise.all([store.loadPayment(orderId), store.readOrder(orderId)]);
        if (payment && order) await steps.walk(payment, order, cause, look);
        // This database is older than the payment: it was restored from a backup.
        else if (order && isPaidFor(order)) alarm(log, 'payment-lost', { orderId });
      });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      // This news is not delivered again.
      if (!look) await checks.note(orderId, domain.soon(now()));
      log.warn({ err: error, orderId }, 'Stripe is unreachable, the payment will be settled later');
    }
  };

  /** Settles payments marked for a check in the database: failures are left to the reconciler. */
  const settleLater = (orderId: string, cause: Cause) =>
    settle(orderId, cause, true).catch((err: unknown) =>
      log.warn({ err, orderId }, 'the payment will be settled later'),
    );

  /**
   * Handles a Stripe webhook. Returns once it is recorded, or known not to concern us, with the work it causes:
   * whatever happens to that, the reconciler continues from the record.
   */
  const hear = async (hint: Hint, cause: Cause): Promise<{ work?: Promise<void> }> => {
    if (hint.about === 'account') {
      await sellers.refresh(hint.accountId, cause);
      return {};
    }
    const payment = await readHinted(hint.about === 'charge' ? { stripeId: hint.stripeId } : { orderId: hint.orderId });
    if (!payment) {
      // Otherwise an earlier attempt's charge would remain, unknown to the payment.
      const owner = hint.about === 'charge' && hint.isRejected ? await stripe.owner(hint.stripeId) : undefined;
      return owner ? hear(owner, cause) : {};
    }
    const { orderId } = payment;
    if (hint.about === 'intent' && isStray(payment, hint)) {
      if (isHarmful(hint)) await steps.drop(payment, hint.stripeId);
      return {};
    }
    if (!isNews(payment, hint)) return {};
    await checks.note(orderId, now());
    return { work: settleLater(orderId, cause) };
  };

  return {
    settle,
    hear,

    /** Pays an order. A repeated or concurrent request gets the existing payment. */
    pay: (orderId: string, method: domain.Method, payer: Payer, cause: Cause): Promise<PaymentBody> =>
      waits.admit(payer.id, async () => {
        const order = await findOrder(orderId, payer);
        const answer = await waits
          .share(orderId, () => declines.during(payer, () => attempt(orderId, order, method, payer, cause)))
          .catch(asRefusal);
        return bodyOf(answer ?? (await store.readPayment(orderId)));
      }),

    async show(orderId: string, caller: Holder): Promise<PaymentBody> {
      const [, payment] = await Promise.all([findOrder(orderId, caller), store.readPayment(orderId)]);
      if (!payment) throw new Refusal('payment-not-found');
      return toBody(payment._id.toString(), payment);
    },

    ...sellers,

    ...createPeopleLeaving(outbox, now),

    /** Settles payments without news: a call cut off by a crash, a lost webhook or event. */
    async reconcile() {
      const running = new Set<Promise<void>>();
      for (let left = 100; left > 0; left--) {
        const due = await checks.takeDue(now());
        if (!due) break;
        const { orderId } = due;
        const work = settleLater(orderId, { trace: `reconcile-${orderId}` }).finally(() => running.delete(work));
        running.add(work);
        if (running.size >= RECONCILED_AT_ONCE) await Promise.race(running);
      }
      await Promise.all(running);
    },
  };
}

function bodyOf(payment: domain.Payment | null): PaymentBody {
  if (!payment) throw new Refusal('payment-not-found');
  domain.refuseUnlessAlive(payment);
  return toBody(String((payment as store.StoredPayment)._id), payment);
}

export type Operations = ReturnType<typeof createOperations>;
