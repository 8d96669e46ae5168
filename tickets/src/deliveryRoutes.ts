import {
  callerOf,
  causeOf,
  idOf,
  networkOf,
  Places,
  readBody,
  Refusal,
  Router,
  sendStream,
  SharedPlaces,
  TransferInput,
  UPLOAD_PART,
  UploadInput,
  validateBody,
  validateId,
  type Sessions,
  type Transfer,
} from '@ticketing/common';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Deliveries } from './deliveries';
import type { ContentType } from './domain/delivery';
import type { Sender } from './refused';

/**
 * Bodies of parts in memory at once, per account and per network: each has up to 512 KB, and may take half a
 * minute to arrive.
 */
const IN_FLIGHT = { total: 40, ofAccount: 3, ofNetwork: 8 };

/**
 * Concurrent downloads: in total, per account and per network; and how long each may take, in milliseconds. A
 * part or two of each are in memory while its reader is slow.
 */
const [READ_AT_ONCE, READ_WITHIN] = [{ total: 60, ofAccount: 4, ofNetwork: 20 }, 120_000];

const media: Record<Exclude<ContentType, 'transfer'>, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  pkpass: 'application/vnd.apple.pkpass',
};

export function deliveryRoutes(deliveries: Deliveries, sessions: Sessions) {
  const router = Router();
  const BASE = '/api/tickets/:id/delivery';
  const UPLOAD = `${BASE}/uploads/:uploadId`;
  const own = [sessions.require, validateId()];
  const ofUpload = [...own, validateId('uploadId')];

  router.put(BASE, ...own, validateBody(TransferInput), async (req, res) => {
    const { transfer } = readBody(TransferInput, req);
    res.json(await deliveries.transfer(idOf(req), senderOf(req), transfer, causeOf(req)));
  });

  // A HEAD request would be recorded as a read, although nothing is sent.
  router.head(BASE, (_req, res) => void res.set('Allow', 'GET, PUT').status(404).end());

  const readers = new SharedPlaces(READ_AT_ONCE);
  router.get(BASE, ...own, async (req, res) => {
    const leave = readers.take(senderOf(req));
    if (!leave) throw new Refusal(readers.full ? 'unavailable' : 'too-many-requests', { retryAfter: 1 });
    try {
      await send(res, await deliveries.read(idOf(req), callerOf(res).id, causeOf(req)));
    } finally {
      leave();
    }
  });

  router.post(`${BASE}/uploads`, ...own, validateBody(UploadInput), async (req, res) => {
    const { size } = readBody(UploadInput, req);
    res.status(201).json(await deliveries.begin(idOf(req), callerOf(res).id, size));
  });

  router.get(UPLOAD, ...ofUpload, async (req, res) => {
    res.json(await deliveries.upload(idOf(req), idOf(req, 'uploadId'), callerOf(res).id));
  });

  router.put(`${UPLOAD}/parts/:part`, ...ofUpload, inPlace(), bytes, async (req, res) => {
    const part = /^\d{1,4}$/.test(String(req.params.part)) ? Number(req.params.part) : -1;
    const content = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    await deliveries.part(idOf(req), idOf(req, 'uploadId'), part, callerOf(res).id, content);
    res.status(204).end();
  });

  router.post(`${UPLOAD}/complete`, ...ofUpload, async (req, res) => {
    res.json(await deliveries.complete(idOf(req), idOf(req, 'uploadId'), senderOf(req), causeOf(req)));
  });

  return router;
}

const senderOf = (req: Request): Sender => ({
  id: callerOf(req.res as Response).id,
  network: networkOf(req.ip),
});

const bytes = express.raw({ type: () => true, limit: UPLOAD_PART, inflate: false });

/** Limits the bodies in memory, before they are read. */
function inPlace(): RequestHandler {
  const { total, ofAccount, ofNetwork } = IN_FLIGHT;
  const limits = [new Places({ total, each: ofAccount }), new Places({ total, each: ofNetwork })] as const;
  return (req, res, next) => {
    for (const [at, holder] of [callerOf(res).id, networkOf(req.ip)].entries()) {
      const leave = limits[at]?.take(holder);
      if (!leave) throw new Refusal('too-many-uploads', { retryAfter: 1 });
      res.once('close', leave);
    }
    next();
  };
}

async function send(res: Response, { type, size, parts }: Awaited<ReturnType<Deliveries['read']>>) {
  attach(res, type);
  if (type !== 'transfer') {
    res.set({ 'Content-Type': media[type], 'Content-Length': String(size) });
    return sendStream(res, parts, READ_WITHIN);
  }
  for await (const part of parts) res.json({ transfer: JSON.parse(part.toString()) as Transfer });
}

/** A stranger's content: to be saved, never displayed. No response runs as a page of ours (see `createApp`). */
function attach(res: Response, type: ContentType) {
  const name = type === 'transfer' ? 'transfer.json' : `ticket.${type === 'jpeg' ? 'jpg' : type}`;
  res.set({
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
}
