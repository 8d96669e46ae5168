import { z } from 'zod';
import { EventDetails } from './listing';
import { refusals, type RefusalCode } from './refusals';
import { CancelReason, OrderStatus, PaymentStatus, TicketStatus, type Category } from './statuses';

/** The bodies of the HTTP API. Prices are decimal numbers of major units; times are ISO 8601 in UTC. */

const Time = z.iso.datetime();
const Count = z.int().min(0);
const Id = z.string().regex(/^[0-9a-f]{24}$/);

export const ErrorItem = z.object({
  /** Stable, for programs: see `refusals`. */
  code: z.enum(Object.keys(refusals) as RefusalCode[]),
  /** English, for developers. */
  message: z.string(),
  /** The input that has to change, where there is one. */
  field: z.string().optional(),
  /** The values that the message speaks of. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ErrorItem = z.infer<typeof ErrorItem>;

/** Every answer of 400 and above. */
export const ErrorBody = z.object({ errors: z.array(ErrorItem).min(1) });
export type ErrorBody = z.infer<typeof ErrorBody>;

export const UserBody = z.object({ id: Id, email: z.string() });
export type UserBody = z.infer<typeof UserBody>;

/** GET /api/users/currentuser */
export const CurrentUserBody = z.object({ currentUser: UserBody.nullable() });
export type CurrentUserBody = z.infer<typeof CurrentUserBody>;

export const TicketBody = EventDetails.extend({
  id: Id,
  title: z.string(),
  /** Null in lists, which carry no long texts: GET /api/tickets/:id has it. */
  description: z.string().nullable(),
  price: z.number(),
  /** The seller. */
  userId: Id,
  /** Counts the edits of the listing, from 0 (see `OrderInput`). */
  edition: Count,
  status: TicketStatus,
  /** The order that holds or bought it, else null. */
  orderId: Id.nullable(),
  /** While it is held: when the buyer's time is up, else null. */
  heldUntil: Time.nullable(),
  version: Count,
});
export type TicketBody = z.infer<typeof TicketBody>;

/** The orders in which GET /api/tickets lists: by date of the event, by age of the listing, cheapest or dearest first. */
export const TICKET_SORTS = ['soonest', 'newest', 'price', '-price'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];

/** The query of GET /api/tickets; all of it may be left out. `cursor` comes from the `Link` header of the page before. */
export interface TicketQuery {
  /** Beginnings of words, each of which the title, the venue or the city has. */
  q?: string;
  category?: Category;
  city?: string;
  /** ISO 8601; the first moment at which the event may begin. */
  from?: string;
  /** ISO 8601; the last moment at which the event may begin. */
  to?: string;
  /** The first day (2026-11-21) on which the event may begin, as the calendar at its venue has it. */
  fromDay?: string;
  /** The last day on which the event may begin. */
  toDay?: string;
  minPrice?: number;
  maxPrice?: number;
  /** Brings what others hold as well: it may be for sale again. */
  held?: 'include';
  /** `newest` unless set. */
  sort?: TicketSort;
  limit?: number;
  cursor?: string;
}

/** GET /api/tickets/count: how many are for sale, held ones too, some seconds ago; counted up to a limit. */
export const CountBody = z.object({
  count: Count,
  /** There are more than `count`. */
  isMore: z.boolean(),
});
export type CountBody = z.infer<typeof CountBody>;

/** GET /api/tickets/cities: those of most tickets for sale, some seconds ago. A count of 1,000 means that or more. */
export const CityBody = z.object({ city: z.string(), count: Count });
export type CityBody = z.infer<typeof CityBody>;

/** GET /api/tickets/mine/totals: how the seller's listings stand; `past` could not be sold before their event began. */
export const TicketTotals = z.record(
  z.enum([...TicketStatus.options, 'past']),
  z.object({ count: Count, sum: z.number() }),
);
export type TicketTotals = z.infer<typeof TicketTotals>;

/** The ticket as it was when its order was placed; its description is null in lists. */
const HeldTicket = EventDetails.extend({
  id: Id,
  title: z.string(),
  description: z.string().nullable(),
  price: z.number(),
  edition: Count,
});

export const OrderBody = z.object({
  id: Id,
  /** The buyer. */
  userId: Id,
  status: OrderStatus,
  /** Why it was cancelled, else null. */
  reason: CancelReason.nullable(),
  expiresAt: Time,
  ticket: HeldTicket,
  /** Once complete, from GET /api/orders/:id: lets its bearer in (see PassBody). */
  pass: z.string().optional(),
  /**
   * Of a cancelled one, from GET /api/orders/:id, where its buyer's time for the ticket goes on or is used up: they may
   * hold it again until the end of that time (`until`), and then from a later time on (`from`).
   */
  again: z.object({ until: Time, from: Time }).optional(),
  version: Count,
});
export type OrderBody = z.infer<typeof OrderBody>;

/** GET /api/orders/passes/:pass: a pass that is genuine, and what it is for. Anyone who holds it may ask; 404 otherwise. */
export const PassBody = z.object({
  orderId: Id,
  ticket: HeldTicket,
  /** When it was used up (POST /api/orders/passes/:pass/use), else null. */
  usedAt: Time.nullable(),
});
export type PassBody = z.infer<typeof PassBody>;

/**
 * What the event streams say (`event:` → `data:`).
 * GET /api/tickets/events?ids=…: `ticket`, a listing that changed; `refetch`, when changes may have been missed.
 * GET /api/orders/:id/events: `order`, the order as it is now and whenever it changes.
 */
export interface StreamEvents {
  ticket: TicketBody;
  refetch: Record<string, never>;
  order: OrderBody;
}

export const PaymentBody = z.object({
  id: Id,
  orderId: Id,
  status: PaymentStatus,
  /** For Stripe.js, while `status` is `requires_action`. */
  clientSecret: z.string().optional(),
  /** Where the bank asks the buyer to confirm, while `status` is `requires_action` and Stripe names a page. */
  redirectUrl: z.url().optional(),
});
export type PaymentBody = z.infer<typeof PaymentBody>;
