import type { OrderStatus, CancelReason, PaymentStatus, TicketStatus } from './statuses';

/** The bodies of the HTTP API. Prices are decimal numbers of major units; times are ISO 8601 in UTC. */

/** Every answer of 400 and above. `field` names the input that is to be mended. */
export interface ErrorBody {
  errors: { message: string; field?: string }[];
}

export interface UserBody {
  id: string;
  email: string;
}

/** GET /api/users/currentuser */
export interface CurrentUserBody {
  currentUser: UserBody | null;
}

export interface TicketBody {
  id: string;
  title: string;
  price: number;
  /** The seller. */
  userId: string;
  status: TicketStatus;
  /** The order that holds or bought it, else null. */
  orderId: string | null;
  version: number;
}

export interface OrderBody {
  id: string;
  /** The buyer. */
  userId: string;
  status: OrderStatus;
  /** Why it was cancelled, else null. */
  reason: CancelReason | null;
  expiresAt: string;
  /** The ticket as it was when the order was placed. */
  ticket: { id: string; title: string; price: number };
  version: number;
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
