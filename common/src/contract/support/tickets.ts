import { z } from 'zod';
import { TicketBody } from '../api';
import { edition } from '../bodies';
import { requiredOneOf, text } from '../fields';
import { supportReason } from '../limits';
import { ReportReason } from '../statuses';

/** Bodies of /api/tickets/support: listings, as the support desk sees them. */

const Time = z.iso.datetime();
const Id = z.string().regex(/^[0-9a-f]{24}$/);

/** A report about a listing. */
export const ReportBody = z.object({
  id: Id,
  ticketId: Id,
  reason: ReportReason,
  text: z.string().nullable(),
  at: Time,
});
export type ReportBody = z.infer<typeof ReportBody>;

/** GET /api/tickets/support/listings/:id */
export const SupportListingBody = z.object({
  ticket: TicketBody,
  /** A description that is hidden until it is reviewed, otherwise null. */
  waiting: z.string().nullable(),
  /** Why it was withdrawn by the support desk, otherwise null. */
  withdrawnFor: z.string().nullable(),
  reports: z.array(ReportBody),
});
export type SupportListingBody = z.infer<typeof SupportListingBody>;

/** POST /api/tickets/support/listings/:id/review: whether a description may be shown. */
export const ReviewInput = z.object({
  decision: requiredOneOf('decision', ['show', 'hide']),
  /** The edition that the reviewer saw. */
  edition,
  reason: text('reason', supportReason),
});
export type ReviewInput = z.output<typeof ReviewInput>;

/** GET /api/tickets/support/queue: what waits for the support desk, oldest first. */
export const TicketQueueBody = z.object({
  /** Reported listings that are still for sale or sold, each with its reports. */
  reported: z.array(SupportListingBody),
  /** Listings whose descriptions wait for review. */
  waiting: z.array(SupportListingBody),
  deadLetters: z.int().min(0),
});
export type TicketQueueBody = z.infer<typeof TicketQueueBody>;
