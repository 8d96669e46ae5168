import { z } from 'zod';
import { field, isGiven, type Read } from './fields';
import { MAX_DELIVERY, transferLimits } from './limits';
import { publicLink } from './links';
import type { EventDetails } from './listing';
import { isClean, isVisible } from './text';

/** What a seller hands over for a listing: a file or a transfer. */

/** Files are uploaded in parts of this many bytes; the last one may be smaller. */
export const UPLOAD_PART = 512 * 1024;

const HOUR = 3_600_000;
/** A ticket whose promised delivery is not there yet is sold until this long before its event, in milliseconds. */
export const PROMISE_SOLD_BEFORE = 3 * HOUR;
/** A promised delivery must be there this long before its event, in milliseconds. */
export const PROMISE_DUE_BEFORE = 2 * HOUR;

/** Whether a delivery was promised and is not there yet. */
export const isPromiseOpen = (ticket: Pick<EventDetails, 'delivery'> & { deliveredAt?: unknown }): boolean =>
  Boolean(ticket.delivery) && !ticket.deliveredAt;

/** How a buyer gets a ticket elsewhere: a link (https only) or a code, and a note. */
export const Transfer = z.object({
  url: z.string().nullable(),
  code: z.string().nullable(),
  note: z.string().nullable(),
});
export type Transfer = z.infer<typeof Transfer>;

const transfer = field<Transfer>(
  (input): Read<Transfer> => {
    const given = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
    const read: Transfer = { url: null, code: null, note: null };
    for (const name of ['url', 'code', 'note'] as const) {
      const value = given[name];
      if (!isGiven(value)) continue;
      const max = transferLimits[name];
      if (typeof value !== 'string' || value.length > max)
        return { problem: { code: 'text-too-long', params: { field: name, max } } };
      if (!isClean(value, name === 'note')) return { problem: { code: 'text-characters', params: { field: name } } };
      read[name] = isVisible(value) ? value.trim() : null;
    }
    if (read.url !== null) {
      const link = publicLink(read.url);
      if (link === undefined || link.length > transferLimits.url) return { problem: { code: 'transfer-url' } };
      read.url = link;
    }
    if (!(read.url ?? read.code ?? read.note)) return { problem: { code: 'transfer-empty' } };
    return { value: read };
  },
  {
    type: 'object',
    properties: {
      url: { type: ['string', 'null'], format: 'uri', maxLength: transferLimits.url },
      code: { type: ['string', 'null'], maxLength: transferLimits.code },
      note: { type: ['string', 'null'], maxLength: transferLimits.note },
    },
  },
);

/** PUT /api/tickets/:id/delivery */
export const TransferInput = z.object({ transfer });
export type TransferInput = z.output<typeof TransferInput>;

const size = field<number>(
  (input): Read<number> =>
    Number.isSafeInteger(input) && Number(input) >= 1 && Number(input) <= MAX_DELIVERY
      ? { value: Number(input) }
      : { problem: { code: 'upload-size', params: { max: MAX_DELIVERY } } },
  { type: 'integer', minimum: 1, maximum: MAX_DELIVERY },
);

/** POST /api/tickets/:id/delivery/uploads: the file's size in bytes. */
export const UploadInput = z.object({ size });
export type UploadInput = z.output<typeof UploadInput>;

/** An unfinished upload: which of its parts have arrived. */
export const UploadBody = z.object({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  size: z.int().positive(),
  /** Size of every part but the last, in bytes. */
  partSize: z.int().positive(),
  /** The numbers of the parts that have arrived, from 0. */
  parts: z.array(z.int().nonnegative()),
  /** When it is discarded if still incomplete. */
  expiresAt: z.iso.datetime(),
});
export type UploadBody = z.infer<typeof UploadBody>;

/** GET /api/tickets/:id/delivery, unless it is a file. */
export const TransferBody = z.object({ transfer: Transfer });
export type TransferBody = z.infer<typeof TransferBody>;
