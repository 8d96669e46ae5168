import { z } from 'zod';
import { noSuch } from '../domain/errors';
import { endpoint, found } from './endpoint';
import { created, listOf, page } from './list';

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
    run: ({ state }, { payment_intent, transfer_group, ...params }) =>
      listOf(state.charges, params, path, { payment_intent, transfer_group }),
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
