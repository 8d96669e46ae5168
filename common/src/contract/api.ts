import type { EventDetails } from './listing';
import type { RefusalCode, RefusalParams } from './refusals';
import type { CancelReason, Category, OrderStatus, PaymentStatus, TicketStatus } from './statuses';

/** The bodies of the HTTP API. Prices are decimal numbers of major units; times are ISO 8601 in UTC. */

/** Every answer of 400 and above. */
export interface ErrorBody {
  errors: ErrorItem[];
}

export interface ErrorItem {
  /** Stable, for programs: see `refusals`. */
  code: RefusalCode;
  /** English, for developers. */
  message: string;
  /** The input that has to change, where there is one. */
  field?: string;
  /** The values that the message speaks of. */
  params?: RefusalParams;
}

export interface UserBody {
  id: string;
  email: string;
}

/** GET /api/users/currentuser */
export interface CurrentUserBody {
  currentUser: UserBody | null;
}

export interface TicketBody extends EventDetails {
  id: string;
  title: string;
  /** Null in lists, which carry no long texts: GET /api/tickets/:id has it. */
  description: string | null;
  price: number;
  /** The seller. */
  userId: string;
  /** Counts the edits of the listing, from 0 (see `OrderInput`). */
  edition: number;
  status: TicketStatus;
  /** The order that holds or bought it, else null. */
  orderId: string | null;
  /** While it is held: when the buyer's time is up, else null. */
  heldUntil: string | null;
  version: number;
}

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
export interface CountBody {
  count: number;
  /** There are more than `count`. */
  isMore: boolean;
}

/** GET /api/tickets/cities: those of most tickets for sale, some seconds ago. A count of 1,000 means that or more. */
export interface CityBody {
  city: string;
  count: number;
}

/** GET /api/tickets/mine/totals: how the seller's listings stand; `past` could not be sold before their event began. */
export type TicketTotals = Record<TicketStatus | 'past', { count: number; sum: number }>;

export interface OrderBody {
  id: string;
  /** The buyer. */
  userId: string;
  status: OrderStatus;
  /** Why it was cancelled, else null. */
  reason: CancelReason | null;
  expiresAt: string;
  /** The ticket as it was when the order was placed; its description is null in lists. */
  ticket: { id: string; title: string; description: string | null; price: number; edition: number } & EventDetails;
  /** Once complete, from GET /api/orders/:id: lets its bearer in (see PassBody). */
  pass?: string;
  /**
   * Of a cancelled one, from GET /api/orders/:id, where its buyer's time for the ticket goes on or is used up: they may
   * hold it again until the end of that time (`until`), and then from a later time on (`from`).
   */
  again?: { until: string; from: string };
  version: number;
}

/** GET /api/orders/passes/:pass: a pass that is genuine, and what it is for. Anyone who holds it may ask; 404 otherwise. */
export interface PassBody {
  orderId: string;
  ticket: OrderBody['ticket'];
  /** When it was used up (POST /api/orders/passes/:pass/use), else null. */
  usedAt: string | null;
}

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

export interface PaymentBody {
  id: string;
  orderId: string;
  status: PaymentStatus;
  /** For Stripe.js, while `status` is `requires_action`. */
  clientSecret?: string;
  /** Where the bank asks the buyer to confirm, while `status` is `requires_action` and Stripe names a page. */
  redirectUrl?: string;
}
