import {
  callerOf,
  causeOf,
  idOf,
  networkOf,
  PaymentInput,
  readBody,
  Router,
  validateBody,
  validateId,
  type Sessions,
  type SignedRequest,
} from '@ticketing/common';
import type { Method } from './domain/payment';
import type { Operations } from './operations';
import type { StripeClient } from './stripe';

export function routes(payments: Operations, stripe: StripeClient, sessions: Sessions) {
  const router = Router();

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
    res.json(await payments.onboard(callerOf(res).id, `${req.protocol}://${req.host}/listings`));
  });
  router.get('/api/payments/seller', sessions.require, async (_req, res) => {
    res.json(await payments.seller(callerOf(res).id));
  });

  router.get('/api/payments/:orderId', sessions.require, validateId('orderId'), async (req, res) => {
    res.json(await payments.show(idOf(req, 'orderId'), callerOf(res).id));
  });

  return router;
}
