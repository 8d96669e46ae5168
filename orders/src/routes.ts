import { callerOf, causeOf, Router, validate, type Sessions } from '@ticketing/common';
import { body, param } from 'express-validator';
import type { Operations } from './operations';

/** Narrower than isMongoId, which takes a prefix `0x` for two digits. */
const ID = /^[0-9a-f]{24}$/i;
const ticketId = body('ticketId', 'ticketId must be the id of a ticket').isString().bail().matches(ID);
const orderId = param('id', 'The id of an order has 24 hexadecimal digits').matches(ID);

export function routes(orders: Operations, sessions: Sessions) {
  const router = Router();

  router.post(['/api/orders', '/api/orders/create'], sessions.require, validate(ticketId), async (req, res) => {
    const { ticketId } = req.body as { ticketId: string };
    res.status(201).json(await orders.place(callerOf(res).id, ticketId.toLowerCase(), causeOf(req)));
  });

  router.get('/api/orders', sessions.require, async (_req, res) => {
    res.json(await orders.list(callerOf(res).id));
  });

  router.get('/api/orders/:id', sessions.require, validate(orderId), async (req, res) => {
    res.json(await orders.show(String(req.params.id).toLowerCase(), callerOf(res).id));
  });

  router.delete('/api/orders/:id', sessions.require, validate(orderId), async (req, res) => {
    await orders.cancel(String(req.params.id).toLowerCase(), callerOf(res).id, causeOf(req));
    res.status(204).end();
  });

  return router;
}
