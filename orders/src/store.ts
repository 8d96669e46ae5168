import {
  aggregate,
  collectionOf,
  duplicateIndex,
  EventDetails,
  readerById,
  type Aggregate,
  type NewEvent,
} from '@ticketing/common';
import { model, Schema, trusted, Types } from 'mongoose';
import { toData } from './bodies';
import { SHARED_END } from './domain/hold';
import { subjectOf, type Link, type Order, type Ticket } from './domain/order';

export interface StoredOrder extends Order, Aggregate {
  /** When to check whether other services have reacted to its state; unset once they have. */
  checkAt?: Date;
}

const details = Object.fromEntries(Object.keys(EventDetails.shape).map((field) => [field, String]));

const orderSchema = new Schema<StoredOrder>({
  userId: { type: String, required: true },
  status: { type: String, required: true },
  reason: { type: String, default: null },
  expiresAt: { type: Date, required: true },
  seq: { type: Number, required: true },
  slot: Number,
  ticket: {
    id: String,
    title: String,
    description: { type: String, default: null },
    price: Number,
    userId: String,
    edition: { type: Number, default: 0 },
    ...details,
  },
  authorizedAt: Date,
  paymentVersion: Number,
  usedAt: Date,
  checkAt: Date,
});
orderSchema.plugin(aggregate);
/** The arbiter: of all candidates for a ticket's next order, exactly one is written. */
orderSchema.index({ 'ticket.id': 1, seq: -1 }, { unique: true });
/** Each of a buyer's concurrent holds takes its own slot. */
orderSchema.index(
  { userId: 1, slot: 1 },
  { name: 'slot', unique: true, partialFilterExpression: { slot: { $exists: true } } },
);
orderSchema.index({ userId: 1, _id: -1 });
/** A buyer's earlier holds of a ticket; purchases never touch it. */
orderSchema.index({ userId: 1, 'ticket.id': 1, expiresAt: -1 }, { partialFilterExpression: { status: 'cancelled' } });
orderSchema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $exists: true } } });
orderSchema.index({ expiresAt: 1 }, { partialFilterExpression: { status: 'created' } });

export const Orders = model('Order', orderSchema);

/** Copies of listings, from tickets' events. */
export type StoredTicket = Ticket & { _id: Types.ObjectId; version: number };
export const Tickets = model(
  'Ticket',
  new Schema<StoredTicket>(
    {
      title: String,
      description: String,
      price: Number,
      userId: String,
      ...details,
      status: String,
      seq: Number,
      edition: Number,
      withdrawing: Boolean,
      deliveredAt: String,
      version: Number,
    },
    { versionKey: false },
  ),
);

export const newId = () => new Types.ObjectId();

/** Defaults for fields missing from older copies and orders. */
const UNTOLD = { description: null, edition: 0, withdrawing: false };

const tickets = readerById(async (ids) => {
  const found = await Tickets.find({ _id: trusted({ $in: ids }) }).lean<StoredTicket[]>();
  return found.map((ticket) => ({ ...UNTOLD, ...ticket }));
});

export const loadTicket = (id: string): Promise<Ticket | null> => tickets.add(id);

/** The newest link in the chain of a ticket's orders. */
export const loadLastOrder = (ticketId: string) =>
  Orders.findOne({ 'ticket.id': ticketId }, { seq: 1, status: 1 }).sort({ seq: -1 }).lean<Link>();

/** When a buyer's time for a ticket ended, if they have held it before. */
export const loadEarlierEnd = async (userId: string, ticketId: string) => {
  const ended = { userId, 'ticket.id': ticketId, status: 'cancelled', reason: trusted({ $in: SHARED_END }) };
  return (await Orders.findOne(ended, { expiresAt: 1 }).sort({ expiresAt: -1 }).lean())?.expiresAt ?? null;
};

/** The slots of a buyer's open orders. */
export const loadSlots = async (userId: string): Promise<number[]> => {
  const open = await Orders.find(isOpen(userId), { slot: 1, _id: 0 }).lean();
  return open.flatMap(({ slot }) => slot ?? []);
};

const isOpen = (userId: string) => ({ userId, slot: trusted({ $exists: true }) });

/** Which of an order's two places is taken, according to the index that rejected it; undefined if neither. */
export function takenPlace(error: unknown): 'seq' | 'slot' | undefined {
  const index = duplicateIndex(error);
  return index === 'ticket.id_1_seq_-1' ? 'seq' : index === 'slot' ? 'slot' : undefined;
}

export const loadOrder = (id: string) => Orders.findById(id);

const orders = readerById(async (ids) => {
  const found = await Orders.find({ _id: trusted({ $in: ids }) }, { outbox: 0 }).lean<StoredOrder[]>();
  return found.map((order) => ({ ...order, ticket: { ...UNTOLD, ...order.ticket } }));
});

export const readOrder = (id: string): Promise<StoredOrder | null> => orders.add(id);

/** Lists omit long texts. */
const listed = { outbox: 0, 'ticket.description': 0 } as const;

/** A page of a buyer's orders, newest first, after the order `after`. */
export const readOrdersOf = (userId: string, limit: number, after?: string) =>
  Orders.find({ userId, ...(after && { _id: trusted({ $lt: new Types.ObjectId(after) }) }) }, listed)
    .sort({ _id: -1 })
    .limit(limit)
    .lean<StoredOrder[]>();

/** A buyer's orders that are unpaid or being paid, newest first. */
export const readOpenOrdersOf = async (userId: string, limit: number) => {
  const found = await Orders.find(isOpen(userId), listed).limit(limit).lean<StoredOrder[]>();
  return found.sort((one, other) => (one._id.toString() < other._id.toString() ? 1 : -1));
};

const BATCH = 500;

/** Ids of orders that should have expired by `now`, oldest first. */
export const findOverdue = (now: Date) =>
  Orders.find({ status: 'created', expiresAt: trusted({ $lte: now }) }, { _id: 1 })
    .sort({ expiresAt: 1 })
    .limit(BATCH)
    .lean<{ _id: Types.ObjectId }[]>();

/** Orders among `ids` that may be waiting for news of their ticket: the live ones, as stored. */
export const findHeld = (ids: string[]) =>
  Orders.find({ _id: trusted({ $in: ids }), status: 'created' }, { outbox: 0 }).lean<StoredOrder[]>();

/** Orders due for another check, longest overdue first. */
export const findDue = (now: Date) =>
  Orders.find({ checkAt: trusted({ $lte: now }) })
    .sort({ checkAt: 1 })
    .limit(BATCH)
    .readConcern('majority')
    .lean<StoredOrder[]>();

/** Stops checking orders, unless they have changed since they were found due at `now`. Safe to lose: it is repeated. */
export async function settle(orders: StoredOrder[], now: Date) {
  await collectionOf(Orders).updateMany(
    { _id: { $in: orders.map(({ _id }) => _id) }, checkAt: { $lte: now } },
    { $unset: { checkAt: 1 } } as object,
    { writeConcern: { w: 1, journal: false } },
  );
}

/** The event that describes an order's full state. */
export const snapshot = (order: StoredOrder): NewEvent => ({
  subject: subjectOf(order),
  data: toData(order._id.toString(), order),
});
