import {
  callerOf,
  causeOf,
  idOf,
  networkOf,
  PaymentInput,
  readBody,
  Router,
  Turns,
  validateBody,
  validateId,
  type Sessions,
  type SignedRequest,
} from '@ticketing/common';
import type { Method } from './domain/payment';
import { listPayouts } from './lists';
import type { Operations } from './operations';
import { payoutQueryOf } from './query';
import type { StripeClient } from './stripe';
import type { Support } from './support';
import { addSupportRoutes } from './supportRoutes';

/** Maximum concurrent reads of lists and sums. */
const LISTS_AT_ONCE = 16;

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
      const payer = { id: callerOf(res).id, network: networkOf(req.ip) };
      res.status(201).json(await payments.pay(orderId, method, payer, causeOf(req)));
    },
  );

  router.post('/api/payments/webhook', async (req, res) => {
    const hint = stripe.hint((req as SignedRequest).rawBody, req.get('stripe-signature') ?? '');
    if (hint) await payments.hear(hint, causeOf(req));
    res.json({ received: true });
  });

  router.post('/api/payments/seller', sessions.require, async (req, res) => {
    res.json(await payments.onboard(callerOf(res).id, `${req.protocol}://${req.host}/sales`));
  });
  router.get('/api/payments/seller', sessions.require, async (req, res) => {
    res.json(await lists.take(networkOf(req.ip), () => payments.seller(callerOf(res).id)));
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

  router.get('/api/payments/:orderId', sessions.require, validateId('orderId'), async (req, res) => {
    res.json(await payments.show(idOf(req, 'orderId'), callerOf(res).id));
  });

  return router;
}
