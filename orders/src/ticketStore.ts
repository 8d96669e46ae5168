import { EventDetails } from '@ticketing/common';
import { model, Schema, type Types } from 'mongoose';
import type { Ticket } from './domain/order';

export const detailFields = Object.fromEntries(Object.keys(EventDetails.shape).map((field) => [field, String]));

/** Ignores case and accents. */
export const ANY_SPELLING = { locale: 'en', strength: 1 } as const;

/** Copies of listings, from tickets' events. */
export type StoredTicket = Ticket & { _id: Types.ObjectId; version: number };
const ticketSchema = new Schema<StoredTicket>(
  {
    title: String,
    description: String,
    price: Number,
    userId: String,
    ...detailFields,
    status: String,
    seq: Number,
    edition: Number,
    withdrawing: Boolean,
    deliveredAt: String,
    deliverBy: String,
    missedAt: String,
    readAt: String,
    isRefunded: Boolean,
    version: Number,
  },
  { versionKey: false },
);
/** For the support desk, which searches for seats; holds do not touch it. */
ticketSchema.index(
  { seat: 1, row: 1, section: 1, venue: 1, _id: -1 },
  { partialFilterExpression: { seat: { $gt: '' } }, collation: ANY_SPELLING },
);
export const Tickets = model('Ticket', ticketSchema);
