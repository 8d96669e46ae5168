import { z } from 'zod';
import { EventDetails } from './listing';
import { CancelReason, ClaimReason, ClaimStatus, OrderStatus, RefundReason } from './statuses';

/** Bodies of /api/orders: what a buyer and a seller see of an order. Prices and times as in the other bodies. */

const Time = z.iso.datetime();
const Count = z.int().min(0);
const Id = z.string().regex(/^[0-9a-f]{24}$/);

/** The ticket as it was when its order was placed; its description is null in lists. */
const HeldTicket = EventDetails.extend({
  id: Id,
  title: z.string(),
  description: z.string().nullable(),
  price: z.number(),
  edition: Count,
});

/** A buyer's complaint about a complete order. */
export const ClaimBody = z.object({
  reason: ClaimReason,
  /** What the buyer wrote; null in GET /api/orders and in event streams, which omit long texts. */
  text: z.string().nullable(),
  status: ClaimStatus,
  openedAt: Time,
  /** Without the seller's answer by then, the buyer is refunded. */
  answerBy: Time,
  answeredAt: Time.nullable(),
  decidedAt: Time.nullable(),
  /** The seller's answer; null where `text` is, and until there is one. */
  answer: z.string().nullable(),
});
export type ClaimBody = z.infer<typeof ClaimBody>;

export const OrderBody = z.object({
  id: Id,
  /** The buyer. */
  userId: Id,
  status: OrderStatus,
  /** Why it was cancelled or refunded, otherwise null. */
  reason: z.union([CancelReason, RefundReason]).nullable(),
  expiresAt: Time,
  completedAt: Time.nullable(),
  refundedAt: Time.nullable(),
  /** Deadline of a promised delivery, while it is not there. */
  deliverBy: Time.nullable(),
  /** When its ticket was handed over, if that was promised or after the sale. */
  deliveredAt: Time.nullable(),
  /** When its seller will be paid if nothing stands against it; may change. */
  releaseAt: Time.nullable(),
  /** When its seller's money was released: it can no longer be claimed. */
  releasedAt: Time.nullable(),
  claim: ClaimBody.nullable(),
  ticket: HeldTicket,
  /** Once complete, from GET /api/orders/:id: admits its bearer (see PassBody). */
  pass: z.string().optional(),
  /**
   * For a cancelled order, from GET /api/orders/:id, if the buyer's time for the ticket is still running or used up:
   * they can hold it again until that time ends (`until`), and then from a later time on (`from`).
   */
  again: z.object({ until: Time, from: Time }).optional(),
  version: Count,
});
export type OrderBody = z.infer<typeof OrderBody>;

/** GET /api/orders/sales: a completed order, as its seller sees it. */
export const SaleBody = OrderBody.pick({
  id: true,
  status: true,
  reason: true,
  completedAt: true,
  refundedAt: true,
  deliverBy: true,
  deliveredAt: true,
  releaseAt: true,
  releasedAt: true,
  claim: true,
  ticket: true,
  version: true,
});
export type SaleBody = z.infer<typeof SaleBody>;

/** GET /api/orders/passes/:pass: a genuine pass and what it admits to. Anyone who has it may ask; 404 otherwise. */
export const PassBody = z.object({
  orderId: Id,
  ticket: HeldTicket,
  /** When it was used (POST /api/orders/passes/:pass/use), otherwise null. */
  usedAt: Time.nullable(),
});
export type PassBody = z.infer<typeof PassBody>;
