import type { ReportReason } from '@ticketing/common/contract';

/** A report of a listing; at most one per reporter. */
export interface Report {
  ticketId: string;
  /** A hash of their account, or of their network. */
  by: string;
  reason: ReportReason;
  text: string | null;
  /** MongoDB deletes it a year later. */
  at: Date;
  /** When the support desk was done with it. */
  closedAt?: Date;
}
