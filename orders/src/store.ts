import {
  aggregate,
  EventDetails,
  readerById,
  toMajor,
  type Aggregate,
  type NewEvent,
  type OrderBody,
  type OrderData,
} from '@ticketing/common';
import { model, Schema, trusted, Types } from 'mongoose';
import type { Link, Order, Ticket } from './domain/order';

export type StoredOrder = Order & Aggregate;

const details = Object.fromEntries(Object.keys(EventDetails.shape).map((field) => [field, String]));

const orderSchema = new Schema<StoredOrder>({
  userId: { type: String, required: true },
  status: { type: String, required: true },
  reason: { type: String, default: null },
  expiresAt: { type: Date, required: true },
  seq: { type: Number, required: true },
  ticket: { id: String, title: String, price: Number, userId: String, ...details },
});
orderSchema.plugin(aggregate);
/** The arbiter: of all who want to be the next order of a ticket, one is written. */
orderSchema.index({ 'ticket.id': 1, seq: -1 }, { unique: true });
orderSchema.index({ userId: 1, _id: -1 });
orderSchema.index({ expiresAt: 1 }, { partialFilterExpression: { status: 'created' } });

export const Orders = model('Order', orderSchema);

/** Copies of listings, kept from the events of tickets. */
export type StoredTicket = Ticket & { _id: Types.ObjectId; version: number };
export const Tickets = model(
  'Ticket',
  new Schema<StoredTicket>(
    { title: String, price: Number, userId: String, ...details, status: String, seq: Number, version: Number },
    { versionKey: false },
  ),
);

export const newId = () => new Types.ObjectId();

const tickets = readerById((ids) =>
  Tickets.find({ _id: trusted({ $in: ids }) })
    .lean<StoredTicket[]>()
    .exec(),
);

export const loadTicket = (id: string): Promise<Ticket | null> => tickets.add(id);

/** The newest link in the chain of a ticket's orders. */
export const loadLastOrder = (ticketId: string) =>
  Orders.findOne({ 'ticket.id': ticketId }, { seq: 1, status: 1 }).sort({ seq: -1 }).lean<Link>();

export const loadOrder = (id: string) => Orders.findById(id);

const orders = readerById((ids) =>
  Orders.find({ _id: trusted({ $in: ids }) }, { outbox: 0 })
    .lean<StoredOrder[]>()
    .exec(),
);

export const readOrder = (id: string): Promise<StoredOrder | null> => orders.add(id);

/** The orders of a buyer, the newest first. */
export const readOrdersOf = (userId: string) =>
  Orders.find({ userId }, { outbox: 0 }).sort({ _id: -1 }).limit(500).lean<StoredOrder[]>();

/** Ids of orders that should have expired by `now`, the oldest first. */
export const findOverdue = (now: Date) =>
  Orders.find({ status: 'created', expiresAt: trusted({ $lte: now }) }, { _id: 1 })
    .sort({ expiresAt: 1 })
    .limit(500)
    .lean<{ _id: Types.ObjectId }[]>();

/** A ticket as it was when held; `price` in minor units, or major ones for the API. */
const heldTicket = (ticket: Order['ticket'], price: number) => ({
  id: ticket.id,
  title: ticket.title,
  price,
  ...EventDetails.parse(ticket),
});

export const toData = (id: string, { userId, status, reason, expiresAt, seq, ticket }: Order): OrderData => ({
  id,
  userId,
  status,
  reason,
  expiresAt: expiresAt.toISOString(),
  seq,
  ticket: { ...heldTicket(ticket, ticket.price), userId: ticket.userId },
});

export const bodyOf = ({ id, userId, status, reason, expiresAt, ticket }: OrderData, version: number): OrderBody => ({
  id,
  userId,
  status,
  reason,
  expiresAt,
  ticket: heldTicket(ticket, toMajor(ticket.price)),
  version,
});

export const toBody = (id: string, version: number, order: Order): OrderBody => bodyOf(toData(id, order), version);

const subjects = {
  created: 'order:created',
  'awaiting:payment': 'order:awaiting-payment',
  complete: 'order:completed',
  cancelled: 'order:cancelled',
} as const;

/** The event that tells an order's whole present state. */
export const snapshot = (order: StoredOrder): NewEvent => ({
  subject: subjects[order.status],
  data: toData(order._id.toString(), order),
});
