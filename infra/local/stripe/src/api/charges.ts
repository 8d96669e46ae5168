import { z } from 'zod';
import { noSuch } from '../domain/errors';
import { endpoint, found } from './endpoint';
import { created, createdWithin, listOf, page } from './list';

const path = '/v1/charges';

export const chargeEndpoints = [
  endpoint({
    method: 'get',
    path,
    params: {
      fields: z.object({
        ...page,
        created,
        payment_intent: z.string().optional(),
        transfer_group: z.string().optional(),
      }),
      ignored: ['customer'],
    },
    run: ({ state }, { payment_intent: intent, transfer_group: group, ...params }) => {
      const within = createdWithin(params.created);
      return listOf(
        state.charges,
        params,
        path,
        (charge) =>
          within(charge) &&
          (intent ?? charge.payment_intent) === charge.payment_intent &&
          (group ?? charge.transfer_group) === charge.transfer_group,
      );
    },
  }),
  endpoint({
    method: 'get',
    path: `${path}/:id`,
    params: { fields: z.object({}), ignored: [] },
    run: ({ state, id }) => {
      const charge = state.charges.get(id);
      if (!charge) throw noSuch('charge', id);
      return found(charge);
    },
  }),
];
