import { z } from 'zod';
import { cardOf } from '../domain/cards';
import { dispute } from '../domain/dispute';
import { invalidRequest, unexpectedState } from '../domain/errors';
import { newIntent } from '../domain/intent';
import type { PaymentIntent, PaymentMethod } from '../domain/objects';
import {
  cancel,
  capture,
  confirm,
  refuseUnlessConfirmable,
  type Challenge,
  type Transition,
} from '../domain/transitions';
import { endpoint, found, intentOf, type Call, type Effect } from './endpoint';
import { cancelParams, captureParams, confirmParams, createParams, listParams, updateParams } from './intentParams';
import { listOf } from './list';
import { chosenMethod, methodOf } from './paymentMethods';

const path = '/v1/payment_intents';
const NO_METHOD =
  "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the " +
  'PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment ' +
  'method or ConfirmationToken.';

export const paymentIntentEndpoints = [
  endpoint({ method: 'post', path, params: createParams, run: create }),
  endpoint({
    method: 'get',
    path,
    params: listParams,
    run: ({ state }, params) => listOf(state.intents, params, path),
  }),
  endpoint({
    method: 'get',
    path: `${path}/:id`,
    params: { fields: z.object({}), ignored: ['client_secret'] },
    run: ({ state, id }) => found(intentOf(state, id)),
  }),
  endpoint({ method: 'post', path: `${path}/:id`, params: updateParams, run: update }),
  endpoint({ method: 'post', path: `${path}/:id/confirm`, params: confirmParams, run: confirmExisting }),
  endpoint({
    method: 'post',
    path: `${path}/:id/capture`,
    params: captureParams,
    run: (call, params) => {
      const intent = intentOf(call.state, call.id);
      const charge = call.state.charges.get(intent.latest_charge);
      if (!charge) throw unexpectedState(intent, 'This PaymentIntent could not be captured: it has no charge.');
      const effect = effectOf(capture(intent, charge, params.amount_to_capture));
      return withDispute(effect, call.state.methods.get(intent.payment_method), call);
    },
  }),
  endpoint({
    method: 'post',
    path: `${path}/:id/cancel`,
    params: cancelParams,
    run: (call, { cancellation_reason: reason = null }) => {
      const intent = intentOf(call.state, call.id);
      return effectOf(cancel(intent, call.state.charges.get(intent.latest_charge), reason, call));
    },
  }),
];

function create(call: Call, params: z.infer<typeof createParams.fields>): Effect {
  const method = chosenMethod(call.state, params, call);
  const { allow_redirects = 'always', enabled } = params.automatic_payment_methods ?? { enabled: false };
  const settings = {
    ...params,
    automatic_payment_methods: enabled ? { enabled, allow_redirects } : undefined,
    allowed_payment_method_types: params.allowed_payment_method_types ?? params.payment_method_types,
  };
  const intent = newIntent(settings, method?.id ?? null, call);
  const made = { type: 'payment_intent.created' as const, object: intent };
  if (!params.confirm) return { ...found(intent), put: method ? [method, intent] : [intent], events: [made] };
  if (!method) throw invalidRequest(NO_METHOD, { code: 'payment_intent_unexpected_state' });
  const effect = attempt(intent, method, params, call);
  return { ...effect, events: [made, ...effect.events] };
}

function confirmExisting(call: Call, params: z.infer<typeof confirmParams.fields>): Effect {
  const intent = intentOf(call.state, call.id);
  const kept = intent.payment_method === null ? undefined : methodOf(call.state, intent.payment_method, call);
  const method = chosenMethod(call.state, params, call) ?? kept;
  refuseUnlessConfirmable(intent);
  if (!method) throw unexpectedState(intent, NO_METHOD);
  return attempt(intent, method, params, call);
}

function attempt(
  intent: PaymentIntent,
  method: PaymentMethod,
  params: z.infer<typeof confirmParams.fields>,
  call: Call,
): Effect {
  const challenge: Challenge = {
    url: `${call.publicUrl}/authenticate/${intent.client_secret ?? ''}`,
    returnUrl: params.return_url,
    unavailable: (params.error_on_requires_action ?? false) || (params.off_session ?? 'false') !== 'false',
  };
  const effect = withDispute(effectOf(confirm(intent, method, challenge, call)), method, call);
  return { ...effect, put: [method, ...effect.put] };
}

/** Some cards dispute a charge as soon as it is captured. */
function withDispute(effect: Effect, method: PaymentMethod | undefined, call: Call): Effect {
  const charge = effect.put.find((object) => object.object === 'charge');
  if (!method || !cardOf(method).disputes || !charge?.captured) return effect;
  const { put, events } = dispute(charge, call);
  return { ...effect, put: [...effect.put, ...put], events: [...effect.events, ...events] };
}

/** The response to a command: the intent's current state, or the refusal recorded on it. */
export function effectOf({ intent, charge, events, refusal }: Transition): Effect {
  const put = charge ? [intent, charge] : [intent];
  return { status: refusal?.status ?? 200, body: refusal?.body ?? intent, put, events };
}

/** Metadata is merged key by key, and an empty value unsets its key (Stripe docs: "Metadata"). */
function update({ state, id }: Call, params: z.infer<typeof updateParams.fields>): Effect {
  const intent = intentOf(state, id);
  const merged = { ...intent.metadata, ...params.metadata };
  const updated: PaymentIntent = {
    ...intent,
    description: params.description ?? intent.description,
    receipt_email: params.receipt_email ?? intent.receipt_email,
    metadata: Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')),
  };
  return { ...found(updated), put: [updated] };
}
