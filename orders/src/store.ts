import { aggregate, byBatch, collectionOf, duplicateIndex, readerById, type Aggregate } from '@ticketing/common';
import { model, Schema, trusted, Types, type mongo } from 'mongoose';
import { SHARED_END } from './domain/hold';
import type { Held, Link, Order, Ticket } from './domain/order';
import { detailFields, Tickets, type StoredTicket } from './ticketStore';

export { ANY_SPELLING, Tickets, type StoredTicket } from './ticketStore';

export interface StoredOrder extends Order, Aggregate {
  /** When to check whether other services have reacted to its state; unset once they have. */
  checkAt?: Date;
}

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
    ...detailFields,
  },
  authorizedAt: Date,
  paymentVersion: Number,
  ...{ usedAt: Date, readAt: Date, completedAt: Date, releaseAt: Date, releasedAt: Date },
  ...{ refundedAt: Date, deliverBy: Date, deliveredAt: Date },
  isReturned: Boolean,
  claim: Schema.Types.Mixed,
  history: Schema.Types.Mixed,
  proposal: Schema.Types.Mixed,
  dueAt: Date,
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
/** A buyer's earlier holds of a ticket; purchases do not touch it. */
orderSchema.index({ userId: 1, 'ticket.id': 1, expiresAt: -1 }, { partialFilterExpression: { status: 'cancelled' } });
orderSchema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $exists: true } } });
orderSchema.index({ expiresAt: 1 }, { partialFilterExpression: { status: 'created' } });
/** A seller's sales, and those that will be due: holds touch neither. */
orderSchema.index({ 'ticket.userId': 1, _id: -1 }, { partialFilterExpression: { completedAt: { $exists: true } } });
orderSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $type: 'date' } } });
/** What waits for the support desk, oldest first. */
orderSchema.index(
  { 'claim.status': 1, 'claim.openedAt': 1 },
  { partialFilterExpression: { 'claim.status': { $exists: true } } },
);
orderSchema.index({ 'proposal.at': 1 }, { partialFilterExpression: { 'proposal.at': { $type: 'date' } } });

export const Orders = model('Order', orderSchema);

export const newId = (hex?: string) => new Types.ObjectId(hex);

/** Defaults for fields missing from older copies and orders. */
const UNTOLD = {
  description: null,
  edition: 0,
  withdrawing: false,
  deliveredAt: null,
  deliverBy: null,
  missedAt: null,
  readAt: null,
};

const untold = Object.entries(UNTOLD);

/** Fills in what is missing, in place: copying documents field by field is slow. */
function complete<T extends object>(ticket: T): T {
  for (const [name, value] of untold) if (!(name in ticket)) Object.assign(ticket, { [name]: value });
  return ticket;
}

/** Every hold reads one: without mongoose, whose queries cost more than these. */
const tickets = readerById(async (ids) => {
  const found = collectionOf(Tickets).find({ _id: { $in: ids.map((id) => newId(id)) } });
  return ((await found.toArray()) as unknown as StoredTicket[]).map(complete);
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

export const isOpen = (userId: string) => ({ userId, slot: trusted({ $exists: true }) });
export const isSoldBy = (seller: string) => ({ 'ticket.userId': seller, completedAt: trusted({ $exists: true }) });
/** For a page: the orders after the previous page's last order `id`, if any. */
export const isAfter = (id?: string) => id && { _id: trusted({ $lt: new Types.ObjectId(id) }) };

/** Which of an order's two places is taken, according to the index that rejected it; undefined if neither. */
export function takenPlace(error: unknown): 'seq' | 'slot' | undefined {
  const index = duplicateIndex(error);
  return index === 'ticket.id_1_seq_-1' ? 'seq' : index === 'slot' ? 'slot' : undefined;
}

export const loadOrder = (id: string) => Orders.findById(id);

const orders = readerById(async (ids) => {
  const found = await Orders.find({ _id: trusted({ $in: ids }) }, { outbox: 0 }).lean<StoredOrder[]>();
  for (const order of found) complete(order.ticket);
  return found;
});

export const readOrder = (id: string): Promise<StoredOrder | null> => orders.add(id);

const BATCH = 500;

/** Ids of orders that should have expired by `now`, oldest first. */
export const findOverdue = (now: Date): mongo.FindCursor<Aggregate> =>
  collectionOf(Orders).find({ status: 'created', expiresAt: { $lte: now } } as object, {
    ...byBatch,
    projection: { _id: 1 },
    sort: { expiresAt: 1 },
    batchSize: BATCH,
  });

/** Orders among `ids` that may be waiting for news of their ticket: what `confirm` needs of the live ones. */
export const findHeld = (ids: string[]) =>
  Orders.find(
    { _id: trusted({ $in: ids }), status: 'created' },
    { status: 1, seq: 1, 'ticket.edition': 1, authorizedAt: 1 },
  ).lean<(Held & Pick<StoredOrder, '_id'>)[]>();

/** Sales whose time has come by `now`, oldest first. */
export const findDueSales = (now: Date) =>
  Orders.find({ dueAt: trusted({ $type: 'date', $lte: now }) })
    .sort({ dueAt: 1 })
    .limit(BATCH)
    .readConcern('majority')
    .lean<StoredOrder[]>();

/** Orders due for another check, longest overdue first. */
export const findDue = (now: Date) =>
  Orders.find({ checkAt: trusted({ $lte: now }) })
    .sort({ checkAt: 1 })
    .limit(BATCH)
    .readConcern('majority')
    .lean<StoredOrder[]>();

/** Leaves orders alone until a time. */
export async function postpone(ids: Types.ObjectId[], field: 'dueAt' | 'checkAt', until: Date) {
  await collectionOf(Orders).updateMany({ _id: { $in: ids } }, { $set: { [field]: until } });
}

/** Stops checking orders, unless they have changed since they were found due at `now`. Safe to lose: it is repeated. */
export const settle = (orders: StoredOrder[], now: Date) => rest(orders, now, { $unset: { checkAt: 1 } });

/** The same until that many milliseconds before they expire. */
export const settleUntil = (orders: StoredOrder[], before: number, now: Date) =>
  rest(orders, now, [{ $set: { checkAt: { $subtract: ['$expiresAt', before] } } }]);

async function rest(orders: StoredOrder[], now: Date, update: object) {
  if (orders.length === 0) return;
  await collectionOf(Orders).updateMany(
    { _id: { $in: orders.map(({ _id }) => _id) }, checkAt: { $lte: now } },
    update,
    { writeConcern: { w: 1, journal: false } },
  );
}
