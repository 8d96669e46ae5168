import { z } from 'zod';
import { EventDetails } from './listing';
import { CancelReason, OrderStatus, TicketStatus } from './statuses';

/**
 * The events of the system: every subject, and what it carries.
 *
 * The data of an event is the full public state of its aggregate after the change, so a copy made from
 * events needs the newest one only, and duplicates or any order of arrival do it no harm.
 * Identifiers are ObjectIds in hexadecimal, money is in minor units (cents), times are ISO 8601 in UTC.
 */
const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Minor = z.int().positive();
const Time = z.iso.datetime();

/** An account, as far as others may know it. */
export const UserData = z.object({ id: Id, email: z.string() });
export type UserData = z.infer<typeof UserData>;

/**
 * A listing. `orderId` is its live order's while it is held or sold, else null, and `heldUntil` the end of that
 * order's window while it is held. `seq` is the place of the last of its orders that the listing has heard of:
 * `available` at `seq` says that this order, if any, is cancelled.
 */
export const TicketData = z.object({
  id: Id,
  title: z.string(),
  price: Minor,
  userId: Id,
  description: z.string().nullable().default(null),
  ...EventDetails.shape,
  status: TicketStatus,
  orderId: Id.nullable(),
  heldUntil: Time.nullable().default(null),
  seq: z.int().nonnegative(),
  /** Counts the edits of the listing, from 0: of two tellings with the same edition, the seller said the same. */
  edition: z.int().nonnegative().default(0),
  /** Whether its seller withdrew it before it heard of the order that holds it: that order is not to be sold. */
  withdrawing: z.boolean().default(false),
});
export type TicketData = z.infer<typeof TicketData>;

/**
 * A reservation. `seq` counts the orders of one ticket: 1, 2, 3 … Of two orders of a ticket the higher
 * `seq` is the newer (a fencing token). The ticket is as it was at the time of holding, its price too; `ticket.userId`
 * is the seller.
 */
export const OrderData = z.object({
  id: Id,
  userId: Id,
  status: OrderStatus,
  reason: CancelReason.nullable(),
  expiresAt: Time,
  seq: z.int().positive(),
  ticket: z.object({
    id: Id,
    title: z.string(),
    description: z.string().nullable().default(null),
    price: Minor,
    userId: Id,
    edition: z.int().nonnegative().default(0),
    ...EventDetails.shape,
  }),
});
export type OrderData = z.infer<typeof OrderData>;

/** The timer of an order rang. Whether it has expired is for orders to say. */
export const ExpirationData = z.object({ orderId: Id });
export type ExpirationData = z.infer<typeof ExpirationData>;

/** A payment of an order; `stripeId` is its PaymentIntent. */
export const PaymentData = z.object({
  id: Id,
  orderId: Id,
  amount: Minor,
  stripeId: z.string(),
});
export type PaymentData = z.infer<typeof PaymentData>;

/** Subject → schema of its data. The one list of what can be published and heard. */
export const subjects = {
  /** auth: someone signed up. */
  'user:created': UserData,
  /** auth: an account changed. */
  'user:updated': UserData,
  /** tickets: a listing is there. */
  'ticket:created': TicketData,
  /** tickets: a listing changed in title, price or status. */
  'ticket:updated': TicketData,
  /** orders: a ticket is held until `expiresAt`. */
  'order:created': OrderData,
  /** orders: the order has won, its money is to be captured. */
  'order:awaiting-payment': OrderData,
  /** orders: sold. */
  'order:completed': OrderData,
  /** orders: released, for `reason`. */
  'order:cancelled': OrderData,
  /** orders: was complete, and its money was given back. */
  'order:refunded': OrderData,
  /** expiration: the timer of an order rang. */
  'expiration:complete': ExpirationData,
  /** payments: the money is held. */
  'payment:authorized': PaymentData,
  /** payments: the money is captured. */
  'payment:created': PaymentData,
  /** payments: a held payment cannot be captured after all. */
  'payment:failed': PaymentData,
  /** payments: money that had been captured was given back. */
  'payment:refunded': PaymentData,
} as const;

export type Subject = keyof typeof subjects;
export type DataOf<S extends Subject> = z.infer<(typeof subjects)[S]>;

/** What travels: the data of one subject, and where it comes from. */
export interface Event<S extends Subject = Subject> {
  /** Unique to this event; the same when it is delivered or published again. */
  id: string;
  subject: S;
  /** The document that changed. */
  aggregateId: string;
  /** That document's version after the change, in its own database. */
  version: number;
  /** ISO 8601, UTC, by the publisher's clock. */
  occurredAt: string;
  /** Follows one request through all that it causes. */
  trace: string;
  /** Tells once more what holds at its version, whatever was told of that version before. */
  republished?: true | undefined;
  data: DataOf<S>;
}

/** Whether an event tells more than is known to whoever has heard of its aggregate up to `version`. */
export const isNews = (event: Pick<Event, 'version' | 'republished'>, version: number) =>
  event.republished ? event.version >= version : event.version > version;

/** An event that has not been published yet: what happened, without where and when. */
export type NewEvent = { [S in Subject]: { subject: S; data: DataOf<S> } }[Subject];

const Envelope = z.object({
  id: z.string().min(1),
  subject: z.string(),
  aggregateId: Id,
  version: z.int().nonnegative(),
  occurredAt: Time,
  trace: z.string(),
  republished: z.literal(true).optional(),
  data: z.unknown(),
});

/** Reads an event off the wire. Throws a SyntaxError, or a ZodError that names what is wrong with it. */
export function parseEvent<S extends Subject>(subject: S, text: string): Event<S> {
  const envelope = Envelope.parse(JSON.parse(text));
  if (envelope.subject !== subject) throw new Error(`An event of ${envelope.subject} came on ${subject}`);
  return { ...envelope, subject, data: subjects[subject].parse(envelope.data) as DataOf<S> };
}
