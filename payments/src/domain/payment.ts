import { Refusal, type OrderStatus, type PaymentStatus, type RefusalCode } from '@ticketing/common/contract';

/** How a buyer pays: a card token as Stripe's tests use, or a payment method that Stripe.js made. */
export type Method = { token: string } | { paymentMethodId: string };

/** The payment of an order: one, of one attempt after another. Amounts are in minor units. */
export interface Payment {
  orderId: string;
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
  /** How much was captured: less than `amount` if someone captured a part in Stripe's dashboard. */
  received: number;
  /** How much was given back, as far as no bank has sent it back. */
  refunded: number;
  /** Whether a part of that is still on its way. */
  refundPending: boolean;
  /** Whether the charge is not to be kept: until it is given back, nothing lets the payment rest. */
  givingBack: boolean;
  /** When the last event of it was written. */
  toldAt: Date | null;
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

/** So many cards, or tries of one, may be declined for an order. */
export const MAX_ATTEMPTS = 5;

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
  const waits = payment?.status === 'requires_action';
  if (waits && sameMethod(payment.method, method)) return 'same';
  if (payment && payment.attempt >= MAX_ATTEMPTS) throw new Refusal('too-many-attempts');
  return waits ? 'replace' : 'attempt';
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
  received: 0,
  refunded: 0,
  refundPending: false,
  givingBack: false,
  toldAt: null,
  checkAt: soon(now),
});

/** What a payment that came to no sale says to who asked for it. */
export function refuseUnlessAlive({ status, declined }: Payment): void {
  if (status === 'declined') throw new Refusal(declined ?? 'card-declined');
  if (status === 'released' || status === 'refunded') throw new Refusal('order-ended');
}

export const soon = (now: Date): Date => new Date(now.getTime() + 3_000);
