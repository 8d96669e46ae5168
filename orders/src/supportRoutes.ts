import {
  act,
  callerOf,
  DecideInput,
  idOf,
  readBody,
  ReasonInput,
  Router,
  soughtOf,
  validateBody,
  validateId,
  type Sessions,
  type SupportOrderBody,
} from '@ticketing/common';
import type { Support } from './support';

/** HTTP for the support desk. Every action is in the audit log, under the order, before it is taken. */
export function supportRoutes(support: Support, { requireSupport }: Pick<Sessions, 'requireSupport'>) {
  const router = Router();
  const base = '/api/orders/support';
  const order = `${base}/orders/:id`;
  const reason = validateBody(ReasonInput);

  router.get(`${base}/find`, requireSupport, async (req, res) => {
    res.json(await support.find(soughtOf(req.query.q)));
  });

  router.get(`${base}/queue`, requireSupport, async (_req, res) => {
    res.json(await support.queue());
  });

  router.get(order, requireSupport, validateId(), async (req, res) => {
    res.json(await support.show(idOf(req)));
  });

  router.get(`${order}/story`, requireSupport, validateId(), async (req, res) => {
    res.json(await support.story(idOf(req)));
  });

  router.post(`${order}/decide`, requireSupport, validateId(), validateBody(DecideInput), async (req, res) => {
    const [id, input] = [idOf(req), readBody(DecideInput, req)];
    const { id: by } = callerOf(res);
    const decided = await act(req, `decide-${input.decision}`, id, input.reason, (cause) =>
      support.decide(id, input, by, cause),
    );
    res.status(statusOf(decided, input.decision)).json(decided);
  });

  router.post(`${order}/refund`, requireSupport, validateId(), reason, async (req, res) => {
    const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
    const { id: by } = callerOf(res);
    const wished = await act(req, 'refund', id, reason, (cause) => support.refund(id, reason, by, cause));
    res.status(statusOf(wished)).json(wished);
  });

  router.post(`${order}/refund/withdraw`, requireSupport, validateId(), reason, async (req, res) => {
    const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
    const { id: by } = callerOf(res);
    res.json(await act(req, 'withdraw-proposal', id, reason, (cause) => support.withdrawProposal(id, by, cause)));
  });

  return router;
}

/** The status of a decision: 202 if it is only proposed, and so not done yet. */
const statusOf = ({ status, claim }: SupportOrderBody, decision: DecideInput['decision'] = 'refund') =>
  (decision === 'refund' ? status === 'refunded' : claim?.status === 'pay') ? 200 : 202;
