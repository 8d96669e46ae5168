import { callerOf, causeOf, OBJECT_ID, Router, validate, type Sessions } from '@ticketing/common';
import { body, param } from 'express-validator';
import type { LiveOrders } from './live';
import type { Operations } from './operations';

const ticketId = body('ticketId', 'ticketId must be the id of a ticket').isString().bail().matches(OBJECT_ID);
const orderId = param('id', 'The id of an order has 24 hexadecimal digits').matches(OBJECT_ID);

export function routes(orders: Operations, sessions: Sessions, live: LiveOrders) {
  const router = Router();

  router.post(['/api/orders', '/api/orders/create'], sessions.require, validate(ticketId), async (req, res) => {
    const { ticketId } = req.body as { ticketId: string };
    res.status(201).json(await orders.place(callerOf(res).id, ticketId.toLowerCase(), causeOf(req)));
  });

  router.get('/api/orders', sessions.require, async (_req, res) => {
    res.json(await orders.list(callerOf(res).id));
  });

  router.get('/api/orders/passes/:pass', async (req, res) => {
    res.json(await orders.checkPass(String(req.params.pass)));
  });

  router.get('/api/orders/:id/events', sessions.require, validate(orderId), (req, res) =>
    live.open(req, res, String(req.params.id).toLowerCase(), callerOf(res).id),
  );

  router.get('/api/orders/:id', sessions.require, validate(orderId), async (req, res) => {
    res.json(await orders.show(String(req.params.id).toLowerCase(), callerOf(res).id));
  });

  router.delete('/api/orders/:id', sessions.require, validate(orderId), async (req, res) => {
    await orders.cancel(String(req.params.id).toLowerCase(), callerOf(res).id, causeOf(req));
    res.status(204).end();
  });

  return router;
}
