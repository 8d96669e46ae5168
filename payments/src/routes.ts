import { callerOf, causeOf, OBJECT_ID, Router, validate, type Sessions, type SignedRequest } from '@ticketing/common';
import { body, param } from 'express-validator';
import type { Method } from './domain/payment';
import type { Operations } from './operations';
import type { Settlement } from './settlement';
import type { StripeClient } from './stripe';

const payment = [
  body('orderId', 'orderId must be the id of an order').isString().bail().matches(OBJECT_ID),
  body(['token', 'paymentMethodId'], 'This is not a card of Stripe')
    .optional()
    .isString()
    .bail()
    .isLength({ min: 1, max: 255 }),
  body('token', 'Give a token or a paymentMethodId').custom(
    (_token, { req }) => isGiven(req.body, 'token') !== isGiven(req.body, 'paymentMethodId'),
  ),
];
const orderId = param('orderId', 'The id of an order has 24 hexadecimal digits').matches(OBJECT_ID);

const isGiven = (body: unknown, name: string) => typeof body === 'object' && body !== null && Object.hasOwn(body, name);

export function routes(payments: Operations, settlement: Settlement, stripe: StripeClient, sessions: Sessions) {
  const router = Router();

  router.post(['/api/payments', '/api/payments/create'], sessions.require, validate(...payment), async (req, res) => {
    const { orderId, token, paymentMethodId } = req.body as {
      orderId: string;
      token?: string;
      paymentMethodId?: string;
    };
    const method: Method = token ? { token } : { paymentMethodId: paymentMethodId ?? '' };
    res.status(201).json(await payments.pay(orderId.toLowerCase(), method, callerOf(res).id, causeOf(req)));
  });

  router.post('/api/payments/webhook', async (req, res) => {
    const hint = stripe.hint((req as SignedRequest).rawBody, req.get('stripe-signature') ?? '');
    if (hint) await settlement.hear(hint, causeOf(req));
    res.json({ received: true });
  });

  router.get('/api/payments/:orderId', sessions.require, validate(orderId), async (req, res) => {
    res.json(await payments.show(String(req.params.orderId).toLowerCase(), callerOf(res).id));
  });

  return router;
}
