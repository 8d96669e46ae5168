import type { TicketBody } from '@ticketing/common/contract';

/**
 * How a ticket reaches its buyer, according to its listing.
 * - `scanned`: a file in which a barcode was read.
 * - `unscanned`: a file in which none could be read.
 * - `transfer`: a link, a code or a note.
 * - `later`: promised, and not there yet.
 * - `arranged`: between seller and buyer, without us.
 */
export type Delivery = 'scanned' | 'unscanned' | 'transfer' | 'later' | 'arranged';

type Handover = Pick<TicketBody, 'delivery' | 'deliveredAt' | 'isScanned'>;

export function deliveryOf({ delivery, deliveredAt, isScanned }: Handover): Delivery {
  if (deliveredAt) return isScanned === null ? 'transfer' : isScanned ? 'scanned' : 'unscanned';
  return delivery ? 'later' : 'arranged';
}

/** Whether its buyer can download a ticket right after paying. */
export const isDownload = (ticket: Handover): boolean => ['scanned', 'unscanned'].includes(deliveryOf(ticket));

/** The status of a bought ticket's delivery: `missed` once its deadline has passed. */
export type Progress = 'there' | 'waiting' | 'missed' | 'arranged';

export function progressOf({
  delivery,
  deliveredAt,
  missedAt,
}: Pick<TicketBody, 'delivery' | 'deliveredAt' | 'missedAt'>): Progress {
  if (missedAt) return 'missed';
  if (deliveredAt) return 'there';
  return delivery ? 'waiting' : 'arranged';
}

/** What can be done with content that was handed over: `image` is shown, `pdf` saved, `wallet` added to a wallet. */
export type ContentKind = 'image' | 'pdf' | 'wallet' | 'transfer';

const kinds: Record<string, ContentKind> = {
  'image/png': 'image',
  'image/jpeg': 'image',
  'application/pdf': 'pdf',
  'application/vnd.apple.pkpass': 'wallet',
  'application/json': 'transfer',
};

/** The kind of content of a media type, such as "application/json; charset=utf-8"; undefined for any other. */
export function kindOf(contentType: string): ContentKind | undefined {
  const media = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(kinds, media) ? kinds[media] : undefined;
}

/** The host of a seller's link, in ASCII, so that look-alike letters do not deceive. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');
