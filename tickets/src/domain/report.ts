import type { ReportReason } from '@ticketing/common/contract';

/** What someone said about a listing; each may say one thing about it. */
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
