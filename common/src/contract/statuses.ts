import { z } from 'zod';

/**
 * The life of an order: `created → awaiting:payment → complete`, or `created | awaiting:payment → cancelled`. A
 * complete order may be claimed and released, which its status does not show; one whose money was returned becomes
 * `refunded`. `cancelled` and `refunded` are final.
 */
export const OrderStatus = z.enum(['created', 'awaiting:payment', 'complete', 'cancelled', 'refunded']);
export type OrderStatus = z.infer<typeof OrderStatus>;

/**
 * Why an order was released: the buyer cancelled it, its time ran out, its money could not be captured, or the seller
 * had `changed` or `withdrawn` the listing it was made on.
 */
export const CancelReason = z.enum(['buyer', 'expired', 'payment-failed', 'changed', 'withdrawn']);
export type CancelReason = z.infer<typeof CancelReason>;

/**
 * Why a complete order was refunded: its promised delivery missed its deadline, a claim was decided for the buyer, the
 * seller gave the money back, the support desk did, the buyer won a dispute at their bank, or someone refunded it in
 * Stripe's dashboard.
 */
export const RefundReason = z.enum(['not-delivered', 'claim', 'seller', 'support', 'dispute', 'dashboard']);
export type RefundReason = z.infer<typeof RefundReason>;

/** What a buyer can complain about. */
export const ClaimReason = z.enum(['not-delivered', 'not-admitted', 'not-as-described', 'event-cancelled']);
export type ClaimReason = z.infer<typeof ClaimReason>;

/**
 * The life of a claim: `open` until the seller answers or their time is up, `answered` until a person decides, and then
 * `refund` (for the buyer) or `pay` (for the seller).
 */
export const ClaimStatus = z.enum(['open', 'answered', 'refund', 'pay']);
export type ClaimStatus = z.infer<typeof ClaimStatus>;

/** How a listing is handed over: right after the sale (`now`: it is there), or by a deadline after it (`later`). */
export const DeliveryPromise = z.enum(['now', 'later']);
export type DeliveryPromise = z.infer<typeof DeliveryPromise>;

/** `held` and `sold` follow the ticket's live order; a `withdrawn` listing is no longer for sale, for good. */
export const TicketStatus = z.enum(['available', 'held', 'sold', 'withdrawn']);
export type TicketStatus = z.infer<typeof TicketStatus>;

/** Who withdrew a listing: its seller, possibly by leaving; the support desk; or the freeze of its seller's account. */
export const WithdrawnBy = z.enum(['seller', 'support', 'freeze']);
export type WithdrawnBy = z.infer<typeof WithdrawnBy>;

/** What is wrong with a reported listing. */
export const ReportReason = z.enum(['fake', 'not-theirs', 'misleading', 'offensive', 'other']);
export type ReportReason = z.infer<typeof ReportReason>;

/** Roles of accounts: `support` may help others at the support desk. */
export const Role = z.enum(['support']);
export type Role = z.infer<typeof Role>;

/** Contact details, which a description may not show before the support desk has reviewed it. */
export const ContactKind = z.enum(['email', 'phone', 'link', 'handle']);
export type ContactKind = z.infer<typeof ContactKind>;

/** What kind of event a ticket is for. */
export const Category = z.enum(['concert', 'sport', 'theatre', 'comedy', 'festival', 'other']);
export type Category = z.infer<typeof Category>;

/**
 * The life of a payment.
 * - `pending`: Stripe is being called, or its answer was lost and is being looked up.
 * - `requires_action`: the buyer must confirm with their bank (3-D Secure).
 * - `authorized`: the money is held, nothing has been charged.
 * - `captured`: charged; the ticket is the buyer's.
 * - `declined`: refused by the bank; another attempt may follow.
 * - `released`: the order ended without a sale and the money is no longer held.
 * - `refunded`: captured, then refunded: by us, if no order had won, or from Stripe's dashboard.
 */
export const PaymentStatus = z.enum([
  'pending',
  'requires_action',
  'authorized',
  'captured',
  'declined',
  'released',
  'refunded',
]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;
