import { z } from 'zod';
import { noSuch } from '../domain/errors';
import { answer } from '../domain/dispute';
import type { Dispute } from '../domain/objects';
import type { State } from '../storage/state';
import { endpoint, found } from './endpoint';
import { created, listOf, page } from './list';
import { flag, metadata } from './params';

const path = '/v1/disputes';

export function disputeOf(state: State, id: string): Dispute {
  const dispute = state.disputes.get(id);
  if (!dispute) throw noSuch('dispute', id);
  return dispute;
}

/** Evidence that is text, not files. */
const evidence = z.strictObject({
  access_activity_log: z.string().optional(),
  customer_email_address: z.string().optional(),
  customer_name: z.string().optional(),
  product_description: z.string().optional(),
  service_date: z.string().optional(),
  uncategorized_text: z.string().optional(),
});

export const disputeEndpoints = [
  endpoint({
    method: 'get',
    path,
    params: {
      fields: z.object({
        ...page,
        created,
        charge: z.string().optional(),
        payment_intent: z.string().optional(),
      }),
      ignored: [],
    },
    run: ({ state }, { charge, payment_intent, ...params }) =>
      listOf(state.disputes, params, path, { charge, payment_intent }),
  }),
  endpoint({
    method: 'get',
    path: `${path}/:id`,
    params: { fields: z.object({}), ignored: [] },
    run: ({ state, id }) => found(disputeOf(state, id)),
  }),
  endpoint({
    method: 'post',
    path: `${path}/:id`,
    params: {
      fields: z.object({ evidence: evidence.default({}), submit: flag.default(true), metadata: metadata.optional() }),
      ignored: [],
    },
    run: ({ state, id }, params) => {
      const { dispute, events } = answer(disputeOf(state, id), params.evidence, params.submit);
      return { ...found(dispute), put: [dispute], events };
    },
  }),
];
