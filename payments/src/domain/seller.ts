import type { NewEvent } from '@ticketing/common/contract';

/** A bank account. */
export interface Bank {
  /** Stripe's fingerprint of it. */
  key: string;
  last4: string;
}

/** Where a seller's payouts go. */
export interface PayoutTo extends Bank {
  /** The last digits of the bank account before it, if there was one. */
  former: string | null;
  /** Since when; null if that was before anyone looked. */
  since: Date | null;
}

/**
 * Where a seller's payouts go, now that they go to `bank`; undefined if that is not new. Of a seller who was set up before
 * anyone looked, it is not known that it is.
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
