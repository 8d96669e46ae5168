import type { ClaimReason, ReportReason } from '@ticketing/common/contract';
import { claimText, reportText } from '@ticketing/common/contract/limits';

/** What a buyer can complain about, in display order. */
export const claimReasons: readonly ClaimReason[] = [
  'not-delivered',
  'not-admitted',
  'not-as-described',
  'event-cancelled',
];

/** What can be wrong with a listing, in display order. */
export const reportReasons: readonly ReportReason[] = ['fake', 'not-theirs', 'misleading', 'offensive', 'other'];

/** Maximum lengths, in UTF-16 units, of what is written about it. */
export const maxLengths = { claim: claimText.max, report: reportText.max };
