import type { Account, Context, DomainEvent, ThinEvent } from './objects';

/** What a platform specifies for a new recipient (Stripe docs: "Create an Account", v2). */
export interface NewAccount {
  contact_email?: string;
  display_name?: string;
  dashboard?: 'express' | 'full' | 'none';
  identity?: { country?: string };
  defaults?: { currency?: string };
  metadata?: Record<string, string>;
}

type Transfers = NonNullable<
  NonNullable<NonNullable<NonNullable<Account['configuration']>['recipient']>['capabilities']>['stripe_balance']
>['stripe_transfers'];
type Capability = NonNullable<Transfers>;

/** What onboarding asks for, in order. */
const WANTED = [
  'identity.individual.given_name',
  'identity.individual.date_of_birth.year',
  'identity.individual.address.line1',
  'configuration.recipient.default_outbound_destination',
];

const capability = (stripe_transfers: Capability): Account['configuration'] => ({
  recipient: { applied: true, capabilities: { stripe_balance: { stripe_transfers } } },
});

const wanting = (names: string[]): Account['requirements'] => ({
  entries: names.map((description) => ({
    awaiting_action_from: 'user',
    description,
    errors: [],
    impact: { restricts_capabilities: [] },
    minimum_deadline: { status: 'currently_due' },
    requested_reasons: [{ code: 'routine_onboarding' }],
  })),
});

const WAITING: Capability = {
  status: 'restricted',
  status_details: [{ code: 'requirements_past_due', resolution: 'provide_info' }],
};

const RESPONSIBILITIES = {
  fees_collector: 'application',
  losses_collector: 'application',
  requirements_collector: 'stripe',
} as const;

/** A recipient that has not been onboarded. */
export const newAccount = (params: NewAccount, context: Context): Account => ({
  id: context.newId('acct'),
  object: 'v2.core.account',
  applied_configurations: ['recipient'],
  configuration: capability(WAITING),
  contact_email: params.contact_email,
  created: new Date(context.now * 1000).toISOString(),
  dashboard: params.dashboard ?? 'none',
  defaults: { currency: params.defaults?.currency, responsibilities: RESPONSIBILITIES },
  display_name: params.display_name,
  identity: { country: params.identity?.country },
  livemode: false,
  metadata: params.metadata ?? {},
  requirements: wanting(WANTED),
});

/** How onboarding ends; `restrict`: Stripe restricts the account later. */
export type Onboarding = 'complete' | 'leave' | 'refuse' | 'restrict';

export function onboard(account: Account, outcome: Onboarding): { account: Account; events: DomainEvent[] } {
  const changed = { ...account, ...after(account, outcome) };
  const event = (type: ThinEvent['type']): ThinEvent => ({ type, object: changed });
  const events = [event('v2.core.account[requirements].updated')];
  if (statusOf(changed) !== statusOf(account))
    events.push(event('v2.core.account[configuration.recipient].capability_status_updated'));
  return { account: changed, events };
}

function after(account: Account, outcome: Onboarding): Partial<Account> {
  switch (outcome) {
    case 'complete':
      return {
        configuration: capability({ status: 'active', status_details: [] }),
        requirements: wanting([]),
        identity: { country: account.identity?.country ?? 'us' },
        defaults: { responsibilities: RESPONSIBILITIES, currency: account.defaults?.currency ?? 'usd' },
      };
    case 'leave':
      return isReady(account) ? {} : { requirements: wanting(WANTED.slice(2)) };
    case 'refuse':
      return {
        configuration: capability({
          status: 'rejected',
          status_details: [{ code: 'rejected_other', resolution: 'contact_stripe' }],
        }),
        requirements: wanting([]),
      };
    case 'restrict':
      return {
        configuration: capability(WAITING),
        requirements: wanting(['identity.individual.documents.primary_verification']),
      };
  }
}

const statusOf = ({ configuration }: Account) =>
  configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;

/** Whether money may be transferred to it. */
export const isReady = (account: Account): boolean => statusOf(account) === 'active';

/** A response contains only what `include` requested (Stripe docs: "Include-dependent response values"). */
export function answered(account: Account, include: readonly string[]): Account {
  const { configuration, defaults, identity, requirements, ...always } = account;
  return {
    ...always,
    ...(include.includes('configuration.recipient') && { configuration }),
    ...(include.includes('defaults') && { defaults }),
    ...(include.includes('identity') && { identity }),
    ...(include.includes('requirements') && { requirements }),
  };
}
