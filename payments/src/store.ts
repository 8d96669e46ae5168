import {
  aggregate,
  countsIn,
  type Aggregate,
  type NewEvent,
  type PaymentBody,
  type PaymentData,
  type PaymentStatus,
} from '@ticketing/common';
import { model, Schema, trusted, Types, type HydratedDocument } from 'mongoose';
import type { Order, Payment } from './domain/payment';
import type { PaymentSubject } from './domain/settling';

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
  // Payments of before these were kept were captured whole.
  received: {
    type: Number,
    default(this: Payment) {
      return this.status === 'captured' || this.status === 'refunded' ? this.amount : 0;
    },
  },
  refunded: { type: Number, default: 0 },
  refundPending: { type: Boolean, default: false },
  givingBack: { type: Boolean, default: false },
  toldAt: Date,
  checkAt: Date,
});
paymentSchema.plugin(aggregate);
/** One payment an order: of two requests to pay at once, one calls Stripe. */
paymentSchema.index({ orderId: 1 }, { unique: true });
/** Refunds and disputes name the intent alone. */
paymentSchema.index({ stripeId: 1 }, { partialFilterExpression: { stripeId: { $type: 'string' } } });
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

/** How many cards were declined, of each account and network. */
export const { Counts: Declines, limiter } = countsIn('declines');

export const newId = () => new Types.ObjectId();

// Money moves upon what these read: only what lasts counts, not what a primary that was cut off may still say.
export const readOrder = (id: string) => Orders.findById(id).readConcern('majority').lean<StoredOrder>();
export const loadPayment = (orderId: string) => Payments.findOne({ orderId }).readConcern('majority');

export const readEmail = async (userId: string) => (await Users.findById(userId, { email: 1 }).lean())?.email;

export const readPayment = (orderId: string) => Payments.findOne({ orderId }, { outbox: 0 }).lean<StoredPayment>();

/** The payment that a webhook speaks of, upon which intents may be let go. */
export const readHinted = (of: { orderId: string } | { stripeId: string }) =>
  Payments.findOne(of, { outbox: 0 }).readConcern('majority').lean<StoredPayment>();

/** A payment that was just inserted, as if it had been loaded. */
export const inserted = (payment: Payment & { _id: Types.ObjectId }): PaymentDocument =>
  Payments.hydrate({ ...payment, version: 0, outbox: [] });

/** Has a payment looked at as soon as may be, whatever becomes of who asks for it. */
export const note = (_id: Types.ObjectId, now: Date) => Payments.updateOne({ _id }, { $set: { checkAt: now } });

/**
 * Has payments of orders that are complete looked at no more, but for what was noted. That an order is complete may be
 * heard after what came of it later: a charge that is being given back is let alone.
 */
export const letRest = (orderIds: string[], now: Date) =>
  Payments.updateMany(
    {
      orderId: trusted({ $in: orderIds }),
      status: 'captured',
      givingBack: trusted({ $ne: true }),
      checkAt: trusted({ $gt: now }),
    },
    { $set: { checkAt: null } },
  );

const [SHORTEST, LONGEST] = [5_000, 600_000];

/** Takes the payment that should be looked at first, and puts its next look off, the longer the older it is. */
export const takeDue = (now: Date) =>
  Payments.findOneAndUpdate(
    { checkAt: trusted({ $lte: now }) },
    [
      {
        $set: {
          checkAt: {
            $add: [
              now,
              { $min: [LONGEST, { $max: [SHORTEST, { $divide: [{ $subtract: [now, '$startedAt'] }, 20] }] }] },
            ],
          },
        },
      },
    ],
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

const subjects: Partial<Record<PaymentStatus, PaymentSubject>> = {
  authorized: 'payment:authorized',
  captured: 'payment:created',
  released: 'payment:failed',
  refunded: 'payment:refunded',
};

/** The event that tells how far a payment has come, if others need to know. */
export const snapshot = (payment: StoredPayment): NewEvent | undefined => {
  const isShort = payment.status === 'captured' && (payment.received ?? payment.amount) < payment.amount;
  const subject = isShort ? undefined : subjects[payment.status];
  return subject && { subject, data: toData(payment._id.toString(), payment) };
};
