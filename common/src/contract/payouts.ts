import { z } from 'zod';

/** Bodies of /api/payments for sellers. Amounts and times as in the other bodies. */

const Time = z.iso.datetime();
const Id = z.string().regex(/^[0-9a-f]{24}$/);
const Sum = z.number().min(0);

/** GET /api/payments/seller: the caller's account for payouts at Stripe, and their money. */
export const SellerBody = z.object({
  state: z.enum(['none', 'incomplete', 'ready', 'restricted']),
  /** What Stripe still requires from the seller, in Stripe's terms. */
  wants: z.array(z.string()),
  currency: z.string().nullable(),
  country: z.string().nullable(),
  /** The marketplace's share of each sale. */
  feePercent: z.number(),
  /** Their shares of sales for which nothing was sent yet. */
  waiting: Sum,
  /** Transfers requested from Stripe and not confirmed yet. */
  onTheWay: Sum,
  paid: Sum,
  /** What they owe for refunded sales that had been paid; their next payouts settle it. */
  debt: Sum,
});
export type SellerBody = z.infer<typeof SellerBody>;

/** GET /api/payments/sellers/:id: what is public about a seller's account at Stripe. */
export const SellerProfileBody = z.object({
  /** Whether Stripe has verified their identity. */
  isConfirmed: z.boolean(),
});
export type SellerProfileBody = z.infer<typeof SellerProfileBody>;

/**
 * State of a seller's share of a sale: `waiting` (see `PayoutWait`), `sending`, `paid`, `reversed` (paid, then taken
 * back), or `void` (the sale was refunded before anything was paid).
 */
export const PayoutStatus = z.enum(['waiting', 'sending', 'paid', 'reversed', 'void']);
export type PayoutStatus = z.infer<typeof PayoutStatus>;

/**
 * Why a payout waits: for its time (`release`), for a claim or a dispute to be decided, for the seller's account at
 * Stripe (`account`), for another try after Stripe refused (`refused`), or for the support desk (`withheld`).
 */
export const PayoutWait = z.enum(['release', 'claim', 'dispute', 'account', 'refused', 'withheld']);
export type PayoutWait = z.infer<typeof PayoutWait>;

/** GET /api/payments/payouts: the seller's share of a sale. */
export const PayoutBody = z.object({
  orderId: Id,
  ticketId: Id,
  title: z.string(),
  /** What the buyer paid. */
  price: Sum,
  /** The marketplace's share. */
  fee: Sum,
  /** Amount kept from the share to settle the seller's debts. */
  settled: Sum,
  /** What the seller gets: the price less the fee and what is kept for debts. */
  amount: Sum,
  status: PayoutStatus,
  /** While it is `waiting`, otherwise null. */
  wait: PayoutWait.nullable(),
  /** Stripe's code, if it refused; otherwise null. */
  refusal: z.string().nullable(),
  /** When it is due, as far as is known. */
  releaseAt: Time.nullable(),
  paidAt: Time.nullable(),
});
export type PayoutBody = z.infer<typeof PayoutBody>;
