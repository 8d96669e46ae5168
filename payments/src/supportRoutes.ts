import {
  act,
  idOf,
  readBody,
  ReasonInput,
  validateBody,
  validateId,
  wordsOf,
  type Router,
  type Sessions,
} from '@ticketing/common';
import type { Support } from './support';

const BASE = '/api/payments/support';

/** The routes of the support desk. */
export function addSupportRoutes(router: Router, support: Support, { requireSupport }: Sessions) {
  router.get(`${BASE}/find`, requireSupport, async ({ query: { q } }, res) => {
    res.json(await support.find(wordsOf(q)));
  });

  router.get(`${BASE}/payments/:orderId`, requireSupport, validateId('orderId'), async (req, res) => {
    res.json(await support.show(idOf(req, 'orderId')));
  });

  for (const action of ['freeze', 'unfreeze'] as const)
    router.post(
      `${BASE}/payments/:orderId/${action}`,
      requireSupport,
      validateId('orderId'),
      validateBody(ReasonInput),
      async (req, res) => {
        const [orderId, { reason }] = [idOf(req, 'orderId'), readBody(ReasonInput, req)];
        res.json(await act(req, action, orderId, reason, (cause) => support[action](orderId, cause)));
      },
    );

  router.get(`${BASE}/queue`, requireSupport, async (_req, res) => {
    res.json(await support.queue());
  });
}
