import {
  aggregate,
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
import { editionOf, type Ticket } from './domain/ticket';

export type StoredTicket = Ticket & Aggregate;

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

export const Tickets = model('Ticket', ticketSchema);

const hidden = { followed: 0, withdrawing: 0, facets: 0, text: 0, localDay: 0, outbox: 0 } as const;
export type Shown = Omit<StoredTicket, keyof typeof hidden>;

export const newId = (hex?: string) => new Types.ObjectId(hex);

export const loadTicket = (id: string) => Tickets.findById(id);

export const loadTickets = (ids: string[]) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, { facets: 0, text: 0, outbox: 0 }).lean<StoredTicket[]>();

const singles = readerById((ids) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, hidden)
    .lean<Shown[]>()
    .exec(),
);

export const readTicket = (id: string): Promise<Shown | null> => singles.add(id);

const fields = Object.keys(ListingInput.shape) as (keyof Listing)[];

/** Fields shared by the event and the API. */
const shared = (ticket: Pick<Ticket, keyof Listing | 'userId' | 'edition' | 'status' | 'orderId' | 'heldUntil'>) => ({
  ...(Object.fromEntries(fields.map((field) => [field, ticket[field] ?? null])) as Listing),
  category: ticket.category ?? 'other',
  startsAt: ticket.startsAt?.toISOString() ?? null,
  userId: ticket.userId,
  edition: editionOf(ticket),
  status: ticket.status,
  orderId: ticket.orderId,
  heldUntil: ticket.heldUntil?.toISOString() ?? null,
});

export const toData = (id: string, ticket: Ticket): TicketData => ({
  id,
  ...shared(ticket),
  seq: ticket.followed.seq,
  withdrawing: ticket.withdrawing,
  faceValue: ticket.faceValue ?? null,
  deliveredAt: null,
  isScanned: null,
  deliverBy: null,
  missedAt: null,
  readAt: null,
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
