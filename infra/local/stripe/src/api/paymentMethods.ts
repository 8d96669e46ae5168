import { z } from 'zod';
import { newPaymentMethod } from '../domain/cards';
import { invalidRequest, noSuch } from '../domain/errors';
import type { Context, PaymentMethod } from '../domain/objects';
import type { State } from '../storage/state';
import { endpoint, found } from './endpoint';

/** A card payment method, given by one of Stripe's test tokens. */
export const cardData = z.strictObject({
  type: z.enum(['card']),
  card: z.strictObject({ token: z.string() }),
  billing_details: z.unknown().optional(),
  allow_redisplay: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

/** @throws `resource_missing` for anything but Stripe's test tokens */
function methodFromToken(token: string, param: string, context: Context): PaymentMethod {
  const method = token.startsWith('tok_') ? newPaymentMethod(token.slice(4), context) : undefined;
  if (!method) throw noSuch('token', token, param);
  return method;
}

/**
 * The payment method with this id. `pm_card_…` names create a new one each time (Stripe docs: "Testing").
 * @throws `resource_missing`, 404 unless `param` names the parameter that the id came from
 */
export function methodOf(state: State, id: string, context: Context, param?: string): PaymentMethod {
  const shorthand = id.startsWith('pm_card_') ? newPaymentMethod(id.slice(8), context) : undefined;
  const method = shorthand ?? state.methods.get(id);
  if (!method) throw noSuch('PaymentMethod', id, param);
  return method;
}

export const paymentMethodEndpoints = [
  endpoint({
    method: 'post',
    path: '/v1/payment_methods',
    params: { fields: cardData, ignored: ['customer'] },
    run: (call, { card }) => {
      const method = methodFromToken(card.token, 'card[token]', call);
      return { ...found(method), put: [method] };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/payment_methods/:id',
    params: { fields: z.object({}), ignored: [] },
    run: (call) => {
      const method = methodOf(call.state, call.id, call);
      return { ...found(method), put: [method] };
    },
  }),
];

/** The card to charge, from whichever parameter names it; nothing if none does. */
export function chosenMethod(
  state: State,
  params: { payment_method?: string; payment_method_data?: z.infer<typeof cardData> },
  context: Context,
): PaymentMethod | undefined {
  const { payment_method: id, payment_method_data: data } = params;
  if (id !== undefined && data) {
    const message = 'You may only specify one of these parameters: payment_method, payment_method_data.';
    throw invalidRequest(message, { code: 'parameters_exclusive', param: 'payment_method_data' });
  }
  if (data) return methodFromToken(data.card.token, 'payment_method_data[card][token]', context);
  return id === undefined ? undefined : methodOf(state, id, context, 'payment_method');
}
