import {
  countParked,
  Refusal,
  retryConflicts,
  toMajor,
  type Cause,
  type Outbox,
  type PaymentQueueBody,
  type SupportPaymentBody,
} from '@ticketing/common';
import { bookkeeper } from './books';
import type { Order, Payment } from './domain/payment';
import { canWithhold, viewOf } from './domain/payout';
import { asRefusal } from './sellers';
import * as store from './store';
import type { StripeClient } from './stripe';
import { findPayments, isOfIntent, readFindings, waitingForSomeone, withAround, type Around } from './supportStore';

/** The support desk's actions on payments. */
export function createSupport(outbox: Outbox, stripe: Pick<StripeClient, 'intentOf'>, now: () => Date) {
  const save = bookkeeper(outbox, now);

  const show = async (orderId: string): Promise<SupportPaymentBody> => {
    const payment = await store.readPayment(orderId);
    const [body] = payment ? await bodiesOf([payment]) : [];
    if (!body) throw new Refusal('payment-not-found');
    return body;
  };

  /** Changes someone else's payment; of this and its next transfer, whichever is second sees the first. */
  const change = async (
    orderId: string,
    cause: Cause,
    planFor: (payment: Payment, order: Order | null) => Partial<Payment> | undefined,
  ): Promise<SupportPaymentBody> => {
    await retryConflicts(async () => {
      const [payment, order] = await Promise.all([store.loadPayment(orderId), store.readOrder(orderId)]);
      if (!payment) throw new Refusal('payment-not-found');
      const people = [payment.sellerId, order?.sellerId, order?.userId];
      if (cause.by !== undefined && people.includes(cause.by)) throw new Refusal('own-account');
      const set = planFor(payment, order);
      if (set) await save(payment, set, [], cause);
    });
    return show(orderId);
  };

  return {
    show,

    /** Refuses with 503 while Stripe, which has to look up the id of a charge or a refund, does not respond. */
    async find(q: string): Promise<SupportPaymentBody[]> {
      const id = isOfIntent(q) ? await stripe.intentOf(q).catch(asRefusal) : q;
      return id === undefined ? [] : bodiesOf(await findPayments(id));
    },

    /** Withholds the seller's share of an order; refuses once Stripe has been asked to send it. */
    freeze: (orderId: string, cause: Cause) =>
      change(orderId, cause, (payment, order) => {
        if (!canWithhold(payment, order)) throw new Refusal('payout-not-waiting');
        return payment.frozenAt ? undefined : { frozenAt: now() };
      }),

    /** Stops withholding it: what is due is sent soon. */
    unfreeze: (orderId: string, cause: Cause) =>
      change(orderId, cause, ({ frozenAt }) => (frozenAt ? { frozenAt: null, checkAt: now() } : undefined)),

    async queue(): Promise<PaymentQueueBody> {
      const [payments, findings, deadLetters] = await Promise.all([waitingForSomeone(), readFindings(), countParked()]);
      const bodies = await bodiesOf(payments);
      return {
        payouts: bodies.filter(({ payout: { wait } }) => wait === 'refused' || wait === 'withheld'),
        findings: findings.map(({ orderId, problem, at }) => ({ orderId, problem, at: at.toISOString() })),
        deadLetters,
      };
    },
  };
}

export type Support = ReturnType<typeof createSupport>;

const bodiesOf = async (payments: store.StoredPayment[]) => (await withAround(payments)).map(toSupport);

const timeOf = (time: Date | null | undefined) => time?.toISOString() ?? null;

function toSupport({ payment, ...around }: Around & { payment: store.StoredPayment }): SupportPaymentBody {
  const { received = 0, refunded = 0, disputed = 0, fee = null, ledger = [] } = payment;
  const { orderId, sellerId = null, status, attempt, stripeId = null, declined = null, dispute = null } = payment;
  return {
    ...{ id: payment._id.toString(), orderId, sellerId, status, attempt, stripeId, declined, dispute },
    amount: toMajor(payment.amount),
    received: toMajor(received),
    refunded: toMajor(refunded),
    disputed: toMajor(disputed),
    fee: fee === null ? null : toMajor(fee),
    payout: toPayout(payment, around),
    ledger: ledger.map(({ at, entries }) => ({
      at: timeOf(at),
      lines: Object.entries(entries).map(([account, amount]) => ({ account, amount: toMajor(amount) })),
    })),
  };
}

function toPayout(
  payment: store.StoredPayment,
  { order, seller, sellerFrozenAt }: Around,
): SupportPaymentBody['payout'] {
  const { payout, frozenAt } = payment;
  const isFrozen = sellerFrozenAt !== null;
  // A payment may be known before its order is.
  const known = order ?? { userId: '', status: 'created', expiresAt: payment.startedAt, price: payment.amount };
  const view = viewOf(payment, known, seller ? { ...seller, isFrozen } : { accountId: null, isReady: false, isFrozen });
  return {
    ...{ status: view.status, wait: view.wait, refusal: view.refusal, transferId: payout?.transferId ?? null },
    amount: toMajor(view.amount),
    paidAt: view.status === 'paid' ? timeOf(payout?.at) : null,
    frozenAt: timeOf(frozenAt),
    sellerFrozenAt: timeOf(sellerFrozenAt),
  };
}
