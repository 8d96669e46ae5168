import type { NewEvent } from '@ticketing/common/contract';

/** A bank account. */
export interface Bank {
  /** Stripe's fingerprint of it. */
  key: string;
  last4: string;
}

/** Where a seller's payouts go. */
export interface PayoutTo extends Bank {
  /** The last digits of the previous bank account, if there was one. */
  former: string | null;
  /** Since when; null if unknown, because it was there at the first check. */
  since: Date | null;
}

/**
 * The new destination of a seller's payouts, `bank`; undefined if it is not new. For a seller who was ready before
 * the first check, it may be an old one, so `since` is null.
 */
export function payoutTo(
  { isReady, payoutTo: known }: { isReady: boolean; payoutTo?: PayoutTo | null },
  bank: Bank,
  now: Date,
): PayoutTo | undefined {
  if (known?.key === bank.key) return undefined;
  return { ...bank, former: known?.last4 ?? null, since: isReady && !known ? null : now };
}

/** The event that says where a seller's payouts go, if that ever changed. */
export const sellerEvents = (id: string, { payoutTo: to }: { payoutTo?: PayoutTo | null }): NewEvent[] =>
  to?.since
    ? [
        {
          subject: 'seller:updated',
          data: { id, payoutTo: { last4: to.last4, former: to.former, since: to.since.toISOString() } },
        },
      ]
    : [];
