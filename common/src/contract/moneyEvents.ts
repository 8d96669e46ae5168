import { z } from 'zod';
import { RefundReason } from './statuses';

/** The events of payments. Amounts are in minor units. */

const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Minor = z.int().positive();
const Time = z.iso.datetime();

/** A payment of an order; `stripeId` is its PaymentIntent. */
export const PaymentData = z.object({
  id: Id,
  orderId: Id,
  amount: Minor,
  stripeId: z.string(),
  /** Why captured money was refunded, unless we decided it: the buyer won a dispute, or someone used the dashboard. */
  cause: RefundReason.extract(['dispute', 'dashboard']).nullable().default(null),
});
export type PaymentData = z.infer<typeof PaymentData>;

/** A seller's share of a sale: it was transferred to their account at Stripe, or could not be. */
export const PayoutData = z.object({
  /** The payment's. */
  id: Id,
  orderId: Id,
  /** The seller. */
  userId: Id,
  title: z.string(),
  /** Amount to transfer. */
  amount: z.int().nonnegative(),
  /** Amount kept from the share to settle the seller's debts. */
  settled: z.int().nonnegative(),
  /** Why it failed, otherwise null: Stripe's error code. */
  reason: z.string().nullable(),
  at: Time,
});
export type PayoutData = z.infer<typeof PayoutData>;

/** A seller's account at Stripe, as far as others need it. */
export const SellerData = z.object({
  /** The seller. */
  id: Id,
  /** Where their payouts go: the last digits of a bank account, those of the one before, and since when. */
  payoutTo: z.object({ last4: z.string(), former: z.string().nullable(), since: Time }).nullable(),
});
export type SellerData = z.infer<typeof SellerData>;
