import { z } from 'zod';
import { noSuch } from '../domain/errors';
import { endpoint, found } from './endpoint';

export const chargeEndpoints = [
  endpoint({
    method: 'get',
    path: '/v1/charges/:id',
    params: { fields: z.object({}), ignored: [] },
    run: ({ state, id }) => {
      const charge = state.charges.get(id);
      if (!charge) throw noSuch('charge', id);
      return found(charge);
    },
  }),
];
