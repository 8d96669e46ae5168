import {
  aggregate,
  byBatch,
  collectionOf,
  countsIn,
  lasting,
  lifetimes,
  ListingInput,
  readerById,
  type Aggregate,
} from '@ticketing/common';
import { model, Schema, trusted, Types, type mongo } from 'mongoose';
import type { Read } from './domain/delivery';
import type { Report } from './domain/report';
import type { Seller } from './domain/seller';
import type { Ticket } from './domain/ticket';
import { Files, type StoredFile } from './gridStore';

export { Chunks, Files, PLACES, SLOT, type StoredFile } from './gridStore';

export type StoredTicket = Ticket & Aggregate & { reads?: Read[] };

/** How a field of a listing is stored: texts, except prices and times. */
const storedAs = ({ type, format }: Record<string, unknown> = {}) => {
  if (format === 'date-time') return Date;
  return [type].flat().includes('number') ? Number : String;
};

const listing = {
  ...Object.fromEntries(Object.entries(ListingInput.shape).map(([name, field]) => [name, storedAs(field.meta())])),
  price: { type: Number, required: true },
};

const ticketSchema = new Schema<StoredTicket>({
  ...listing,
  facets: [String],
  text: String,
  localDay: String,
  sellsUntil: Date,
  userId: { type: String, required: true },
  status: { type: String, required: true },
  orderId: { type: String, default: null },
  heldUntil: Date,
  edition: Number,
  followed: { seq: Number, version: Number },
  withdrawing: Boolean,
  delivered: Schema.Types.Mixed,
  deliveredAt: Date,
  deliverBy: Date,
  missedAt: Date,
  readAt: Date,
  reads: { type: [Schema.Types.Mixed], default: undefined },
  buyerId: String,
  isVoid: Boolean,
  endedAt: Date,
  uniqueKeys: { type: [String], default: undefined },
  ...{ isLast: Boolean, erasedAt: Date },
  review: Schema.Types.Mixed,
  withdrawnFor: String,
});
ticketSchema.plugin(aggregate);
/**
 * Only what is for sale: no list contains sold, withdrawn or past listings, so none grows over time. A hold touches
 * only the first.
 */
export const isForSale = { sellsUntil: { $gt: new Date(0) } };
const forSale = { partialFilterExpression: isForSale };
ticketSchema.index({ status: 1, _id: -1 }, forSale);
ticketSchema.index({ facets: 1, _id: -1 }, forSale);
ticketSchema.index({ facets: 1, sellsUntil: 1, _id: 1 }, forSale);
ticketSchema.index({ facets: 1, price: 1, _id: 1 }, forSale);
ticketSchema.index({ userId: 1, _id: -1 });
/** What a seller has sold: a hold does not touch it. */
ticketSchema.index({ userId: 1, status: 1, isVoid: 1 }, { partialFilterExpression: { status: 'sold' } });
/** No two listings share a key; those without any are not in it. A hold changes neither index. */
export const UNIQUE_KEYS = 'uniqueKeys';
ticketSchema.index(
  { uniqueKeys: 1 },
  { name: UNIQUE_KEYS, unique: true, partialFilterExpression: { 'uniqueKeys.0': { $exists: true } } },
);
const isDue = { deliverBy: { $gt: new Date(0) } };
ticketSchema.index({ deliverBy: 1 }, { partialFilterExpression: isDue });
/** For the support desk: what waits for review while it is for sale, and seats in any spelling. A hold touches neither. */
export const isWaiting = { 'review.status': 'waiting', ...isForSale };
ticketSchema.index({ 'review.since': 1 }, { partialFilterExpression: isWaiting });
export const ANY_SPELLING = { locale: 'en', strength: 1 } as const;
ticketSchema.index(
  { seat: 1, row: 1, section: 1, venue: 1, _id: -1 },
  { partialFilterExpression: { seat: { $gt: '' } }, collation: ANY_SPELLING },
);

export const Tickets = model('Ticket', ticketSchema);

const reportSchema = new Schema<Report>(
  { ticketId: String, by: String, reason: String, text: String, at: Date, closedAt: Date },
  { versionKey: false, autoIndex: false },
);
reportSchema.index({ ticketId: 1, by: 1 }, { unique: true });
reportSchema.index({ by: 1 });
/** Open reports, oldest first: of one listing, and of all. */
reportSchema.index({ ticketId: 1, closedAt: 1, at: 1 });
reportSchema.index({ closedAt: 1, at: 1 });
reportSchema.index({ at: 1 }, { expireAfterSeconds: lifetimes.report / 1000 });
export const Reports = model('Report', reportSchema);
export type StoredReport = Report & { _id: Types.ObjectId };

/** Copies of accounts. */
const userSchema = new Schema<Seller & { version: number }>(
  { confirmedAt: Date, frozenAt: Date, frozenHeardAt: Date, leaving: Schema.Types.Mixed, version: Number },
  { versionKey: false },
);
userSchema.index({ frozenHeardAt: 1 }, { partialFilterExpression: { frozenAt: { $type: 'date' } } });
export const Users = model('User', userSchema);

export const { Counts, limiter } = countsIn('counts');

/** What responses leave out; `buyerId` is never shown, but decides what is. */
const hiddenFields = [
  ...(['followed', 'withdrawing', 'facets', 'text', 'localDay', 'outbox'] as const),
  ...(['reads', 'uniqueKeys', 'endedAt', 'isLast', 'erasedAt'] as const),
];
export const HIDDEN: readonly string[] = [...hiddenFields, 'delivered.fileId', 'delivered.type'];
export const hidden = Object.fromEntries(HIDDEN.map((field) => [field, 0]));
export type Shown = Omit<StoredTicket, (typeof hiddenFields)[number]>;

export const newId = (hex?: string) => new Types.ObjectId(hex);

export const loadTicket = (id: string) => Tickets.findById(id);

export const loadTickets = (ids: string[]) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, { facets: 0, text: 0, outbox: 0, reads: 0 }).lean<StoredTicket[]>();

/** A seller's listings that are for sale or held: the next ones after a listing, newest first. */
export const findForSaleOf = (userId: string, after?: string) =>
  Tickets.find(
    {
      userId,
      ...(after && { _id: trusted({ $lt: newId(after) }) }),
      status: trusted({ $in: ['available', 'held'] }),
    },
    { facets: 0, text: 0, outbox: 0, reads: 0 },
  )
    .sort({ _id: -1 })
    .limit(2 * BATCH)
    .lean<StoredTicket[]>();

type Listed = Pick<Ticket, 'userId' | 'uniqueKeys'>;

/** A seller's other listings that have one of these keys. */
export async function readSharing(userId: string, besides: string, keys: string[]): Promise<Listed[]> {
  if (keys.length === 0) return [];
  const having = { uniqueKeys: trusted({ $in: keys }), _id: trusted({ $ne: newId(besides) }) };
  const found = await Tickets.find(having, { userId: 1, uniqueKeys: 1 }).lean<Listed[]>();
  return found.filter((ticket) => ticket.userId === userId);
}

const BATCH = 100;

/** Sold tickets whose promised delivery is overdue, by a majority read: refunds follow. */
export const findDue = (now: Date): mongo.FindCursor<Aggregate> =>
  collectionOf(Tickets).find(
    { ...isDue, deliverBy: { $gt: new Date(0), $lte: now } },
    { ...lasting, ...byBatch, projection: { _id: 1 }, batchSize: BATCH },
  );

/** Files that are due for a check. */
export const findDueFiles = (now: Date): mongo.FindCursor<StoredFile> =>
  Files.collection.find<StoredFile>({ checkAt: { $lte: now } }, { ...byBatch, batchSize: BATCH });

const singles = readerById((ids) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, hidden)
    .lean<Shown[]>()
    .exec(),
);

export const readTicket = (id: string): Promise<Shown | null> => singles.add(id);

/** Reads of a delivery kept on record: the newest of its seller, and those of its buyer. */
const READS_KEPT = 20;

/** Records a read of a delivery. Nobody displaces another's reads: they may be evidence in a dispute. */
export function recordRead(_id: StoredTicket['_id'], read: Read) {
  const known = { $ifNull: ['$reads', []] };
  const readBy = (does: '$eq' | '$ne') => ({ $filter: { input: known, cond: { [does]: ['$$this.by', read.by] } } });
  const own = { $slice: [{ $concatArrays: [readBy('$eq'), [read]] }, -READS_KEPT] };
  return Tickets.collection.updateOne({ _id }, [{ $set: { reads: { $concatArrays: [readBy('$ne'), own] } } }]);
}
