import { z } from 'zod';
import { isWithdrawn } from '../domain/dispute';
import { invalidRequest, noSuch } from '../domain/errors';
import type { Charge } from '../domain/objects';
import { refund } from '../domain/refund';
import { positiveAmount } from './amount';
import { endpoint, found, intentOf, refundOf, type Call, type Effect } from './endpoint';
import { created, listOf, page } from './list';
import { metadata } from './params';

const path = '/v1/refunds';
const target = { payment_intent: z.string().optional(), charge: z.string().optional() };

const createParams = {
  fields: z.object({
    ...target,
    amount: positiveAmount.optional(),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
    metadata: metadata.optional(),
  }),
  ignored: ['currency', 'customer', 'instructions_email', 'origin', 'refund_application_fee', 'reverse_transfer'],
};

export const refundEndpoints = [
  endpoint({ method: 'post', path, params: createParams, run: create }),
  endpoint({
    method: 'get',
    path,
    params: { fields: z.object({ ...page, ...target, created }), ignored: [] },
    run: ({ state }, { charge, payment_intent, ...params }) =>
      listOf(state.refunds, params, path, { charge, payment_intent }),
  }),
  endpoint({
    method: 'get',
    path: `${path}/:id`,
    params: { fields: z.object({}), ignored: [] },
    run: ({ state, id }) => found(refundOf(state, id)),
  }),
];

function create(call: Call, params: z.infer<typeof createParams.fields>): Effect {
  const target = chargeToRefund(call, params);
  const isDisputed = call.state.disputes.all().some((made) => made.charge === target.id && isWithdrawn(made));
  const { refund: made, charge, events } = refund(target, params, call, isDisputed);
  return { ...found(made), put: [made, charge], events };
}

function chargeToRefund({ state }: Call, params: z.infer<typeof createParams.fields>): Charge {
  const { charge: id, payment_intent: intentId } = params;
  if (id === undefined && intentId === undefined) {
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.');
  }
  const latest = intentId === undefined ? null : intentOf(state, intentId, 'payment_intent').latest_charge;
  const charge = state.charges.get(id ?? latest);
  if (id !== undefined && !charge) throw noSuch('charge', id, 'charge');
  if (charge?.captured) return charge;
  const name = id === undefined ? `PaymentIntent (${String(intentId)})` : `charge (${id})`;
  throw invalidRequest(`This ${name} does not have a successful charge to refund.`);
}
