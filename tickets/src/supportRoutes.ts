import {
  act,
  callerOf,
  idOf,
  readBody,
  ReasonInput,
  ReviewInput,
  Router,
  soughtOf,
  validateBody,
  validateId,
  type Sessions,
} from '@ticketing/common';
import type { Support } from './support';

/** HTTP for the support desk. Every action is in the audit log, under its listing or report, before it is taken. */
export function supportRoutes(support: Support, { requireSupport }: Pick<Sessions, 'requireSupport'>) {
  const router = Router();
  const base = '/api/tickets/support';
  const listing = `${base}/listings/:id`;
  const reason = validateBody(ReasonInput);

  router.get(`${base}/find`, requireSupport, async (req, res) => {
    res.json(await support.find(soughtOf(req.query.q)));
  });

  router.get(`${base}/queue`, requireSupport, async (_req, res) => {
    res.json(await support.queue());
  });

  router.get(listing, requireSupport, validateId(), async (req, res) => {
    res.json(await support.show(idOf(req)));
  });

  router.post(`${listing}/withdraw`, requireSupport, validateId(), reason, async (req, res) => {
    const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
    const { id: by } = callerOf(res);
    res.json(await act(req, 'withdraw', id, reason, (cause) => support.withdraw(id, reason, by, cause)));
  });

  router.post(`${listing}/review`, requireSupport, validateId(), validateBody(ReviewInput), async (req, res) => {
    const [id, input] = [idOf(req), readBody(ReviewInput, req)];
    const { id: by } = callerOf(res);
    const review = `${input.decision}-description`;
    res.json(await act(req, review, id, input.reason, (cause) => support.review(id, input, by, cause)));
  });

  router.post(`${listing}/reports/close`, requireSupport, validateId(), reason, async (req, res) => {
    const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
    const { id: by } = callerOf(res);
    res.json(await act(req, 'close-reports', id, reason, () => support.closeReportsOf(id, by)));
  });

  router.post(`${base}/reports/:id/close`, requireSupport, validateId(), reason, async (req, res) => {
    const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
    const { id: by } = callerOf(res);
    await act(req, 'close-report', id, reason, () => support.closeReport(id, by));
    res.status(204).end();
  });

  return router;
}
