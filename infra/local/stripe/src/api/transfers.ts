import { z } from 'zod';
import { invalidRequest, noSuch } from '../domain/errors';
import type { Transfer } from '../domain/objects';
import { reverse, transfer } from '../domain/transfer';
import type { State } from '../storage/state';
import { currency, positiveAmount } from './amount';
import { endpoint, found, type Call, type Effect } from './endpoint';
import { created, listOf, page } from './list';
import { metadata } from './params';

const path = '/v1/transfers';

const createParams = {
  fields: z.object({
    amount: positiveAmount,
    currency,
    destination: z.string(),
    description: z.string().optional(),
    metadata: metadata.optional(),
    source_transaction: z.string().optional(),
    transfer_group: z.string().optional(),
  }),
  ignored: [],
};

const reversalParams = {
  fields: z.object({
    amount: positiveAmount.optional(),
    description: z.string().optional(),
    metadata: metadata.optional(),
  }),
  ignored: [],
};

function transferOf(state: State, id: string): Transfer {
  const made = state.transfers.get(id);
  if (!made) throw noSuch('transfer', id);
  return made;
}

export const transferEndpoints = [
  endpoint({ method: 'post', path, params: createParams, run: create }),
  endpoint({
    method: 'get',
    path,
    params: {
      fields: z.object({
        ...page,
        created,
        destination: z.string().optional(),
        transfer_group: z.string().optional(),
      }),
      ignored: [],
    },
    run: ({ state }, { destination, transfer_group, ...params }) =>
      listOf(state.transfers, params, path, { destination, transfer_group }),
  }),
  endpoint({
    method: 'get',
    path: `${path}/:id`,
    params: { fields: z.object({}), ignored: [] },
    run: ({ state, id }) => found(transferOf(state, id)),
  }),
  endpoint({
    method: 'post',
    path: `${path}/:id/reversals`,
    params: reversalParams,
    run: (call, params) => {
      const made = transferOf(call.state, call.id);
      const balance = call.state.balance(made.destination, made.currency);
      const { transfer: reversed, reversal, events } = reverse(made, params, balance, call);
      return { ...found(reversal), put: [reversed, reversal], events };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/balance',
    params: { fields: z.object({}), ignored: [] },
    run: ({ state, account }) => {
      const known = new Set(['usd', ...state.charges.all().map(({ currency: code }) => code)]);
      const available = [...known].map((code) => ({ amount: state.balance(account, code), currency: code }));
      return found({ object: 'balance', available, pending: [], livemode: false });
    },
  }),
];

function create(call: Call, params: z.infer<typeof createParams.fields>): Effect {
  const { state } = call;
  const account = state.accounts.get(params.destination);
  if (!account) throw noSuch('destination', params.destination, 'destination');
  const { source_transaction: id } = params;
  const charge = id === undefined ? undefined : state.charges.get(id);
  if (id !== undefined && !charge) throw noSuch('charge', id, 'source_transaction');
  if (charge?.refunded) {
    throw invalidRequest(`Charge ${charge.id} has been refunded.`, { param: 'source_transaction' });
  }
  const moved = state.transfers.all().reduce((sum, made) => {
    return made.source_transaction === id ? sum + made.amount - made.amount_reversed : sum;
  }, 0);
  const source = charge && { charge, moved };
  const { transfer: made, events } = transfer(params, account, source, state.balance(null, params.currency), call);
  return { ...found(made), put: [made], events };
}
