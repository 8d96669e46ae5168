import { z } from 'zod';

/**
 * What one service holds about the caller: lists by name. Amounts are in minor units, times are ISO 8601 in UTC.
 * GET /api/users/me/export, /api/tickets/mine/export, /api/orders/export, /api/payments/export.
 */
export const ExportBody = z
  .object({ service: z.string(), userId: z.string(), exportedAt: z.iso.datetime() })
  .catchall(z.array(z.record(z.string(), z.unknown())));
export type ExportBody = z.infer<typeof ExportBody>;

const Count = z.int().min(0);

/** GET /api/orders/leaving: what the deletion of an account waits for, counted up to 1,000 each. */
export const UnsettledBody = z.object({
  /** Tickets that the caller holds and has not paid. */
  holds: Count,
  /** Bought tickets whose seller may not be paid yet, or whose refund is in progress. */
  purchases: Count,
  /** The same for sold tickets. */
  sales: Count,
  /** When the last of these will be released, as far as known. */
  until: z.iso.datetime().nullable(),
});
export type UnsettledBody = z.infer<typeof UnsettledBody>;
