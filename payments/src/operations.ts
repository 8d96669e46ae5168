import {
  isConflict,
  isDuplicateKey,
  patiently,
  Refusal,
  retryConflicts,
  type Cause,
  type Outbox,
  type PaymentBody,
} from '@ticketing/common';
import { setTimeout as delay } from 'node:timers/promises';
import * as domain from './domain/payment';
import type { Settlement } from './settlement';
import * as store from './store';
import { Unavailable, type StripeClient } from './stripe';

const POLL = 50;

/** What payments can do. */
export function createOperations(outbox: Outbox, stripe: StripeClient, settlement: Settlement) {
  const findOrder = async (id: string, caller: string) =>
    domain.own(await patiently(id, caller, () => store.readOrder(id)), caller);

  /** Saves a new attempt before Stripe is asked. Returns false where another request was first. */
  const begin = (orderId: string, order: domain.Order, method: domain.Method, cause: Cause) =>
    retryConflicts(async () => {
      const payment = await store.loadPayment(orderId);
      const start = domain.begin(payment, order, method, new Date());
      if (start === 'same') return false;
      if (payment && start === 'replace' && !(await release(payment, cause))) return false;
      const next = domain.attempt(payment, orderId, order, method, new Date());
      if (payment) await outbox.commit(payment.set(next), [], cause);
      else return insert(next, cause);
      return true;
    });

  /** Whether the intent of the last attempt can hold nothing any more. */
  const release = async (payment: store.PaymentDocument, cause: Cause) => {
    const outcome = await stripe.release(payment, payment.stripeId ?? '');
    await settlement.record(payment, outcome, cause);
    return !domain.mayHold(outcome);
  };

  const insert = async (payment: domain.Payment, cause: Cause) => {
    try {
      await outbox.insert(store.Payments, { _id: store.newId(), ...payment }, [], cause);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };

  /** Asks Stripe, and writes what it says. */
  const authorize = async (orderId: string, order: domain.Order, cause: Cause) => {
    const payment = await store.loadPayment(orderId);
    if (payment?.status !== 'pending') return;
    try {
      const outcome = await stripe.authorize(payment, await store.readEmail(order.userId));
      await settlement.record(payment, outcome, cause);
    } catch (error) {
      if (!(error instanceof Unavailable) && !isConflict(error)) throw error;
    }
    await settlement.settle(orderId, cause);
  };

  /** The payment once Stripe has answered, or as it is when a call to Stripe would have ended. */
  const awaitAnswer = async (orderId: string) => {
    const deadline = Date.now() + domain.CALL_LIMIT;
    for (;;) {
      const payment = await store.readPayment(orderId);
      if (!payment) throw new Refusal('payment-not-found');
      if (payment.status !== 'pending' || Date.now() > deadline) return payment;
      await delay(POLL);
    }
  };

  return {
    /** Pays an order. A repeat, or a second request at the same time, gets the payment that there is. */
    async pay(orderId: string, method: domain.Method, caller: string, cause: Cause): Promise<PaymentBody> {
      const order = await findOrder(orderId, caller);
      const first = await begin(orderId, order, method, cause);
      if (first) await authorize(orderId, order, cause);
      const payment = first ? await store.readPayment(orderId) : await awaitAnswer(orderId);
      if (!payment) throw new Refusal('payment-not-found');
      if (payment.status === 'declined') throw new Refusal(payment.declined ?? 'card-declined');
      if (payment.status === 'released') throw new Refusal('order-ended');
      return store.toBody(payment._id.toString(), payment);
    },

    async show(orderId: string, caller: string): Promise<PaymentBody> {
      await findOrder(orderId, caller);
      const payment = await store.readPayment(orderId);
      if (!payment) throw new Refusal('payment-not-found');
      return store.toBody(payment._id.toString(), payment);
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
