import type { TicketBody, TransferInput } from '@ticketing/common/contract';
import { publicLink } from '@ticketing/common/contract/links';
import type { ListingValues } from './listing';

/** How a ticket gets to its buyer. */

/**
 * How far a listing's delivery is.
 * - `arranged`: seller and buyer see to it themselves
 * - `promised`: owed once it is sold; `due`: owed by a deadline; `missed`: too late
 * - `refunded`: sold and undone, what was handed over is void
 * - `there`: nobody has bought it yet; `given`: its buyer can open it; `opened`: they have
 */
export type DeliveryState = 'arranged' | 'promised' | 'due' | 'missed' | 'refunded' | 'there' | 'given' | 'opened';

type Handed = Pick<
  TicketBody,
  'status' | 'delivery' | 'deliveredAt' | 'deliverBy' | 'missedAt' | 'readAt' | 'isRefunded'
>;

export function deliveryState(ticket: Handed): DeliveryState {
  const { status, delivery, deliveredAt, deliverBy, missedAt, readAt, isRefunded } = ticket;
  if (missedAt) return 'missed';
  if (isRefunded) return 'refunded';
  if (readAt) return 'opened';
  if (deliveredAt) return status === 'sold' ? 'given' : 'there';
  if (deliverBy) return 'due';
  return delivery ? 'promised' : 'arranged';
}

/** Whether something can be handed over now, or replaced: what is there is final once someone checks out with it. */
export const canHandOver = ({ status, deliveredAt, missedAt, isRefunded }: Handed): boolean =>
  !missedAt && !isRefunded && status !== 'withdrawn' && (!deliveredAt || status === 'available');

/** What was read in a file that is there; undefined for a transfer, or if nothing is there. */
export function scanOf({ deliveredAt, isScanned }: Pick<TicketBody, 'deliveredAt' | 'isScanned'>) {
  if (!deliveredAt || isScanned === null) return undefined;
  return isScanned ? 'barcode' : 'noBarcode';
}

/** A transfer as typed. */
export const toTransfer = ({ url = '', code = '', note = '' }: ListingValues): TransferInput => ({
  transfer: { url: url.trim() || null, code: code.trim() || null, note: note.trim() || null },
});

/** Why the API would refuse a transfer, as its code. */
export function problemOfTransfer(values: ListingValues): 'transfer-empty' | 'transfer-url' | undefined {
  const { url, code, note } = toTransfer(values).transfer;
  if (!url) return code || note ? undefined : 'transfer-empty';
  return publicLink(url) ? undefined : 'transfer-url';
}
