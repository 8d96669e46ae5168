import {
  AnswerInput,
  callerOf,
  causeOf,
  ClaimInput,
  EXPORTS,
  exporting,
  idOf,
  networkOf,
  OrderInput,
  readBody,
  Router,
  staying,
  Turns,
  validateBody,
  validateId,
  type Sessions,
} from '@ticketing/common';
import { held } from './exports';
import { limiter } from './leavingStore';
import type { LiveOrders } from './live';
import type { Operations } from './operations';
import { pageOf } from './query';
import { supportRoutes } from './supportRoutes';

/** Maximum concurrent list reads: each takes a few hundred kilobytes until it is sent. */
const LISTS_AT_ONCE = 16;

export function routes(orders: Operations, sessions: Sessions, live: LiveOrders) {
  const router = Router();
  const lists = new Turns(LISTS_AT_ONCE);

  const toHold = [sessions.require, staying, validateBody(OrderInput)];
  router.post(['/api/orders', '/api/orders/create'], ...toHold, async (req, res) => {
    const wish = { ...readBody(OrderInput, req), buyer: callerOf(res).id, network: networkOf(req.ip) };
    res.status(201).json(await orders.place(wish, causeOf(req)));
  });

  router.get('/api/orders', sessions.require, async (req, res) => {
    const page = pageOf(req.query);
    const { found, next } = await lists.take(networkOf(req.ip), () => orders.list(callerOf(res).id, page));
    if (next) res.set('Link', `</api/orders?limit=${page.limit}&cursor=${next}>; rel="next"`);
    res.json(found);
  });

  router.get('/api/orders/sales', sessions.require, async (req, res) => {
    const page = pageOf(req.query);
    const { found, next } = await lists.take(networkOf(req.ip), () => orders.listSales(callerOf(res).id, page));
    if (next) res.set('Link', `</api/orders/sales?limit=${page.limit}&cursor=${next}>; rel="next"`);
    res.json(found);
  });

  router.get('/api/orders/sales/events', sessions.require, (req, res) => {
    live.openSales(req, res, callerOf(res).id);
  });

  const limit = limiter('exports', EXPORTS.points, EXPORTS.seconds);
  router.get('/api/orders/export', sessions.require, exporting('orders', held, limit));

  router.get('/api/orders/leaving', sessions.require, async (req, res) => {
    res.json(await lists.take(networkOf(req.ip), () => orders.unsettledOf(callerOf(res).id)));
  });

  router.get('/api/orders/passes/:pass', async (req, res) => {
    res.json(await orders.checkPass(String(req.params.pass)));
  });

  router.post('/api/orders/passes/:pass/use', async (req, res) => {
    res.json(await orders.usePass(String(req.params.pass), causeOf(req)));
  });

  router.get('/api/orders/:id/events', sessions.require, validateId(), (req, res) =>
    live.open(req, res, idOf(req), callerOf(res).id),
  );

  router.get('/api/orders/:id', sessions.require, validateId(), async (req, res) => {
    res.json(await orders.show(idOf(req), callerOf(res).id));
  });

  router.delete('/api/orders/:id', sessions.require, validateId(), async (req, res) => {
    await orders.cancel(idOf(req), callerOf(res).id, causeOf(req));
    res.status(204).end();
  });

  const toOrder = '/api/orders/:id';

  router.post(`${toOrder}/claim`, sessions.require, validateId(), validateBody(ClaimInput), async (req, res) => {
    const [id, buyer] = [idOf(req), callerOf(res).id];
    await orders.claim(id, buyer, readBody(ClaimInput, req), causeOf(req));
    res.json(await orders.show(id, buyer));
  });

  router.post(
    `${toOrder}/claim/answer`,
    sessions.require,
    validateId(),
    validateBody(AnswerInput),
    async (req, res) => {
      res.json(await orders.answerClaim(idOf(req), callerOf(res).id, readBody(AnswerInput, req), causeOf(req)));
    },
  );

  router.post(`${toOrder}/refund`, sessions.require, validateId(), async (req, res) => {
    res.json(await orders.giveBack(idOf(req), callerOf(res).id, causeOf(req)));
  });

  return router.use(supportRoutes(orders.support, sessions));
}
