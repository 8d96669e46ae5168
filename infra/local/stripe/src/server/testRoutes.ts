import express, { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { effectOf } from '../api/paymentIntents';
import { intentOf, refundOf } from '../api/endpoint';
import { newDispute } from '../domain/dispute';
import { invalidRequest, noSuch } from '../domain/errors';
import type { Charge } from '../domain/objects';
import { failRefund } from '../domain/refund';
import { cancel } from '../domain/transitions';
import type { Faults } from '../faults';
import { ledger } from '../ledger';
import { answerChallenge } from './challengePage';
import { newId, type Processor } from './processor';

const authentication = z.strictObject({ outcome: z.enum(['approve', 'fail']) });

/** Only for programs on this machine, and not through a proxy that speaks for others. */
const onlyLoopback: RequestHandler = (request, _response, next) => {
  const address = request.socket.remoteAddress ?? '';
  const local = /^(::1|(::ffff:)?127\.[\d.]+)$/.test(address) && request.get('x-forwarded-for') === undefined;
  next(
    local ? undefined : invalidRequest('Test controls answer only to loopback: call them on this machine.', {}, 403),
  );
};

/** Test controls; Stripe has nothing like them. */
export function testRoutes(processor: Processor, faults: Faults): Router {
  const router = Router();
  router.use(onlyLoopback, express.json());

  router.get('/faults', (_request, response) => void response.json(faults.list()));
  router.post('/faults', (request, response) => void response.status(201).json(faults.arm(request.body)));
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });

  router.post('/payment_intents/:id/authenticate', (request, response) => {
    const { outcome } = authentication.parse(request.body);
    response.json(answerChallenge(processor, request.params.id, outcome === 'approve'));
  });
  router.post('/payment_intents/:id/expire', (request, response) => {
    response.json(expireAuthorization(processor, request.params.id));
  });

  router.post('/payment_intents/:id/dispute', (request, response) => {
    response.json(dispute(processor, request.params.id));
  });
  router.post('/refunds/:id/fail', (request, response) => {
    response.json(sendBack(processor, request.params.id));
  });

  router.get('/ledger', (request, response) => {
    const orderId = z.string().optional().parse(request.query.orderId);
    response.json(ledger(processor.store.state, orderId));
  });
  return router;
}

/** The issuer lets a hold go after some days, and Stripe cancels its intent (Stripe docs: "Place a hold"). */
function expireAuthorization(processor: Processor, id: string): object {
  const call = processor.call(id);
  const intent = intentOf(call.state, id);
  const effect = effectOf(cancel(intent, call.state.charges.get(intent.latest_charge), 'automatic', call));
  processor.commit(effect, { id: newId('req'), idempotency_key: null });
  return effect.body;
}

const outside = () => ({ id: newId('req'), idempotency_key: null });

function chargeOf(processor: Processor, id: string | null): Charge {
  const charge = processor.store.state.charges.get(id);
  if (!charge) throw noSuch('charge', String(id));
  return charge;
}

/** The bank of the refunded card does not take the money. */
function sendBack(processor: Processor, id: string): object {
  const refund = refundOf(processor.store.state, id);
  const effect = failRefund(refund, chargeOf(processor, refund.charge));
  processor.commit({ put: [effect.refund, effect.charge], events: effect.events }, outside());
  return effect.refund;
}

/** The cardholder asks their bank for the money. */
function dispute(processor: Processor, id: string): object {
  const charge = chargeOf(processor, intentOf(processor.store.state, id).latest_charge);
  const object = newDispute(charge, processor.call());
  const events = [{ type: 'charge.dispute.created' as const, object }];
  processor.commit({ put: [{ ...charge, disputed: true }], events }, outside());
  return object;
}
