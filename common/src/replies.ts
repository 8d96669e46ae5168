import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ErrorRequestHandler, Response } from 'express';
import { messageOf, Refusal, type ErrorBody, type ErrorItem, type Problem } from './contract';
import { isConflict, isOutage } from './errors';
import type { Logger } from './logger';
import { causeOf, logCutOff, logSecurity, routeOf } from './requests';
import type { Caller } from './session';

/** Maximum body size, in express.json's format. */
export const BODY_LIMIT = '64kb';

/** One error in a response. */
export const toItem = ({ code, params }: Problem, field?: string): ErrorItem => ({
  code,
  message: messageOf({ code, params }),
  ...(field && { field }),
  ...(params && { params }),
});

/** Refuses a request; the log has the codes. */
export function replyErrors(res: Response, status: number, errors: ErrorItem[]) {
  res.locals.refused = errors.map(({ code }) => code);
  res.status(status).json({ errors } satisfies ErrorBody);
}

/**
 * Sends content as it is read, and cuts the response off if that takes longer than `within` milliseconds. If the content
 * cannot be read to its end, that is logged; a reader who leaves, or is too slow, is not.
 */
export async function sendStream(res: Response, content: AsyncIterable<Buffer | string>, within: number) {
  let failure: unknown;
  async function* read() {
    try {
      yield* content;
    } catch (error) {
      // Once the response is destroyed, that is why: its end is thrown into whatever is being read.
      if (!res.destroyed) failure = error;
      throw error;
    }
  }
  await pipeline(Readable.from(read()), res, { signal: AbortSignal.timeout(within) }).catch(() => res.destroy());
  if (failure) logCutOff(res, failure);
}

/** HTTP methods that change nothing. */
export const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refusals that indicate attempts at unauthorized or excessive access. */
const GUARDED = new Set([401, 403, 429]);

function replyRefusal(res: Response, refusal: Refusal) {
  if (GUARDED.has(refusal.status)) {
    const caller = res.locals.caller as Caller | undefined;
    logSecurity(res.req, 'request-refused', { account: caller?.id, code: refusal.code });
  }
  if (refusal.retryAfter) res.set('Retry-After', String(Math.ceil(refusal.retryAfter)));
  replyErrors(res, refusal.status, [toItem(refusal, refusal.field)]);
}

/** The one place where errors become responses. */
export const answerErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    const refusal = refusalOf(error);
    if (refusal) return replyRefusal(res, refusal);
    const where = { ...causeOf(req), method: req.method, route: routeOf(req) };
    if (isOutage(error)) {
      log.warn({ err: error, ...where }, 'a server is unreachable');
      // A write whose response was lost may have happened.
      return replyRefusal(
        res,
        new Refusal(SAFE.has(req.method) ? 'unavailable' : 'outcome-unknown', { retryAfter: 1 }),
      );
    }
    log.error({ err: error, ...where }, 'request failed');
    replyRefusal(res, new Refusal('broken'));
  };

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (isConflict(error)) return new Refusal('conflict');
  const { type = '', status, limit } = error as { type?: string; status?: number; limit?: number };
  if (type === 'entity.too.large' && limit)
    return new Refusal('body-too-large', { params: { limit: `${limit / 1024}kb` } });
  return bodyRefusals[type] ?? (status === 400 ? new Refusal('request-unreadable') : undefined);
}

/** express.json's errors by `type`. */
const bodyRefusals: Record<string, Refusal> = {
  'entity.parse.failed': new Refusal('body-not-json'),
  'encoding.unsupported': new Refusal('body-encoding'),
  'charset.unsupported': new Refusal('body-charset'),
  'request.aborted': new Refusal('body-incomplete'),
  'request.size.invalid': new Refusal('body-length'),
};
