import { aggregate, countsIn, type Aggregate } from '@ticketing/common';
import { model, Schema, Types, type HydratedDocument } from 'mongoose';
import type { Finding } from './domain/audit';
import type { Balances } from './domain/ledger';
import type { Order, Payment } from './domain/payment';
import type { Seller } from './domain/payout';
import type { PayoutTo } from './domain/seller';

export { trusted } from 'mongoose';

export type StoredPayment = Payment & Aggregate;
export type PaymentDocument = HydratedDocument<StoredPayment>;

const paymentSchema = new Schema<StoredPayment>({
  orderId: { type: String, required: true },
  amount: { type: Number, required: true },
  status: { type: String, required: true },
  attempt: { type: Number, required: true },
  method: { type: Schema.Types.Mixed, required: true },
  startedAt: { type: Date, required: true },
  stripeId: String,
  clientSecret: String,
  redirectUrl: String,
  declined: String,
  // Payments older than these fields were captured in full.
  received: {
    type: Number,
    default(this: Payment) {
      return this.status === 'captured' || this.status === 'refunded' ? this.amount : 0;
    },
  },
  refunded: { type: Number, default: 0 },
  refundPending: { type: Boolean, default: false },
  givingBack: { type: Boolean, default: false },
  disputed: { type: Number, default: 0 },
  dispute: { type: String, default: null },
  disputeId: { type: String, default: null },
  cause: { type: String, default: null },
  sellerId: { type: String, default: null },
  ticketId: { type: String, default: null },
  title: { type: String, default: null },
  fee: { type: Number, default: null },
  payout: { type: Schema.Types.Mixed, default: null },
  frozenAt: Date,
  ledger: { type: Schema.Types.Mixed, default: () => [] },
  toldAt: Date,
  checkAt: Date,
  isHinted: { type: Boolean, default: false },
});
paymentSchema.plugin(aggregate);
/** One payment per order: of two concurrent requests to pay, one calls Stripe. */
paymentSchema.index({ orderId: 1 }, { unique: true });
/** Refunds and disputes reference only the intent; the support desk looks for all three. */
for (const id of ['stripeId', 'payout.transferId', 'disputeId'])
  paymentSchema.index({ [id]: 1 }, { partialFilterExpression: { [id]: { $type: 'string' } } });
/** Known once it is captured. */
paymentSchema.index({ sellerId: 1, _id: -1 }, { partialFilterExpression: { sellerId: { $type: 'string' } } });
for (const time of ['checkAt', 'frozenAt'])
  paymentSchema.index({ [time]: 1 }, { partialFilterExpression: { [time]: { $type: 'date' } } });
/** Other payments that wait for the support desk. */
for (const state of [{ 'payout.status': 'failed' }, { 'payout.isWithheld': true }])
  paymentSchema.index({ [Object.keys(state).join()]: 1, 'payout.at': 1 }, { partialFilterExpression: state });
paymentSchema.index({ startedAt: 1 }, { partialFilterExpression: { status: 'captured', refunded: { $gt: 0 } } });

export const Payments = model('Payment', paymentSchema);

/** Copies of orders, from orders' events. */
export type StoredOrder = Order & { _id: Types.ObjectId; version: number };

const orderSchema = new Schema<StoredOrder>(
  {
    userId: String,
    sellerId: String,
    ticketId: String,
    title: String,
    venue: String,
    city: String,
    startsAt: Date,
    completedAt: Date,
    releaseAt: Date,
    releasedAt: Date,
    readAt: Date,
    usedAt: Date,
    claim: String,
    status: String,
    expiresAt: Date,
    price: Number,
    version: Number,
  },
  { versionKey: false },
);
/** A buyer's orders: written once per order, as no event changes it. */
orderSchema.index({ userId: 1 });
export const Orders = model('Order', orderSchema);

/** Copies of accounts, for receipts and for payouts; `frozenAt`: since when the support desk has one frozen. */
export interface StoredUser extends Partial<Record<'confirmedAt' | 'frozenAt', Date | null>> {
  _id: Types.ObjectId;
  /** Null once the account is deleted. */
  email: string | null;
  version: number;
}
export const Users = model(
  'User',
  new Schema<StoredUser>({ email: String, confirmedAt: Date, frozenAt: Date, version: Number }, { versionKey: false }),
);

/** Sellers, by their user ids, and their accounts at Stripe. */
export interface StoredSeller extends Seller, Aggregate {
  isRefused: boolean;
  wants: string[];
  currency: string | null;
  country: string | null;
  /** How many answers of Stripe about an account have been written. */
  answers?: number;
  /** The address their account is being created with, and the account it replaces: a retry must send the same. */
  contactEmail?: string;
  contactFor?: string | null;
  /** What they owe, and which payouts settle it, by order: see `debts.ts`. */
  debts?: { orderId: string; amount: number }[];
  settlements?: { orderId: string; amount: number }[];
  payoutTo?: PayoutTo | null;
  /** When to ask Stripe again where their payouts go; unset: as soon as they are ready. */
  checkAt?: Date;
}
const sellerSchema = new Schema<StoredSeller>({
  accountId: { type: String, default: null },
  isReady: { type: Boolean, default: false },
  isRefused: { type: Boolean, default: false },
  wants: { type: [String], default: [] },
  currency: { type: String, default: null },
  country: { type: String, default: null },
  answers: Number,
  contactEmail: String,
  contactFor: String,
  debts: Schema.Types.Mixed,
  settlements: Schema.Types.Mixed,
  payoutTo: { type: Schema.Types.Mixed, default: null },
  checkAt: Date,
});
sellerSchema.plugin(aggregate);
sellerSchema.index({ checkAt: 1 }, { partialFilterExpression: { isReady: true } });
sellerSchema.index({ accountId: 1 }, { partialFilterExpression: { accountId: { $type: 'string' } } });
export const Sellers = model('Seller', sellerSchema);

export const readSeller = async (userId: string) =>
  Types.ObjectId.isValid(userId) ? Sellers.findById(userId).readConcern('majority').lean<StoredSeller>() : null;

/** The progress of the audit of all payments: see `auditStore.ts`. */
export interface StoredAudit {
  _id: string;
  /** The last payment that was checked; null between two laps. */
  cursor: Types.ObjectId | null;
  /** Until when a process holds the next page. */
  until: Date;
  /** The account balances: of this lap's payments so far, and of all payments in the last lap. */
  sums: Balances | null;
  totals: Balances | null;
  /** Payments that do not add up: each once, since when, and what was wrong at the last check. */
  findings: Finding[];
}
export const Audits = model(
  'Audit',
  new Schema<StoredAudit>(
    {
      _id: String,
      cursor: { type: Schema.Types.ObjectId, default: null },
      until: Date,
      sums: { type: Schema.Types.Mixed, default: null },
      totals: { type: Schema.Types.Mixed, default: null },
      findings: { type: Schema.Types.Mixed, default: () => [] },
    },
    { versionKey: false },
  ),
);

/** Number of declined cards, per account and network. */
export const { Counts: Declines, limiter, readWindows } = countsIn('declines');

export const newId = () => new Types.ObjectId();
export const asId = (text: string) => new Types.ObjectId(text);

// Decisions about money depend on these reads: only durable data counts, not what a disconnected primary may still
// return.
export const readOrder = (id: string) => Orders.findById(id).readConcern('majority').lean<StoredOrder>();
export const loadPayment = (orderId: string) => Payments.findOne({ orderId }).readConcern('majority');

export const readPayment = (orderId: string) => Payments.findOne({ orderId }, { outbox: 0 }).lean<StoredPayment>();

/** A newly inserted payment, as if loaded. */
export const inserted = (payment: Payment & { _id: Types.ObjectId }): PaymentDocument =>
  Payments.hydrate({ ...payment, version: 0, outbox: [] });
