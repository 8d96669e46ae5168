import escape from 'escape-html';
import { Router, type ErrorRequestHandler, type Request } from 'express';
import { decodeForm } from '../api/form';
import { webAddress } from '../api/params';
import { authenticate } from '../domain/transitions';
import { effectOf } from '../api/paymentIntents';
import { intentOf, type Effect } from '../api/endpoint';
import { ApiError, noSuch } from '../domain/errors';
import type { PaymentIntent } from '../domain/objects';
import { page } from './page';
import { newId, type Processor } from './processor';

/** The buyer's answer to the challenge of an intent that requires action; commits it and returns the intent. */
export function answerChallenge(processor: Processor, id: string, passed: boolean): PaymentIntent {
  const call = processor.call(id);
  const intent = intentOf(call.state, id);
  const method = call.state.methods.get(intent.payment_method);
  if (!method) throw noSuch('PaymentMethod', String(intent.payment_method), 'payment_method');
  const effect: Effect = effectOf(authenticate(intent, method, passed, call));
  processor.commit(effect, { id: newId('req'), idempotency_key: null });
  return intentOf(call.state, id);
}

/**
 * The bank's 3-D Secure page: `/authenticate/CLIENT_SECRET`, with `?return_url=` when the intent itself has none.
 * Its form posts to its own URL, so it works behind any prefix.
 */
export function challengePage(processor: Processor): Router {
  const router = Router();
  router.get('/:secret', (request, response) => {
    const intent = intentOfSecret(processor, String(request.params.secret));
    const open = intent.status === 'requires_action';
    response.send(
      open
        ? page(`Your bank asks: pay ${priceOf(intent)}?`, FORM)
        : overPage(returnUrlOf(processor, intent.id, request)),
    );
  });
  router.post('/:secret', (request, response) => {
    const { id, status } = intentOfSecret(processor, String(request.params.secret));
    const returnUrl = returnUrlOf(processor, id, request);
    if (status !== 'requires_action') {
      response.status(400).send(overPage(returnUrl));
      return;
    }
    const { outcome } = decodeForm(String(request.body));
    const intent = answerChallenge(processor, id, outcome === 'approve');
    if (returnUrl === undefined) {
      response.send(page('Thank you', '<p>You can close this page and go back to the shop.</p>'));
      return;
    }
    const target = new URL(returnUrl);
    target.searchParams.set('payment_intent', intent.id);
    target.searchParams.set('payment_intent_client_secret', String(intent.client_secret));
    target.searchParams.set('redirect_status', intent.last_payment_error ? 'failed' : 'succeeded');
    response.redirect(303, target.href);
  });
  router.use(((error: unknown, _request, response, next) => {
    if (!(error instanceof ApiError)) next(error);
    else response.status(error.status).send(page('Page not found', '<p>Your bank knows no such payment.</p>'));
  }) satisfies ErrorRequestHandler);
  return router;
}

function intentOfSecret(processor: Processor, secret: string): PaymentIntent {
  const intent = processor.store.state.intents.get(secret.split('_secret_')[0] ?? null);
  if (intent?.client_secret !== secret) throw noSuch('payment_intent', secret);
  return intent;
}

function returnUrlOf(processor: Processor, id: string, request: Request): string | undefined {
  const own = intentOf(processor.store.state, id).next_action?.redirect_to_url?.return_url;
  const given = webAddress.safeParse(request.query.return_url);
  return own ?? given.data;
}

function priceOf({ amount, currency }: PaymentIntent): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
}

const FORM = `<form method="post">
  <button name="outcome" value="approve">Approve</button>
  <button name="outcome" value="fail">Fail</button>
</form>`;

/** Shown when there is nothing left to answer: the buyer already has, or the payment was canceled meanwhile. */
function overPage(returnUrl: string | undefined): string {
  const back = returnUrl ? `<p><a href="${escape(returnUrl)}">Back to the shop</a></p>` : '';
  return page('Nothing to approve', `<p>This payment is over. You have nothing left to do here.</p>${back}`);
}
