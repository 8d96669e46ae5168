import { model, Schema, type Types } from 'mongoose';
import type { Order } from './domain/payment';

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
/** What someone bought: written once an order, for no event changes it. */
orderSchema.index({ userId: 1 });
export const Orders = model('Order', orderSchema);

/** Decisions about money depend on it: by what a majority has. */
export const readOrder = (id: string) => Orders.findById(id).readConcern('majority').lean<StoredOrder>();
