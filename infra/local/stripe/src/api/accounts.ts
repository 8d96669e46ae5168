import { z } from 'zod';
import { answered, newAccount } from '../domain/account';
import { noSuch } from '../domain/errors';
import type { Account } from '../domain/objects';
import type { State } from '../storage/state';
import { endpoint, found } from './endpoint';
import { listOf, page } from './list';
import { list, metadata, webAddress } from './params';

const path = '/v2/core/accounts';

export function accountOf(state: State, id: string, param?: string): Account {
  const account = state.accounts.get(id);
  if (!account) throw noSuch('v2.core.account', id, param);
  return account;
}

const INCLUDE = ['configuration.recipient', 'defaults', 'identity', 'requirements'] as const;

const requested = z.strictObject({ requested: z.literal(true) });
const link = z.strictObject({ refresh_url: webAddress, return_url: webAddress.optional() });

/** Links are good for a few minutes (Stripe docs: "Create an account link"). */
const LINK_LIFE_MS = 5 * 60 * 1000;

export const accountEndpoints = [
  endpoint({
    method: 'post',
    path,
    isV2: true,
    params: {
      fields: z.object({
        configuration: z.strictObject({
          recipient: z.strictObject({
            capabilities: z.strictObject({ stripe_balance: z.strictObject({ stripe_transfers: requested }) }),
          }),
        }),
        contact_email: z.email({ pattern: z.regexes.html5Email }).optional(),
        dashboard: z.enum(['express', 'full', 'none']).optional(),
        defaults: z
          .strictObject({
            currency: z.string().optional(),
            responsibilities: z.strictObject({
              fees_collector: z.enum(['application', 'stripe']),
              losses_collector: z.enum(['application', 'stripe']),
            }),
          })
          .optional(),
        display_name: z.string().optional(),
        identity: z.strictObject({ country: z.string().optional() }).optional(),
        include: z.array(z.enum(INCLUDE)).default([]),
        metadata: metadata.optional(),
      }),
      ignored: [],
    },
    run: (call, params) => {
      const account = newAccount(params, call);
      return { ...found(answered(account, params.include)), put: [account] };
    },
  }),
  endpoint({
    method: 'get',
    path: `${path}/:id`,
    isV2: true,
    params: { fields: z.object({ include: list.pipe(z.array(z.enum(INCLUDE))).default([]) }), ignored: [] },
    run: ({ state, id }, { include }) => found(answered(accountOf(state, id), include)),
  }),
  endpoint({
    method: 'get',
    path: '/v1/accounts/:id/external_accounts',
    params: { fields: z.object({ ...page, object: z.literal('bank_account').optional() }), ignored: [] },
    run: ({ state, id: account }, params) =>
      listOf(state.banks, params, `/v1/accounts/${accountOf(state, account).id}/external_accounts`, { account }),
  }),
  endpoint({
    method: 'post',
    path: '/v2/core/account_links',
    isV2: true,
    params: {
      fields: z.object({
        account: z.string(),
        use_case: z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('account_onboarding'), account_onboarding: link }),
          z.strictObject({ type: z.literal('account_update'), account_update: link }),
        ]),
      }),
      ignored: [],
    },
    run: (call, { account, use_case }) => {
      accountOf(call.state, account, 'account');
      const urls = use_case.type === 'account_onboarding' ? use_case.account_onboarding : use_case.account_update;
      const expires = call.now * 1000 + LINK_LIFE_MS;
      const query = new URLSearchParams({ ...urls, expires: String(expires) });
      return found({
        object: 'v2.core.account_link',
        account,
        created: new Date(call.now * 1000).toISOString(),
        expires_at: new Date(expires).toISOString(),
        livemode: false,
        url: `${call.publicUrl}/onboard/${account}?${query.toString()}`,
        use_case,
      });
    },
  }),
];
