import { aggregate, Batcher, readerById, toMajor, type Aggregate, type NewEvent, type TicketBody, type TicketData } from '@ticketing/common';
import { model, Schema, trusted, Types, type FilterQuery } from 'mongoose';
import type { Ticket } from './domain/ticket';

export type StoredTicket = Ticket & Aggregate;

const ticketSchema = new Schema<StoredTicket>({
  title: { type: String, required: true },
  price: { type: Number, required: true },
  description: String,
  category: String,
  venue: String,
  city: String,
  startsAt: Date,
  timeZone: String,
  section: String,
  row: String,
  seat: String,
  userId: { type: String, required: true },
  status: { type: String, required: true },
  orderId: { type: String, default: null },
  heldUntil: Date,
  followed: { seq: Number, version: Number },
  withdrawing: Boolean,
});
ticketSchema.plugin(aggregate);
ticketSchema.index({ status: 1, _id: -1 });
ticketSchema.index({ userId: 1, _id: -1 });

export const Tickets = model('Ticket', ticketSchema);

const hidden = { followed: 0, withdrawing: 0, outbox: 0 } as const;
type Shown = Omit<StoredTicket, keyof typeof hidden>;

export const newId = () => new Types.ObjectId();

export const loadTicket = (id: string) => Tickets.findById(id);

export const loadTickets = (ids: string[]) => Tickets.find({ _id: trusted({ $in: ids }) }, { outbox: 0 }).lean<StoredTicket[]>();

const singles = readerById((ids) => Tickets.find({ _id: trusted({ $in: ids }) }, hidden).lean<Shown[]>().exec());

export const readTicket = (id: string): Promise<Shown | null> => singles.add(id);

/** A page of a list: at most `limit` tickets, those after `cursor` (a ticket's id). */
export interface Page {
  limit: number;
  cursor?: string;
}

/** Whoever wants the same page at the same time shares one query. */
const pages = new Batcher<Page, Shown[]>((wanted) => {
  const queries = new Map<string, Promise<Shown[]>>();
  return Promise.all(
    wanted.map(({ limit, cursor }) => {
      const key = `${limit}/${cursor ?? ''}`;
      const query = queries.get(key) ?? findPage({ limit, cursor });
      queries.set(key, query);
      return query;
    }),
  );
}, 4);

function findPage({ limit, cursor }: Page) {
  const filter: FilterQuery<StoredTicket> = { status: 'available' };
  if (cursor) filter._id = trusted({ $lt: new Types.ObjectId(cursor) });
  return Tickets.find(filter, hidden).sort({ _id: -1 }).limit(limit).lean<Shown[]>().exec();
}

/** Tickets that can be bought, the newest first. */
export const readAvailable = (page: Page): Promise<Shown[]> => pages.add(page);

/** The listings of a seller in any state, the newest first. */
export const readTicketsOf = (userId: string) => Tickets.find({ userId }, hidden).sort({ _id: -1 }).limit(500).lean<Shown[]>();

/** What the event and the API say alike. */
const said = ({ title, description, userId, status, orderId, heldUntil, ...happening }: Omit<Shown, '_id' | 'version'>) => ({
  title,
  description: description ?? null,
  userId,
  category: happening.category ?? 'other',
  venue: happening.venue ?? null,
  city: happening.city ?? null,
  startsAt: happening.startsAt?.toISOString() ?? null,
  timeZone: happening.timeZone ?? null,
  section: happening.section ?? null,
  row: happening.row ?? null,
  seat: happening.seat ?? null,
  status,
  orderId,
  heldUntil: heldUntil?.toISOString() ?? null,
});

export const toData = (id: string, ticket: Ticket): TicketData => ({ id, price: ticket.price, seq: ticket.followed.seq, ...said(ticket) });

export const toBody = (ticket: Shown): TicketBody => ({
  id: ticket._id.toString(),
  price: toMajor(ticket.price),
  version: ticket.version,
  ...said(ticket),
});

/** The event that tells a listing's whole present state. */
export const snapshot = (ticket: StoredTicket): NewEvent => ({ subject: 'ticket:updated', data: toData(ticket._id.toString(), ticket) });
