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
import { model, Schema, trusted, Types, type FilterQuery } from 'mongoose';
import { EVERYTHING, facetsFor, positionOf, rangesOf, sortings, type Position, type Search } from './domain/search';
import { editionOf, type Ticket } from './domain/ticket';

export type StoredTicket = Ticket & Aggregate;

/** What a seller says of a listing, as it is stored; a text unless it is a price or a moment. */
const listing = {
  ...Object.fromEntries(Object.keys(ListingInput.shape).map((field) => [field, String])),
  price: { type: Number, required: true },
  startsAt: Date,
};

const ticketSchema = new Schema<StoredTicket>({
  ...listing,
  facets: [String],
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
/** Whatever is for sale: no list holds what is sold, withdrawn or past, so none grows with time. A hold touches the first one only. */
const forSale = { partialFilterExpression: { sellsUntil: { $gt: new Date(0) } } };
ticketSchema.index({ status: 1, _id: -1 }, forSale);
ticketSchema.index({ facets: 1, _id: -1 }, forSale);
ticketSchema.index({ facets: 1, sellsUntil: 1, _id: 1 }, forSale);
ticketSchema.index({ facets: 1, price: 1, _id: 1 }, forSale);
ticketSchema.index({ userId: 1, _id: -1 });

export const Tickets = model('Ticket', ticketSchema);

const hidden = { followed: 0, withdrawing: 0, facets: 0, outbox: 0 } as const;
type Shown = Omit<StoredTicket, keyof typeof hidden>;

export const newId = () => new Types.ObjectId();

export const loadTicket = (id: string) => Tickets.findById(id);

export const loadTickets = (ids: string[]) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, { facets: 0, outbox: 0 }).lean<StoredTicket[]>();

const singles = readerById((ids) =>
  Tickets.find({ _id: trusted({ $in: ids }) }, hidden)
    .lean<Shown[]>()
    .exec(),
);

export const readTicket = (id: string): Promise<Shown | null> => singles.add(id);

/** What a look into a list brought, and where to look on; `next` is undefined at the end of the list. */
export interface Page {
  tickets: Shown[];
  next?: Position;
}

const isForSale = forSale.partialFilterExpression;

/** A page of all that can be bought, the newest first. */
export async function readNewest({ limit, after }: Search, now: Date): Promise<Page> {
  const filter: FilterQuery<StoredTicket> = { status: 'available', sellsUntil: trusted(isForSale.sellsUntil) };
  if (after) filter._id = trusted({ $lt: new Types.ObjectId(after.id) });
  const found = await Tickets.find(filter, hidden).sort({ _id: -1 }).limit(limit).lean<Shown[]>();
  const last = found.length === limit ? found.at(-1) : undefined;
  return {
    tickets: found.filter(({ sellsUntil }) => sellsUntil && sellsUntil > now),
    next: last && positionOf('newest', last),
  };
}

/**
 * Looks through `length` entries of a list, the union of some facets, in the order of a search, and brings what fits.
 * MongoDB examines no more than these, and one of each facet to merge them.
 */
export async function readList(facets: string[], search: Search, now: Date, length: number): Promise<Page> {
  const { field, direction } = sortings[search.sort];
  const ranges = rangesOf(search, now);
  const fits = [
    { $eq: ['$status', 'available'] },
    { $setIsSubset: [facetsFor(search), '$facets'] },
    ...Object.entries(ranges).flatMap(([name, [first, last]]) => [
      { $gte: [`$${name}`, first] },
      { $lte: [`$${name}`, last] },
    ]),
  ];
  const inRange = field === '_id' ? {} : { [field]: { $gte: ranges[field][0], $lte: ranges[field][1] } };
  const starts = startsAfter(search);
  const [look] = await Tickets.aggregate<{ seen: number; last: Shown; tickets: Shown[] }>([
    {
      $match: {
        $and: [
          { $or: facets.flatMap((facet) => starts.map((start) => ({ facets: facet, $and: [inRange, start] }))) },
          isForSale,
        ],
      },
    },
    { $sort: { [field]: direction, _id: direction } },
    { $limit: length },
    { $unset: ['outbox', 'followed', 'withdrawing'] },
    {
      $group: {
        _id: null,
        seen: { $sum: 1 },
        last: { $last: '$$ROOT' },
        tickets: { $push: { $cond: [{ $and: fits }, '$$ROOT', '$$REMOVE'] } },
      },
    },
    { $set: { tickets: { $slice: ['$tickets', search.limit + 1] } } },
    { $unset: ['tickets.facets'] },
  ]).hint({ facets: 1, [field]: field === '_id' ? -1 : 1, ...(field !== '_id' && { _id: 1 }) });
  if (!look) return { tickets: [] };
  return { tickets: look.tickets, next: look.seen < length ? undefined : positionOf(search.sort, look.last) };
}

/** Where a list goes on after a position: at the same value behind its id, and behind its value. */
function startsAfter({ sort, after }: Search): object[] {
  if (!after) return [{}];
  const { field, direction } = sortings[sort];
  const beyond = direction === 1 ? '$gt' : '$lt';
  const behind = { _id: { [beyond]: new Types.ObjectId(after.id) } };
  if (field === '_id') return [behind];
  const value = field === 'sellsUntil' ? new Date(after.value) : after.value;
  return [{ [field]: value, ...behind }, { [field]: { [beyond]: value } }];
}

/** Takes off the lists what has begun. Whoever reads them leaves it out already: this keeps them short. */
export const retireBegun = (now: Date) =>
  Tickets.updateMany(
    { facets: EVERYTHING, sellsUntil: trusted({ $gt: new Date(0), $lte: now }) },
    { $set: { sellsUntil: null } },
  );

/** The listings of a seller in any state, the newest first. */
export const readTicketsOf = (userId: string) =>
  Tickets.find({ userId }, hidden).sort({ _id: -1 }).limit(500).lean<Shown[]>();

const fields = Object.keys(ListingInput.shape) as (keyof Listing)[];

/** What the event and the API say alike. */
const shared = (ticket: Pick<Ticket, keyof Listing | 'userId' | 'edition' | 'status' | 'orderId' | 'heldUntil'>) => ({
  ...(Object.fromEntries(fields.map((field) => [field, ticket[field] ?? null])) as Listing),
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
});

export const toBody = (ticket: Shown): TicketBody => ({
  ...shared(ticket),
  id: ticket._id.toString(),
  price: toMajor(ticket.price),
  version: ticket.version,
});

/** The event that tells a listing's whole present state. */
export const snapshot = (ticket: StoredTicket): NewEvent => ({
  subject: 'ticket:updated',
  data: toData(ticket._id.toString(), ticket),
});
