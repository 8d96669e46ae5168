import type { TicketBody, TransferInput } from '@ticketing/common/contract';
import { publicLink } from '@ticketing/common/contract/links';
import type { ListingValues } from './listing';

/** How a ticket gets to its buyer. */

/**
 * How far a listing's delivery is.
 * - `arranged`: seller and buyer arrange it themselves
 * - `promised`: due once it is sold; `due`: due by a deadline; `missed`: too late
 * - `refunded`: the sale was undone, and what was handed over is void
 * - `there`: handed over, but not sold yet; `given`: its buyer can open it; `opened`: they have
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

/** Whether something can be handed over now, or replaced: it is final once someone checks out with it. */
export const canHandOver = ({ status, deliveredAt, missedAt, isRefunded }: Handed): boolean =>
  !missedAt && !isRefunded && status !== 'withdrawn' && (!deliveredAt || status === 'available');

/** What was read in the file handed over; undefined for a transfer, or if there is none. */
export function scanOf({ deliveredAt, isScanned }: Pick<TicketBody, 'deliveredAt' | 'isScanned'>) {
  if (!deliveredAt || isScanned === null) return undefined;
  return isScanned ? 'barcode' : 'noBarcode';
}

/** A transfer as typed. */
export const toTransfer = ({ url = '', code = '', note = '' }: ListingValues): TransferInput => ({
  transfer: { url: url.trim() || null, code: code.trim() || null, note: note.trim() || null },
});

/** The code with which the API would refuse a transfer. */
export function problemOfTransfer(values: ListingValues): 'transfer-empty' | 'transfer-url' | undefined {
  const { url, code, note } = toTransfer(values).transfer;
  if (!url) return code || note ? undefined : 'transfer-empty';
  return publicLink(url) ? undefined : 'transfer-url';
}
