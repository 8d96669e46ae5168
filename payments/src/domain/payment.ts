import { Refusal, type RefusalCode, type OrderStatus, type PaymentStatus } from '@ticketing/common/contract';

/** How a buyer pays: a card token as Stripe's tests use, or a payment method that Stripe.js made. */
export type Method = { token: string } | { paymentMethodId: string };

/** The payment of an order: one, of one attempt after another. */
export interface Payment {
  orderId: string;
  /** In minor units. */
  amount: number;
  status: PaymentStatus;
  /** Counts the authorisations asked for: part of the idempotency key. */
  attempt: number;
  method: Method;
  /** When the present attempt began. */
  startedAt: Date;
  /** Its PaymentIntent, once known. */
  stripeId: string | null;
  clientSecret: string | null;
  redirectUrl: string | null;
  /** Why the bank declined. */
  declined: Decline | null;
  /** When to look at it next if nothing is heard before; null once it is settled. */
  checkAt: Date | null;
}

/** An order, as far as payments knows it. */
export interface Order {
  userId: string;
  status: OrderStatus;
  expiresAt: Date;
  /** In minor units. */
  price: number;
}

/** Why a bank declines, as the code of a refusal. */
export type Decline = Extract<RefusalCode, `card-${string}`>;

/** What Stripe says of a PaymentIntent. */
export interface Outcome {
  status: Exclude<PaymentStatus, 'pending'>;
  stripeId: string | null;
  clientSecret: string | null;
  redirectUrl: string | null;
  declined: Decline | null;
}

/** How long a request waits for the answer that another one has asked Stripe for, in milliseconds. */
export const CALL_LIMIT = 35_000;
/** An attempt of which Stripe knows nothing after this many milliseconds is given up: no call lasts that long. */
const GIVE_UP_AFTER = 5 * 60_000;

export function own(order: Order | null, caller: string): Order {
  if (!order) throw new Refusal('order-not-found');
  if (order.userId !== caller) throw new Refusal('order-not-yours');
  return order;
}

/** What a request to pay leads to: a new attempt, or the payment that there is already. */
export function begin(
  payment: Payment | null,
  order: Order,
  method: Method,
  now: Date,
): 'attempt' | 'replace' | 'same' {
  if (payment?.status === 'captured') return 'same';
  if (order.status === 'cancelled') throw new Refusal('order-cancelled');
  if (payment?.status === 'authorized' || payment?.status === 'pending') return 'same';
  if (order.status !== 'created') throw new Refusal('order-paid');
  if (order.expiresAt <= now) throw new Refusal('order-expired');
  if (payment?.status === 'requires_action') return sameMethod(payment.method, method) ? 'same' : 'replace';
  return 'attempt';
}

const sameMethod = (a: Method, b: Method) =>
  'token' in a
    ? 'token' in b && a.token === b.token
    : 'paymentMethodId' in b && a.paymentMethodId === b.paymentMethodId;

/** A new attempt of an order's payment. */
export const attempt = (last: Payment | null, orderId: string, order: Order, method: Method, now: Date): Payment => ({
  orderId,
  amount: order.price,
  status: 'pending',
  attempt: (last?.attempt ?? 0) + 1,
  method,
  startedAt: now,
  stripeId: null,
  clientSecret: null,
  redirectUrl: null,
  declined: null,
  checkAt: soon(now),
});

export type Step = 'recover' | 'inspect' | 'capture' | 'release' | 'refund' | 'nothing';

/**
 * The next step towards a payment that is settled: captured for the order that won, or holding no money.
 * @param hinted whether there is reason to think that Stripe has news
 */
export function nextStep(payment: Payment, order: Order, now: Date, hinted: boolean): Step {
  const ended = order.status === 'cancelled';
  switch (payment.status) {
    case 'pending':
      return hinted || (payment.checkAt !== null && payment.checkAt <= now) ? 'recover' : 'nothing';
    case 'requires_action':
      if (ended) return 'release';
      return hinted ? 'inspect' : 'nothing';
    case 'authorized':
      if (ended) return 'release';
      return order.status === 'awaiting:payment' ? 'capture' : 'nothing';
    case 'captured':
      return ended ? 'refund' : 'nothing';
    case 'declined':
      // Stripe.js may try the declined intent again, with another card.
      return hinted && payment.stripeId ? 'inspect' : 'nothing';
    case 'released':
    case 'refunded':
      return 'nothing';
  }
}

/** Whether a lost attempt may be asked for again: no authorisation starts after the order's time. */
export const mayAuthorize = (order: Order, now: Date): boolean => order.status === 'created' && now < order.expiresAt;

/** Whether an attempt that Stripe does not know can no longer reach it. */
export const neverArrived = (payment: Payment, now: Date): boolean =>
  now.getTime() - payment.startedAt.getTime() > GIVE_UP_AFTER;

/** Whether an intent is of an attempt that was replaced or given up: nothing may be held by it. */
export const isStray = (payment: Payment, intent: { attempt: number; stripeId: string }): boolean =>
  intent.attempt !== payment.attempt || (payment.status !== 'pending' && payment.stripeId !== intent.stripeId);

/** Whether money is held, or would be if the buyer went on. */
export const mayHold = ({ status }: Outcome): boolean => status === 'authorized' || status === 'requires_action';

/** What an outcome changes in a payment, and the event that it causes, if any. */
export function record(payment: Payment, outcome: Outcome, now: Date) {
  const settled = outcome.status !== 'authorized' && outcome.status !== 'requires_action';
  const event =
    outcome.status === payment.status
      ? undefined
      : outcome.status === 'authorized'
        ? ('payment:authorized' as const)
        : outcome.status === 'captured'
          ? ('payment:created' as const)
          : outcome.status === 'released' && payment.status === 'authorized'
            ? ('payment:failed' as const)
            : undefined;
  return { set: { ...outcome, checkAt: settled ? null : soon(now) }, event };
}

export const soon = (now: Date): Date => new Date(now.getTime() + 3_000);
