import express, { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { effectOf } from '../api/paymentIntents';
import { intentOf, refundOf } from '../api/endpoint';
import { accountOf } from '../api/accounts';
import { disputeOf } from '../api/disputes';
import { onboard } from '../domain/account';
import { close, dispute } from '../domain/dispute';
import { invalidRequest, noSuch } from '../domain/errors';
import type { Charge } from '../domain/objects';
import { failRefund } from '../domain/refund';
import { payOut } from '../domain/transfer';
import { cancel } from '../domain/transitions';
import type { Faults } from '../faults';
import { ledger } from '../ledger';
import { answerChallenge } from './challengePage';
import { newId, type Processor } from './processor';

const onboarding = z.strictObject({ outcome: z.enum(['complete', 'leave', 'refuse', 'restrict']) });
const payout = z.strictObject({
  /** Null: the platform. */
  account: z.string().nullable(),
  currency: z.string().default('usd'),
  /** In minor units; default: everything. */
  amount: z.int().positive().optional(),
});
const authentication = z.strictObject({ outcome: z.enum(['approve', 'fail']) });

/** Only for programs on this machine, not for requests that a proxy forwards. */
const onlyLoopback: RequestHandler = (request, _response, next) => {
  const address = request.socket.remoteAddress ?? '';
  const local = /^(::1|(::ffff:)?127\.[\d.]+)$/.test(address) && request.get('x-forwarded-for') === undefined;
  next(
    local ? undefined : invalidRequest('Test controls answer only on loopback: call them from this machine.', {}, 403),
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
    response.json(raiseDispute(processor, request.params.id));
  });
  router.post('/refunds/:id/fail', (request, response) => {
    response.json(sendBack(processor, request.params.id));
  });

  router.post('/disputes/:id/close', (request, response) => {
    const { outcome } = z.strictObject({ outcome: z.enum(['won', 'lost']) }).parse(request.body);
    const { dispute: closed, events } = close(disputeOf(processor.store.state, request.params.id), outcome);
    processor.commit({ put: [closed], events }, outside());
    response.json(closed);
  });
  router.post('/accounts/:id/onboard', (request, response) => {
    const { outcome } = onboarding.parse(request.body);
    const { account, events } = onboard(accountOf(processor.store.state, request.params.id), outcome);
    processor.commit({ put: [account], events }, outside());
    response.json(account);
  });
  router.post('/payouts', (request, response) => {
    const { account, currency, amount } = payout.parse(request.body);
    const { payout: made, events } = payOut(
      account,
      amount ?? processor.store.state.balance(account, currency),
      currency,
      processor.call(),
    );
    processor.commit({ put: [made], events }, outside());
    response.json(made);
  });

  router.get('/ledger', (request, response) => {
    const orderId = z.string().optional().parse(request.query.orderId);
    response.json(ledger(processor.store.state, orderId));
  });
  return router;
}

/** The issuer releases a hold after some days, and Stripe cancels its intent (Stripe docs: "Place a hold"). */
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

/** The refunded card's bank rejects the refund. */
function sendBack(processor: Processor, id: string): object {
  const refund = refundOf(processor.store.state, id);
  const effect = failRefund(refund, chargeOf(processor, refund.charge));
  processor.commit({ put: [effect.refund, effect.charge], events: effect.events }, outside());
  return effect.refund;
}

/** The cardholder disputes the charge. */
function raiseDispute(processor: Processor, id: string): object {
  const charge = chargeOf(processor, intentOf(processor.store.state, id).latest_charge);
  const { put, events } = dispute(charge, processor.call());
  processor.commit({ put, events }, outside());
  return put[1];
}
