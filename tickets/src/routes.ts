import { callerOf, causeOf, Refusal, OBJECT_ID, Router, validate, type Sessions } from '@ticketing/common';
import { param } from 'express-validator';
import type { Request } from 'express';
import { listing, listingOf } from './listing';
import type { LiveTickets } from './live';
import type { Operations } from './operations';
import type { Page } from './store';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const id = param('id', 'The id of a ticket has 24 hexadecimal digits').matches(OBJECT_ID);
/** Read by hand: the list is the most frequent request, and a validation chain costs as much as its query. */
function pageOf({ limit = String(DEFAULT_LIMIT), cursor }: Request['query']): Page {
  if (typeof limit !== 'string' || !/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > MAX_LIMIT)
    throw new Refusal(`limit must be from 1 to ${MAX_LIMIT}`, 400, 'limit');
  if (cursor !== undefined && (typeof cursor !== 'string' || !OBJECT_ID.test(cursor)))
    throw new Refusal('cursor must come from a Link header', 400, 'cursor');
  return { limit: Number(limit), cursor };
}

const idOf = (req: Request) => String(req.params.id).toLowerCase();

export function routes(tickets: Operations, sessions: Sessions, live: LiveTickets) {
  const router = Router();

  router.get('/api/tickets', async (req, res) => {
    const page = pageOf(req.query);
    const found = await tickets.browse(page);
    const last = found.at(-1);
    if (last && found.length === page.limit) res.set('Link', `</api/tickets?limit=${page.limit}&cursor=${last.id}>; rel="next"`);
    res.json(found);
  });

  router.get('/api/tickets/mine', sessions.require, async (_req, res) => {
    res.json(await tickets.listingsOf(callerOf(res).id));
  });

  router.get('/api/tickets/events', (req, res) => live.open(req, res));

  router.get('/api/tickets/:id', validate(id), async (req, res) => {
    res.json(await tickets.show(idOf(req)));
  });

  router.post(['/api/tickets', '/api/tickets/new'], sessions.require, validate(...listing), async (req, res) => {
    res.status(201).json(await tickets.list(callerOf(res).id, listingOf(req), causeOf(req)));
  });

  router.put('/api/tickets/:id', sessions.require, validate(id, ...listing), async (req, res) => {
    res.json(await tickets.edit(idOf(req), callerOf(res).id, listingOf(req), causeOf(req)));
  });

  router.delete('/api/tickets/:id', sessions.require, validate(id), async (req, res) => {
    await tickets.withdraw(idOf(req), callerOf(res).id, causeOf(req));
    res.status(204).end();
  });

  return router;
}
