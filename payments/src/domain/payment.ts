import {
  feeOf,
  Refusal,
  type ClaimStatus,
  type OrderStatus,
  type PaymentData,
  type PaymentStatus,
  type RefusalCode,
} from '@ticketing/common/contract';
import type { Line, Payout } from './ledger';

/** How a buyer pays: a card token as in Stripe's tests, or a payment method created by Stripe.js. */
export type Method = { token: string } | { paymentMethodId: string };

/** The stage of a dispute at the buyer's bank; `open`: it waits for our evidence. */
export type Dispute = 'open' | 'answered' | 'lost' | 'won';

/** What was sold by whom, and the marketplace's share: fixed at capture. */
export interface Sale {
  sellerId: string | null;
  ticketId: string | null;
  title: string | null;
  /** Null until it is fixed. */
  fee: number | null;
}

/** An order's single payment, with successive attempts. Amounts are in minor units. */
export interface Payment extends Sale {
  orderId: string;
  amount: number;
  status: PaymentStatus;
  /** Number of authorization attempts: part of the idempotency key. */
  attempt: number;
  method: Method;
  /** When the current attempt began. */
  startedAt: Date;
  /** Its PaymentIntent, once known. */
  stripeId: string | null;
  clientSecret: string | null;
  redirectUrl: string | null;
  /** Why the bank declined. */
  declined: Decline | null;
  /** Captured amount: less than `amount` if someone captured a part in Stripe's dashboard. */
  received: number;
  /** Refunded amount, without refunds rejected by a bank. */
  refunded: number;
  /** Whether part of it is still pending. */
  refundPending: boolean;
  /** Whether the charge must be refunded: until then the payment is not settled. */
  givingBack: boolean;
  /** Amount withdrawn by the bank in open or lost disputes. */
  disputed: number;
  dispute: Dispute | null;
  disputeId: string | null;
  /** Why it was refunded, unless we decided it. */
  cause: PaymentData['cause'];
  /** The seller's share, once it is due. */
  payout: Payout | null;
  /** Since when the support desk withholds it. */
  frozenAt?: Date | null;
  ledger: Line[];
  /** When its last event was written. */
  toldAt: Date | null;
  /** When to check it next if there is no news; null once settled. */
  checkAt: Date | null;
  /** Whether Stripe must be asked then, whatever happens before. */
  isHinted: boolean;
}

/** An order, as known to payments. */
export interface Order {
  userId: string;
  // Unknown for orders received before these fields existed.
  sellerId?: string | null;
  ticketId?: string | null;
  title?: string | null;
  venue?: string | null;
  city?: string | null;
  startsAt?: Date | null;
  completedAt?: Date | null;
  /** When its seller will be paid, as far as known, and since when they may be. */
  releaseAt?: Date | null;
  releasedAt?: Date | null;
  /** When the buyer first read what was handed over, and when the pass was used at the entrance. */
  readAt?: Date | null;
  usedAt?: Date | null;
  claim?: ClaimStatus | null;
  status: OrderStatus;
  expiresAt: Date;
  /** In minor units. */
  price: number;
}

/** Reasons for a decline, as refusal codes. */
export type Decline = Extract<RefusalCode, `card-${string}`>;

/** Maximum declined attempts per order. */
export const MAX_ATTEMPTS = 5;

export function own(order: Order | null, caller: string): Order {
  if (!order) throw new Refusal('order-not-found');
  if (order.userId !== caller) throw new Refusal('order-not-yours');
  return order;
}

/** The result of a request to pay: a new attempt, or the existing payment. */
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
  return waits || payment?.clientSecret ? 'replace' : 'attempt';
}

const sameMethod = (a: Method, b: Method) =>
  'token' in a
    ? 'token' in b && a.token === b.token
    : 'paymentMethodId' in b && a.paymentMethodId === b.paymentMethodId;

/** The money fields of an attempt that took none. */
export const untouched = {
  received: 0,
  refunded: 0,
  refundPending: false,
  disputed: 0,
  dispute: null,
  disputeId: null,
} as const;

/** What a captured payment keeps of its order. */
export const saleOf = (received: number, { sellerId, ticketId, title }: Order, feePercent: number): Sale => ({
  sellerId: sellerId ?? null,
  ticketId: ticketId ?? null,
  title: title ?? null,
  fee: feeOf(received, feePercent),
});

/** Whether a bank is deciding about the money: it can be neither refunded nor paid out. */
export const isAtBank = ({ dispute }: Pick<Payment, 'dispute'>): boolean =>
  dispute === 'open' || dispute === 'answered';

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
  ...untouched,
  givingBack: false,
  sellerId: null,
  ticketId: null,
  title: null,
  fee: null,
  cause: null,
  payout: null,
  ledger: last?.ledger ?? [],
  toldAt: null,
  checkAt: soon(now),
  isHinted: false,
});

/** The refusal for a payment that did not lead to a sale. */
export function refuseUnlessAlive({ status, declined }: Payment): void {
  if (status === 'declined') throw new Refusal(declined ?? 'card-declined');
  if (status === 'released' || status === 'refunded') throw new Refusal('order-ended');
}

export const soon = (now: Date): Date => new Date(now.getTime() + 3_000);
