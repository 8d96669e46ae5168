import {
  act,
  idOf,
  OBJECT_ID,
  readBody,
  ReasonInput,
  Refusal,
  SendAgainInput,
  validateBody,
  validateId,
  wordsOf,
  type Cause,
  type PersonBody,
  type Router,
  type Sessions,
} from '@ticketing/common';
import type { Request } from 'express';
import type { Support } from './support';

const BASE = '/api/users/support';

/** The id in a query, in lower case; undefined if it has none. */
function idIn(query: Request['query'], field: 'about' | 'to'): string | undefined {
  if (query[field] === undefined) return undefined;
  const id = wordsOf(query[field]).toLowerCase();
  if (!OBJECT_ID.test(id)) throw new Refusal('id-malformed', { field, params: { field } });
  return id;
}

/** The routes of the support desk. */
export function addSupportRoutes(router: Router, support: Support, { requireSupport }: Sessions) {
  router.get(`${BASE}/people`, requireSupport, async (req, res) => {
    res.json(await support.find(wordsOf(req.query.q)));
  });

  router.get(`${BASE}/people/:id`, requireSupport, validateId(), async (req, res) => {
    res.json(await support.show(idOf(req)));
  });

  const actions: Record<string, (id: string, cause: Cause) => Promise<PersonBody>> = {
    freeze: support.freeze,
    unfreeze: support.unfreeze,
    confirm: support.confirm,
    'sessions/end': support.endSessions,
  };
  for (const [action, run] of Object.entries(actions))
    router.post(
      `${BASE}/people/:id/${action}`,
      requireSupport,
      validateId(),
      validateBody(ReasonInput),
      async (req, res) => {
        const [id, { reason }] = [idOf(req), readBody(ReasonInput, req)];
        res.json(await act(req, action, id, reason, (cause) => run(id, cause)));
      },
    );

  router.get(`${BASE}/messages`, requireSupport, async (req, res) => {
    const { query } = req;
    const [to, about] = [idIn(query, 'to'), idIn(query, 'about')];
    if (to === undefined && about === undefined)
      throw new Refusal('id-malformed', { field: 'about', params: { field: 'about' } });
    res.json(await support.messages({ to, about }));
  });

  router.post(`${BASE}/messages/send`, requireSupport, validateBody(SendAgainInput), async (req, res) => {
    const { id, reason } = readBody(SendAgainInput, req);
    res.json(await act(req, 'send', id, reason, (cause) => support.send(id, cause)));
  });

  router.get(`${BASE}/queue`, requireSupport, async (_req, res) => {
    res.json(await support.queue());
  });
}
