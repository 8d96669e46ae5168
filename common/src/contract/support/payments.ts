import { z } from 'zod';
import { PayoutStatus, PayoutWait } from '../payouts';
import { PaymentStatus } from '../statuses';

/** Bodies of /api/payments/support: payments, as the support desk sees them. Amounts and times as in the other bodies. */

const Time = z.iso.datetime();
const Id = z.string().regex(/^[0-9a-f]{24}$/);

/** GET /api/payments/support/payments/:orderId; actions on a payout respond with the result. */
export const SupportPaymentBody = z.object({
  id: Id,
  orderId: Id,
  /** The seller, once the money is captured. */
  sellerId: Id.nullable(),
  status: PaymentStatus,
  amount: z.number(),
  received: z.number(),
  refunded: z.number(),
  disputed: z.number(),
  fee: z.number().nullable(),
  stripeId: z.string().nullable(),
  attempt: z.int().min(0),
  declined: z.string().nullable(),
  dispute: z.string().nullable(),
  payout: z.object({
    status: PayoutStatus,
    wait: PayoutWait.nullable(),
    refusal: z.string().nullable(),
    amount: z.number(),
    transferId: z.string().nullable(),
    paidAt: Time.nullable(),
    /** Since when it is withheld by the support desk, otherwise null. */
    frozenAt: Time.nullable(),
    /** Since when its seller's account is frozen, which withholds it as well; otherwise null. */
    sellerFrozenAt: Time.nullable(),
  }),
  /** Its ledger, oldest first: each entry sums to zero. */
  ledger: z.array(
    z.object({ at: Time.nullable(), lines: z.array(z.object({ account: z.string(), amount: z.number() })) }),
  ),
});
export type SupportPaymentBody = z.infer<typeof SupportPaymentBody>;

/** GET /api/payments/support/queue: what waits for the support desk, oldest first. */
export const PaymentQueueBody = z.object({
  /** Payouts that Stripe refused, that are withheld, or that wait for the support desk after a partial refund. */
  payouts: z.array(SupportPaymentBody),
  /** The audit's findings and their start; gone once the audit finds the payment correct. */
  findings: z.array(z.object({ orderId: Id, problem: z.string(), at: Time })),
  deadLetters: z.int().min(0),
});
export type PaymentQueueBody = z.infer<typeof PaymentQueueBody>;
