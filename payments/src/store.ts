import {
  aggregate,
  type Aggregate,
  type NewEvent,
  type PaymentBody,
  type PaymentData,
  type PaymentStatus,
} from '@ticketing/common';
import { model, Schema, trusted, Types, type HydratedDocument } from 'mongoose';
import type { Order, Payment } from './domain/payment';

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
  checkAt: Date,
});
paymentSchema.plugin(aggregate);
/** One payment an order: of two requests to pay at once, one calls Stripe. */
paymentSchema.index({ orderId: 1 }, { unique: true });
paymentSchema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $type: 'date' } } });

export const Payments = model('Payment', paymentSchema);

/** Copies of orders, kept from the events of orders. */
export type StoredOrder = Order & { _id: Types.ObjectId; version: number };
export const Orders = model(
  'Order',
  new Schema<StoredOrder>(
    { userId: String, status: String, expiresAt: Date, price: Number, version: Number },
    { versionKey: false },
  ),
);

/** Copies of accounts, for receipts. */
export const Users = model(
  'User',
  new Schema<{ _id: Types.ObjectId; email: string; version: number }>(
    { email: String, version: Number },
    { versionKey: false },
  ),
);

export const newId = () => new Types.ObjectId();

export const readOrder = (id: string) => Orders.findById(id).lean<StoredOrder>();

export const readEmail = async (userId: string) => (await Users.findById(userId, { email: 1 }).lean())?.email;

export const loadPayment = (orderId: string) => Payments.findOne({ orderId });

export const readPayment = (orderId: string) => Payments.findOne({ orderId }, { outbox: 0 }).lean<StoredPayment>();

/** Takes the payment that should be looked at first, and puts its next look off until `next`. */
export const takeDue = (now: Date, next: Date) =>
  Payments.findOneAndUpdate(
    { checkAt: trusted({ $lte: now }) },
    { $set: { checkAt: next } },
    { sort: { checkAt: 1 } },
  ).lean<StoredPayment>();

export const toData = (id: string, { orderId, amount, stripeId }: Payment): PaymentData => ({
  id,
  orderId,
  amount,
  stripeId: stripeId ?? '',
});

export const toBody = (id: string, { orderId, status, clientSecret, redirectUrl }: Payment): PaymentBody => ({
  id,
  orderId,
  status,
  ...(clientSecret && { clientSecret }),
  ...(redirectUrl && { redirectUrl }),
});

const subjects: Partial<Record<PaymentStatus, 'payment:authorized' | 'payment:created' | 'payment:failed'>> = {
  captured: 'payment:created',
  authorized: 'payment:authorized',
};

/** The event that tells how far a payment has come, if others need to know. */
export const snapshot = (payment: StoredPayment): NewEvent | undefined => {
  const subject = subjects[payment.status];
  return subject && { subject, data: toData(payment._id.toString(), payment) };
};
