import { Router, type Request } from 'express';
import { audited, readAudit } from './audit';
import { Refusal, ReasonInput } from './contract';
import { findParked, listParked, unpark, type Parked } from './deadletters';
import type { Logger } from './logger';
import { causeOf } from './requests';
import type { Cause } from './outbox';
import type { Sessions } from './session';
import { idOf, limitOf, readBody, validateBody, validateId } from './validation';

const PAGE = { standard: 50, max: 100 };

/**
 * An action of the support desk, in its audit log before it is taken.
 * @param action its name there, such as `refund`
 */
export function act<T>(
  req: Request,
  action: string,
  target: string,
  reason: string,
  run: (cause: Cause) => Promise<T>,
): Promise<T> {
  if (!req.res) throw new Error('An action answers a request');
  const { caller, log } = req.res.locals as { caller: { id: string }; log: Logger };
  const cause = causeOf(req);
  return audited({ by: caller.id, action, target, reason, trace: cause.trace }, log, () => run(cause));
}

/**
 * What the support desk can do in every service: read its audit log, and have parked events handled again.
 * @param base the service's routes, such as `/api/orders`
 */
export function supportRoutes(
  base: string,
  { requireSupport }: Pick<Sessions, 'requireSupport'>,
  handle: (parked: Parked) => Promise<void>,
) {
  const router = Router();

  router.get(`${base}/support/audit`, requireSupport, async (req, res) => {
    const limit = limitOf(req.query, PAGE);
    const target = targetOf(req.query.target);
    const found = await readAudit(limit, { before: numberOf(req.query.cursor), ...(target && { target }) });
    const last = found.at(-1);
    if (last && found.length === limit) {
      const page = new URLSearchParams({ limit: `${limit}`, cursor: `${last.number}`, ...(target && { target }) });
      res.set('Link', `<${base}/support/audit?${page.toString()}>; rel="next"`);
    }
    res.json(found);
  });

  router.get(`${base}/support/deadletters`, requireSupport, async (_req, res) => {
    res.json(await listParked(PAGE.max));
  });

  router.post(
    `${base}/support/deadletters/:id/redrive`,
    requireSupport,
    validateId(),
    validateBody(ReasonInput),
    async (req, res) => {
      const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
      await act(req, 'redrive', id, reason, async () => {
        const parked = await findParked(id);
        if (!parked) throw new Refusal('dead-letter-not-found');
        await handle(parked).catch((error: unknown) => {
          throw new Refusal('redrive-failed', { params: { problem: problemOf(error) } });
        });
        await unpark(id);
      });
      res.status(204).end();
    },
  );

  return router;
}

const problemOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200);

const LONGEST_TARGET = 300;

/** Which actions to look for: undefined for all. */
function targetOf(target: Request['query'][string]): string | undefined {
  if (target === undefined) return undefined;
  if (typeof target === 'string' && target && target.length <= LONGEST_TARGET) return target;
  throw new Refusal('search-unclear', { field: 'target' });
}

/** A cursor is the number of the previous page's last entry. */
function numberOf(cursor: Request['query'][string]): number | undefined {
  if (cursor === undefined) return undefined;
  if (typeof cursor === 'string' && /^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor);
  throw new Refusal('cursor-unknown', { field: 'cursor' });
}
