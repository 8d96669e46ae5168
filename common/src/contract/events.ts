import { z } from 'zod';
import { EndedData } from './ended';
import { EventDetails } from './listing';
import { PaymentData, PayoutData, SellerData } from './moneyEvents';
import { MessageData, OwedData } from './owed';
import { DeletedData, LeaverData, UserData } from './people';
import {
  CancelReason,
  ClaimReason,
  ClaimStatus,
  OrderStatus,
  RefundReason,
  TicketStatus,
  WithdrawnBy,
} from './statuses';

/**
 * The system's events: every subject and its data.
 *
 * An event's data is the full public state of its aggregate after the change, so a copy built from events needs only
 * the latest one, and duplicates or reordering do no harm. Ids are hexadecimal ObjectIds, money is in minor units
 * (cents), times are ISO 8601 in UTC.
 */
const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Minor = z.int().positive();
const Time = z.iso.datetime();

/**
 * A listing. While it is held or sold, `orderId` is its live order, otherwise null; while it is held, `heldUntil` is
 * the end of that order's window. `seq` is the position of the last order the listing has heard of: `available` at
 * `seq` means that this order, if any, is cancelled.
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
  /** Number of edits to the listing, from 0: the seller's input is the same in two events with the same edition. */
  edition: z.int().nonnegative().default(0),
  /** Whether the seller withdrew it before it heard of the order that holds it: that order must not be sold. */
  withdrawing: z.boolean().default(false),
  /** Since when it is withdrawn, and by whom. Tickets tells the reason only to its seller. */
  withdrawnAt: Time.nullable().default(null),
  withdrawnBy: WithdrawnBy.nullable().default(null),
  /** The price printed on the ticket, according to the seller. */
  faceValue: Minor.nullable().default(null),
  /** Since when its delivery (a file or a transfer) is there. */
  deliveredAt: Time.nullable().default(null),
  /** Whether a barcode was found in the file; null if it is not a file. */
  isScanned: z.boolean().nullable().default(null),
  /** Deadline of a promised delivery, while a sold ticket still lacks it. */
  deliverBy: Time.nullable().default(null),
  /** When that deadline passed: the order is refunded, and nothing can be handed over. */
  missedAt: Time.nullable().default(null),
  /** When the buyer first opened the delivery: the proof of delivery. */
  readAt: Time.nullable().default(null),
  /** Its seller's account was deleted: their texts are erased, here and in its orders. */
  isErased: z.literal(true).optional(),
  /** Its sale was refunded: nobody can read what was handed over any more. */
  isRefunded: z.literal(true).optional(),
});
export type TicketData = z.infer<typeof TicketData>;

/** A buyer's complaint about a complete order. What both sides wrote stays in orders. */
export const ClaimData = z.object({
  reason: ClaimReason,
  status: ClaimStatus,
  openedAt: Time,
  /** Without the seller's answer by then, the buyer is refunded. */
  answerBy: Time,
  answeredAt: Time.nullable().default(null),
  decidedAt: Time.nullable().default(null),
});
export type ClaimData = z.infer<typeof ClaimData>;

/**
 * A reservation. `seq` numbers the orders of one ticket: 1, 2, 3 … Of two orders of a ticket, the higher `seq` is the
 * newer one (a fencing token). The ticket, including its price, is as it was when held; `ticket.userId` is the seller.
 */
export const OrderData = z.object({
  id: Id,
  userId: Id,
  status: OrderStatus,
  /** Why it was cancelled or refunded, otherwise null. */
  reason: z.union([CancelReason, RefundReason]).nullable(),
  expiresAt: Time,
  seq: z.int().positive(),
  completedAt: Time.nullable().default(null),
  refundedAt: Time.nullable().default(null),
  /** Deadline of a promised delivery, while it is not there. */
  deliverBy: Time.nullable().default(null),
  /** When its ticket was handed over, if that was promised or after the sale. */
  deliveredAt: Time.nullable().default(null),
  /** When its seller will be paid if nothing stands against it; may change. */
  releaseAt: Time.nullable().default(null),
  /** When its seller's money was released; final. */
  releasedAt: Time.nullable().default(null),
  /** When its buyer first opened the delivery, and when its pass was used: proof in a dispute. */
  readAt: Time.nullable().default(null),
  usedAt: Time.nullable().default(null),
  claim: ClaimData.nullable().default(null),
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

/** An order's timer fired. Whether the order has expired is for orders to decide. */
export const ExpirationData = z.object({ orderId: Id });
export type ExpirationData = z.infer<typeof ExpirationData>;

/** Subject → schema of its data. The only list of what can be published and received. */
export const subjects = {
  /** auth: someone signed up. */
  'user:created': UserData,
  /** auth: an account changed. */
  'user:updated': UserData,
  /** tickets: a leaver has nothing for sale any more. */
  'user:delisted': LeaverData,
  /** orders: a leaver has no open order or sale either. */
  'user:settled': LeaverData,
  /** payments: a leaver has been paid, and owes nothing. */
  'user:paid': LeaverData,
  /** auth: an account was deleted. */
  'user:deleted': DeletedData,
  /** auth: someone signed out, or an account's sessions were ended. */
  'session:ended': EndedData,
  /** auth: a change to an account owes someone a message. */
  'message:owed': OwedData,
  /** auth: a message about an order was sent or parked. */
  'message:sent': MessageData,
  /** tickets: a listing was created. */
  'ticket:created': TicketData,
  /** tickets: a listing, its status or its delivery changed. */
  'ticket:updated': TicketData,
  /** tickets: the support desk withdrew a listing; in addition to `ticket:updated`. */
  'ticket:withdrawn': TicketData,
  /** orders: a ticket is held until `expiresAt`. */
  'order:created': OrderData,
  /** orders: the order has won the ticket; payments should capture. */
  'order:awaiting-payment': OrderData,
  /** orders: sold. */
  'order:completed': OrderData,
  /** orders: released, for `reason`. */
  'order:cancelled': OrderData,
  /** orders: a claim on a complete order was opened, answered or decided. */
  'order:claimed': OrderData,
  /** orders: nothing stands against paying the seller any more. */
  'order:released': OrderData,
  /** orders: a complete order was refunded, for `reason`: the buyer's money goes back. */
  'order:refunded': OrderData,
  /** expiration: an order's timer fired. */
  'expiration:complete': ExpirationData,
  /** payments: the money is authorized. */
  'payment:authorized': PaymentData,
  /** payments: the money is captured. */
  'payment:created': PaymentData,
  /** payments: an authorized payment could not be captured after all. */
  'payment:failed': PaymentData,
  /** payments: captured money was refunded. */
  'payment:refunded': PaymentData,
  /** payments: a seller's share is on its way to them. */
  'payout:paid': PayoutData,
  /** payments: a seller's share could not be transferred; it will be retried. */
  'payout:failed': PayoutData,
  /** payments: a seller's payouts go to another bank account. */
  'seller:updated': SellerData,
} as const;

export type Subject = keyof typeof subjects;
export type DataOf<S extends Subject> = z.infer<(typeof subjects)[S]>;
