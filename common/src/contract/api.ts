import { z } from 'zod';
import { DescriptionReview, EventDetails } from './listing';
import { refusals, type RefusalCode } from './refusals';
import type { OrderBody, SaleBody } from './sales';
import { PaymentStatus, Role, TicketStatus, type Category } from './statuses';

/** HTTP API bodies. Prices are decimal numbers in major units; times are ISO 8601 in UTC. */

const Time = z.iso.datetime();
const Count = z.int().min(0);
const Id = z.string().regex(/^[0-9a-f]{24}$/);

export const ErrorItem = z.object({
  /** Stable error code, see `refusals`. */
  code: z.enum(Object.keys(refusals) as RefusalCode[]),
  /** English message, for developers. */
  message: z.string(),
  /** The invalid input field, if any. */
  field: z.string().optional(),
  /** Values used in the message. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ErrorItem = z.infer<typeof ErrorItem>;

/** The body of every response with status 400 or above. */
export const ErrorBody = z.object({ errors: z.array(ErrorItem).min(1) });
export type ErrorBody = z.infer<typeof ErrorBody>;

export const UserBody = z.object({ id: Id, email: z.string() });
export type UserBody = z.infer<typeof UserBody>;

/** PUT /api/users/me */
export const ChangedUserBody = UserBody.extend({
  /** The pending address, which takes effect once the link sent there is opened. */
  pendingEmail: z.string().nullable(),
});
export type ChangedUserBody = z.infer<typeof ChangedUserBody>;

/** GET /api/users/me: an account as only its owner may see it. */
export const AccountBody = ChangedUserBody.extend({
  name: z.string().nullable(),
  /** Whether its owner has opened a link sent to the address. */
  isConfirmed: z.boolean(),
  /** Whether its owner gets optional messages, such as the welcome. */
  isSubscribed: z.boolean(),
  /** Its owner's role in sessions that began with a second factor; otherwise null. */
  role: Role.nullable(),
  /** Since when its deletion is requested: it is deleted once nothing is open. */
  leavingAt: Time.nullable(),
});
export type AccountBody = z.infer<typeof AccountBody>;

/** GET /api/users/sessions: where someone is signed in. */
export const SessionBody = z.object({
  id: Id,
  /** Browser and system, such as "Firefox, Windows"; null if unknown. */
  browser: z.string().nullable(),
  /** An IPv4 address, or the first half of an IPv6 address: where it was last used. */
  network: z.string(),
  createdAt: Time,
  /** Accurate to within minutes. */
  lastUsedAt: Time,
  /** Whether it is the caller's current one. */
  isCurrent: z.boolean(),
});
export type SessionBody = z.infer<typeof SessionBody>;

/** GET /api/users/currentuser */
export const CurrentUserBody = z.object({ currentUser: UserBody.extend({ role: Role.optional() }).nullable() });
export type CurrentUserBody = z.infer<typeof CurrentUserBody>;

/**
 * A number of tickets, counted up to a limit. GET /api/tickets/count: those for sale, held ones included, a few seconds
 * old. GET /api/tickets/sellers/:id: those a seller has sold, without refunded ones.
 */
export const CountBody = z.object({
  count: Count,
  /** Whether there are more than `count`. */
  isMore: z.boolean(),
});
export type CountBody = z.infer<typeof CountBody>;

/** GET /api/users/:id: an account as everyone may see it. */
export const ProfileBody = z.object({
  id: Id,
  /** Display name; null if never set. */
  name: z.string().nullable(),
  memberSince: Time,
});
export type ProfileBody = z.infer<typeof ProfileBody>;

export const TicketBody = EventDetails.extend({
  id: Id,
  title: z.string(),
  /** Null in lists, which omit long texts; GET /api/tickets/:id has it. */
  description: z.string().nullable(),
  price: z.number(),
  /** The seller. */
  userId: Id,
  /** Number of edits to the listing, from 0 (see `OrderInput`). */
  edition: Count,
  status: TicketStatus,
  /** The order that holds or bought it, otherwise null. */
  orderId: Id.nullable(),
  /** While held: when the buyer's time is up. Otherwise null. */
  heldUntil: Time.nullable(),
  /** The price printed on the ticket, according to the seller. */
  faceValue: z.number().nullable(),
  /** Since when its delivery (a file or a transfer) is there. */
  deliveredAt: Time.nullable(),
  /** Whether a barcode was found in the file; null if it is not a file. */
  isScanned: z.boolean().nullable(),
  /**
   * Deadline of a sold ticket's promised delivery, until it is there. Null, like the two below, to all but the seller
   * and the buyer, and in lists of others and event streams.
   */
  deliverBy: Time.nullable(),
  /** When that deadline passed: nothing can be handed over after that. */
  missedAt: Time.nullable(),
  /** When the buyer first opened the delivery. */
  readAt: Time.nullable(),
  /** Whether it was sold and its buyer then refunded: what was handed over is void. Seller and buyer see this too. */
  isRefunded: z.boolean(),
  /** Why its description is shown only to its seller, who alone sees this; missing if it is shown. */
  review: DescriptionReview.optional(),
  /** Shown to its seller: why others withdrew it, as text, or `account-frozen`. */
  withdrawnFor: z.string().optional(),
  version: Count,
});
export type TicketBody = z.infer<typeof TicketBody>;

/** Sort orders of GET /api/tickets: by event date, by listing age, cheapest or most expensive first. */
export const TICKET_SORTS = ['soonest', 'newest', 'price', '-price'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

/** Query of GET /api/tickets; everything is optional. `cursor` comes from the previous page's `Link` header. */
export interface TicketQuery {
  /** Word prefixes, each of which must occur in the title, venue or city. */
  q?: string;
  category?: Category;
  city?: string;
  /** ISO 8601; earliest start of the event. */
  from?: string;
  /** ISO 8601; latest start of the event. */
  to?: string;
  /** First day (2026-11-21) of the event, in the venue's time zone. */
  fromDay?: string;
  /** Last day of the event, in the venue's time zone. */
  toDay?: string;
  minPrice?: number;
  maxPrice?: number;
  /** Also returns tickets on hold, which may be for sale again. */
  held?: 'include';
  /** Default `newest`. */
  sort?: TicketSort;
  limit?: number;
  cursor?: string;
}

/**
 * GET /api/tickets/cities: cities with the most tickets for sale, a few seconds old. A count of 1,000 means 1,000 or
 * more.
 */
export const CityBody = z.object({ city: z.string(), count: Count });
export type CityBody = z.infer<typeof CityBody>;

/**
 * GET /api/tickets/mine/totals: the seller's listings by status, without refunded ones; `past` ones were not sold before
 * their event started. Of more than 10,000 listings they may be half a minute old.
 */
export const TicketTotals = z.record(
  z.enum([...TicketStatus.options, 'past']),
  z.object({ count: Count, sum: z.number() }),
);
export type TicketTotals = z.infer<typeof TicketTotals>;

/**
 * Event stream messages (`event:` → `data:`).
 * GET /api/tickets/events?ids=…: `ticket`, a listing that changed; `refetch`, when changes may have been missed.
 * GET /api/orders/:id/events: `order`, the order now and on every change, until it is final.
 * GET /api/orders/sales/events: `sale`, a sale that changed, without the texts of its claim.
 */
export interface StreamEvents {
  ticket: TicketBody;
  refetch: Record<string, never>;
  order: OrderBody;
  sale: SaleBody;
}

export const PaymentBody = z.object({
  id: Id,
  orderId: Id,
  status: PaymentStatus,
  /** For Stripe.js, while `status` is `requires_action`. */
  clientSecret: z.string().optional(),
  /** The bank's confirmation page, while `status` is `requires_action` and Stripe provides one. */
  redirectUrl: z.url().optional(),
});
export type PaymentBody = z.infer<typeof PaymentBody>;
