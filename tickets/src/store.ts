import {
  aggregate,
  lasting,
  ListingInput,
  readerById,
  toMajor,
  type Aggregate,
  type Listing,
  type NewEvent,
  type TicketBody,
  type TicketData,
} from '@ticketing/common';
import { model, Schema, trusted, Types } from 'mongoose';
import { editionOf } from './domain/delivery';
import type { Ticket } from './domain/ticket';

/** When and by whom a delivery was read, the latest ones. */
export interface Read {
  at: Date;
  by: 'seller' | 'buyer';
}

export type StoredTicket = Ticket & Aggregate & { reads?: Read[] };

/** A listing's details as stored: texts, except prices and times. */
const listing = {
  ...Object.fromEntries(Object.keys(ListingInput.shape).map((field) => [field, String])),
  price: { type: Number, required: true },
  faceValue: Number,
  startsAt: Date,
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
/** No two listings share a key; those without any are not in it. A hold changes neither index. */
export const UNIQUE_KEYS = 'uniqueKeys';
ticketSchema.index(
  { uniqueKeys: 1 },
  { name: UNIQUE_KEYS, unique: true, partialFilterExpression: { 'uniqueKeys.0': { $exists: true } } },
);
const isDue = { deliverBy: { $gt: new Date(0) } };
ticketSchema.index({ deliverBy: 1 }, { partialFilterExpression: isDue });

export const Tickets = model('Ticket', ticketSchema);

/** A file of a listing, in GridFS's layout: its parts are the chunks. */
export interface StoredFile {
  _id: Types.ObjectId;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  ticketId: string;
  userId: string;
  /** Before it was sealed, in bytes. */
  size: number;
  /** An upload that is not finished yet, and its place among those of its owner. */
  isOpen?: boolean;
  slot?: number;
  /** When the sweep looks whether it is still needed. */
  checkAt: Date;
  /** It is being deleted. */
  isDead: boolean;
}

const fileSchema = new Schema<StoredFile>(
  {
    ...{ length: Number, chunkSize: Number, uploadDate: Date, ticketId: String, userId: String, size: Number },
    ...{ isOpen: Boolean, slot: Number, checkAt: Date, isDead: Boolean },
  },
  { collection: 'deliveries.files', versionKey: false, autoIndex: false },
);
const open = { unique: true, partialFilterExpression: { isOpen: true } };
fileSchema.index({ ticketId: 1 }, open);
fileSchema.index({ userId: 1, slot: 1 }, open);
fileSchema.index({ checkAt: 1 });
export const Files = model('File', fileSchema);

const chunkSchema = new Schema(
  { files_id: Schema.Types.ObjectId, n: Number, data: Buffer },
  { collection: 'deliveries.chunks', versionKey: false, autoIndex: false },
);
chunkSchema.index({ files_id: 1, n: 1 }, { unique: true });
export const Chunks = model('Chunk', chunkSchema);

/** What no answer shows. */
const hiddenFields = [
  ...(['followed', 'withdrawing', 'facets', 'text', 'localDay', 'outbox'] as const),
  ...(['buyerId', 'reads', 'uniqueKeys', 'isVoid', 'endedAt'] as const),
];
export const HIDDEN: readonly string[] = [...hiddenFields, 'delivered.fileId', 'delivered.type'];
const hidden = Object.fromEntries(HIDDEN.map((field) => [field, 0]));
export type Shown = Omit<StoredTicket, (typeof hiddenFields)[number]>;

/** A condition on a time. */
export const upTo = (time: Date) => trusted({ $lte: time });

export const newId = (hex?: string) => new Types.ObjectId(hex);

export const loadTicket = (id: string) => Tickets.findById(id);

export const loadTickets = (ids: string[]) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, { facets: 0, text: 0, outbox: 0, reads: 0 }).lean<StoredTicket[]>();

/** Sold tickets whose promised delivery is overdue, as a majority knows them: refunds follow. */
export const readDue = (now: Date, atMost: number): Promise<{ _id: Types.ObjectId }[]> =>
  Tickets.collection
    .find(
      { ...isDue, deliverBy: { $gt: new Date(0), $lte: now } },
      { ...lasting, projection: { _id: 1 }, limit: atMost },
    )
    .toArray();

const singles = readerById((ids) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, hidden)
    .lean<Shown[]>()
    .exec(),
);

export const readTicket = (id: string): Promise<Shown | null> => singles.add(id);

const fields = Object.keys(ListingInput.shape) as (keyof Listing)[];

type Public = keyof Listing | 'userId' | 'edition' | 'status' | 'orderId' | 'heldUntil';
type PublicDelivery = 'delivered' | 'deliveredAt' | 'deliverBy' | 'missedAt' | 'readAt';

/** Fields shared by the event and the API. */
const shared = (ticket: Pick<Ticket, Public | PublicDelivery>) => ({
  ...(Object.fromEntries(fields.map((field) => [field, ticket[field] ?? null])) as Listing),
  category: ticket.category ?? 'other',
  startsAt: ticket.startsAt?.toISOString() ?? null,
  userId: ticket.userId,
  edition: editionOf(ticket),
  status: ticket.status,
  orderId: ticket.orderId,
  heldUntil: ticket.heldUntil?.toISOString() ?? null,
  deliveredAt: ticket.deliveredAt?.toISOString() ?? null,
  isScanned: ticket.delivered?.isScanned ?? null,
  deliverBy: ticket.deliverBy?.toISOString() ?? null,
  missedAt: ticket.missedAt?.toISOString() ?? null,
  readAt: ticket.readAt?.toISOString() ?? null,
});

export const toData = (id: string, ticket: Ticket): TicketData => ({
  id,
  ...shared(ticket),
  seq: ticket.followed.seq,
  withdrawing: ticket.withdrawing,
  faceValue: ticket.faceValue ?? null,
});

export const toBody = (ticket: Shown): TicketBody => ({
  ...shared(ticket),
  id: ticket._id.toString(),
  price: toMajor(ticket.price),
  faceValue: ticket.faceValue ? toMajor(ticket.faceValue) : null,
  version: ticket.version,
});

/** The event that describes a listing's full state. */
export const snapshot = (ticket: StoredTicket): NewEvent => ({
  subject: 'ticket:updated',
  data: toData(ticket._id.toString(), ticket),
});
