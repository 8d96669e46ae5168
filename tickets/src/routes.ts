import {
  callerOf,
  causeOf,
  idOf,
  ListingInput,
  networkOf,
  readBody,
  ReportInput,
  Router,
  Turns,
  validateBody,
  validateId,
  type Sessions,
} from '@ticketing/common';
import type { Request } from 'express';
import { deliveryRoutes } from './deliveryRoutes';
import type { LiveTickets } from './live';
import type { Operations } from './operations';
import { supportRoutes } from './supportRoutes';
import { addressOf, ownAddressOf, pageOf, searchOf } from './query';

/** Maximum concurrent list reads: each takes up to a megabyte until it is sent. */
const LISTS_AT_ONCE = 16;

export function routes(tickets: Operations, sessions: Sessions, live: LiveTickets) {
  const router = Router();
  const lists = new Turns(LISTS_AT_ONCE);
  const inTurn = <T>(req: Request, read: () => Promise<T>) => lists.take(networkOf(req.ip), read);

  router.get('/api/tickets', async (req, res) => {
    const search = searchOf(req.query);
    const { tickets: found, next } = await inTurn(req, () => tickets.browse(search));
    if (next) res.set('Link', `<${addressOf(req.query, search, next)}>; rel="next"`);
    res.json(found);
  });

  router.get('/api/tickets/count', async (_req, res) => {
    res.json(await tickets.count());
  });

  router.get('/api/tickets/cities', async (_req, res) => {
    res.json(await tickets.cities());
  });

  router.get('/api/tickets/mine', sessions.require, async (req, res) => {
    const page = pageOf(req.query);
    const { tickets: own, next } = await inTurn(req, () => tickets.listingsOf(callerOf(res).id, page));
    if (next) res.set('Link', `<${ownAddressOf(page.limit, next)}>; rel="next"`);
    res.json(own);
  });

  router.get('/api/tickets/mine/totals', sessions.require, async (req, res) => {
    res.json(await inTurn(req, () => tickets.totalsOf(callerOf(res).id)));
  });

  router.get('/api/tickets/events', (req, res) => live.open(req, res));

  router.get('/api/tickets/sellers/:id', validateId(), async (req, res) => {
    res.json(await inTurn(req, () => tickets.countSold(idOf(req))));
  });

  router.get('/api/tickets/:id', validateId(), async (req, res) => {
    res.json(await tickets.show(idOf(req), sessions.caller(req)?.id));
  });

  router.post('/api/tickets/:id/report', validateId(), validateBody(ReportInput), async (req, res) => {
    const reporter = { id: sessions.caller(req)?.id, network: networkOf(req.ip) };
    await tickets.report(idOf(req), reporter, readBody(ReportInput, req));
    res.status(204).end();
  });

  router.post(['/api/tickets', '/api/tickets/new'], sessions.require, validateBody(ListingInput), async (req, res) => {
    res.status(201).json(await tickets.list(callerOf(res).id, readBody(ListingInput, req), causeOf(req)));
  });

  router.put('/api/tickets/:id', sessions.require, validateId(), validateBody(ListingInput), async (req, res) => {
    res.json(await tickets.edit(idOf(req), callerOf(res).id, readBody(ListingInput, req), causeOf(req)));
  });

  router.delete('/api/tickets/:id', sessions.require, validateId(), async (req, res) => {
    await tickets.withdraw(idOf(req), callerOf(res).id, causeOf(req));
    res.status(204).end();
  });

  return router.use(deliveryRoutes(tickets.deliveries, sessions), supportRoutes(tickets.support, sessions));
}
