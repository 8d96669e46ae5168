import {
  callerOf,
  causeOf,
  EXPORTS,
  exporting,
  idOf,
  networkOf,
  PaymentInput,
  readBody,
  Refusal,
  Router,
  Turns,
  validateBody,
  validateId,
  type Sessions,
  type SignedRequest,
} from '@ticketing/common';
import type { Request, Response } from 'express';
import type { Payer } from './declines';
import type { Method } from './domain/payment';
import { held } from './exports';
import { listPayouts } from './lists';
import type { Operations } from './operations';
import { payoutQueryOf } from './query';
import { limiter } from './store';
import type { StripeClient } from './stripe';
import type { Support } from './support';
import { addSupportRoutes } from './supportRoutes';

/** Maximum concurrent reads of lists and sums. */
const LISTS_AT_ONCE = 16;

const payerOf = (req: Request, res: Response): Payer => ({ id: callerOf(res).id, network: networkOf(req.ip) });

const HOST = /^[\w.:[\]-]+$/;

/** The page that Stripe returns to, at the requested host. Stripe rejects anything but a valid URL. */
function backTo({ protocol, host }: Request): string {
  const page = `${protocol}://${host}/sales`;
  if (!HOST.test(host) || !URL.canParse(page)) throw new Refusal('request-unreadable');
  return page;
}

export function routes(payments: Operations, support: Support, stripe: StripeClient, sessions: Sessions) {
  const router = Router();
  const lists = new Turns(LISTS_AT_ONCE);

  router.post(
    ['/api/payments', '/api/payments/create'],
    sessions.require,
    validateBody(PaymentInput),
    async (req, res) => {
      const { orderId, token, paymentMethodId } = readBody(PaymentInput, req);
      const method: Method = token ? { token } : { paymentMethodId: paymentMethodId ?? '' };
      res.status(201).json(await payments.pay(orderId, method, payerOf(req, res), causeOf(req)));
    },
  );

  router.post('/api/payments/webhook', async (req, res) => {
    const hint = stripe.hint((req as SignedRequest).rawBody, req.get('stripe-signature') ?? '');
    if (hint) await payments.hear(hint, causeOf(req));
    res.json({ received: true });
  });

  router.post('/api/payments/seller', sessions.require, async (req, res) => {
    res.json(await payments.onboard(payerOf(req, res), backTo(req)));
  });
  router.get('/api/payments/seller', sessions.require, async (req, res) => {
    res.json(await lists.take(networkOf(req.ip), () => payments.seller(payerOf(req, res), causeOf(req))));
  });
  router.get('/api/payments/sellers/:id', validateId(), async (req, res) => {
    res.json(await payments.profile(idOf(req)));
  });

  router.get('/api/payments/payouts', sessions.require, async (req, res) => {
    const query = payoutQueryOf(req.query);
    const { found, next } = await lists.take(networkOf(req.ip), () => listPayouts(callerOf(res).id, query));
    const only = query.orderIds ? `&orderIds=${query.orderIds.join(',')}` : '';
    if (next) res.set('Link', `</api/payments/payouts?limit=${query.limit}&cursor=${next}${only}>; rel="next"`);
    res.json(found);
  });

  addSupportRoutes(router, support, sessions);
  const limit = limiter('exports', EXPORTS.points, EXPORTS.seconds);
  router.get('/api/payments/export', sessions.require, exporting('payments', held, limit));

  router.get('/api/payments/:orderId', sessions.require, validateId('orderId'), async (req, res) => {
    res.json(await payments.show(idOf(req, 'orderId'), payerOf(req, res)));
  });

  return router;
}
