import type Stripe from 'stripe';
import { failureOf, startEndpoint, startTestEmulator, until, type Endpoint, type TestEmulator } from '../testing';
import { found } from './endpoint';

let emulator: TestEmulator;
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
  emulator = await startTestEmulator({ webhook: endpoint });
});
afterAll(async () => {
  await emulator.close();
  await endpoint.close();
});

const account = async (outcome?: string) => {
  const { id } = await emulator.stripe.v2.core.accounts.create({
    contact_email: 'seller@test.com',
    dashboard: 'express',
    defaults: { responsibilities: { fees_collector: 'application', losses_collector: 'application' } },
    configuration: { recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } } },
  });
  if (outcome) await emulator.control('POST', `/accounts/${id}/onboard`, { outcome });
  return id;
};
const read = (id: string) =>
  emulator.stripe.v2.core.accounts.retrieve(id, { include: ['configuration.recipient', 'requirements', 'identity'] });
const statusOf = ({ configuration }: Stripe.V2.Core.Account) =>
  configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;

const charge = async (card = 'pm_card_visa', amount = 2_000) => {
  const { id, latest_charge } = await emulator.stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    confirm: true,
    payment_method: card,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    transfer_group: 'order',
  });
  return { intent: id, id: latest_charge as string };
};
const transfer = (destination: string, source: string, amount = 1_900, key?: string) =>
  emulator.stripe.transfers.create(
    { amount, currency: 'usd', destination, source_transaction: source },
    key ? { idempotencyKey: key } : {},
  );
const balanceOf = async (stripeAccount: string) =>
  (await emulator.stripe.balance.retrieve({}, { stripeAccount })).available[0]?.amount;

it('an account can receive transfers once its owner has completed onboarding', async () => {
  const id = await account();
  expect(statusOf(await read(id))).toBe('restricted');
  const link = await emulator.stripe.v2.core.accountLinks.create({
    account: id,
    use_case: {
      type: 'account_onboarding',
      account_onboarding: { refresh_url: 'https://shop/refresh', return_url: 'https://shop/return' },
    },
  });
  const walk = (outcome: string) =>
    fetch(link.url, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
  expect(await (await fetch(link.url)).text()).toContain('seller@test.com');
  const wanted = (await read(id)).requirements?.entries?.length ?? 0;
  expect((await walk('leave')).headers.get('location')).toBe('https://shop/return');
  expect((await read(id)).requirements?.entries?.length).toBeLessThan(wanted);
  await walk('complete');
  const ready = await read(id);
  expect([statusOf(ready), ready.requirements?.entries, ready.identity?.country]).toEqual(['active', [], 'us']);
  await walk('refuse');
  expect(statusOf(await read(id))).toBe('rejected');
  expect((await fetch(link.url.replace(id, 'acct_other'))).status).toBe(404);
});

it('thin events name the account, and stripe-node verifies them', async () => {
  const id = await account('complete');
  await until('both have arrived', () => endpoint.thin.filter(({ related }) => related === id).length === 2);
});

it('an account contains only what was requested', async () => {
  const id = await account();
  expect((await emulator.stripe.v2.core.accounts.retrieve(id)).requirements).toBeUndefined();
});

it('a repeated key transfers once, and API v2 does not keep failures', async () => {
  const [id, source] = [await account('complete'), await charge()];
  const [first, second] = [await transfer(id, source.id, 500, 'once'), await transfer(id, source.id, 500, 'once')];
  expect(second.id).toBe(first.id);
  expect(await balanceOf(id)).toBe(500);
  const params = { configuration: { recipient: {} }, contact_email: 'no address' };
  const create = () => emulator.stripe.v2.core.accounts.create(params, { idempotencyKey: 'v2' });
  await failureOf(create());
  const again = await failureOf(create());
  expect(again.headers?.['idempotent-replayed']).toBeUndefined();
});

it('a transfer needs an active account, a charge with money left, and a balance', async () => {
  const [ready, source] = [await account('complete'), await charge()];
  const unready = await failureOf(transfer(await account('restrict'), source.id));
  expect(unready.code).toBe('insufficient_capabilities_for_transfer');
  expect((await failureOf(transfer(ready, source.id, 2_001))).param).toBe('source_transaction');
  await emulator.control('POST', '/payouts', { account: null });
  expect((await failureOf(transfer(ready, source.id))).code).toBe('balance_insufficient');
  const { id } = await charge();
  await transfer(ready, id);
  expect((await failureOf(transfer(ready, id))).param).toBe('source_transaction');
  expect((await failureOf(transfer(ready, 'ch_none'))).code).toBe('resource_missing');
  const refunded = await charge();
  await emulator.stripe.refunds.create({ payment_intent: refunded.intent });
  expect((await failureOf(transfer(ready, refunded.id))).param).toBe('source_transaction');
});

it('a reversal takes what the account still has, and survives a restart', async () => {
  const [ready, source] = [await account('complete'), await charge()];
  const made = await transfer(ready, source.id);
  await emulator.control('POST', '/payouts', { account: ready, amount: 1_500 });
  const failure = await failureOf(emulator.stripe.transfers.createReversal(made.id));
  expect([failure.code, failure.statusCode]).toEqual(['balance_insufficient', 400]);
  await emulator.stripe.transfers.createReversal(made.id, { amount: 400 });
  expect(await balanceOf(ready)).toBe(0);
  emulator = await emulator.restart();
  const { amount_reversed: reversed, reversed: isWhole } = await emulator.stripe.transfers.retrieve(made.id);
  expect([reversed, isWhole]).toEqual([400, false]);
  await until('it was reported', () => endpoint.types().includes('transfer.reversed'));
});

it('a payout is reported: for the platform, or for the account that it came from', async () => {
  const id = await account('complete');
  await transfer(id, (await charge()).id);
  await emulator.control('POST', '/payouts', { account: id, amount: 1_000 });
  expect(await balanceOf(id)).toBe(900);
  await emulator.control('POST', '/payouts', { account: null, amount: 50 });
  const told = (amount: number) => {
    const payouts = endpoint.received.map(({ type: event, account: of, data }) => ({
      ...(data.object as Stripe.Payout),
      ...{ event, of },
    }));
    return payouts.filter((one) => one.object === 'payout' && one.amount === amount);
  };
  await until('both were reported', () => told(1_000).length === 2 && told(50).length === 2);
  for (const [amount, of] of [
    [1_000, id],
    [50, undefined],
  ] as const) {
    expect(
      told(amount)
        .map((one) => [one.event, one.status])
        .sort(),
    ).toEqual([
      ['payout.created', 'pending'],
      ['payout.paid', 'paid'],
    ]);
    expect(told(amount).map((one) => one.of)).toEqual([of, of]);
  }
});

it('a dispute withdraws the money until it is won, and accepts evidence once', async () => {
  const { intent } = await charge('pm_card_createDispute');
  const { data } = await emulator.stripe.disputes.list({ payment_intent: intent });
  const { id = '', status } = data[0] ?? {};
  expect(status).toBe('needs_response');
  expect((await failureOf(emulator.stripe.refunds.create({ payment_intent: intent }))).code).toBe('charge_disputed');
  const answered = await emulator.stripe.disputes.update(id, { evidence: { product_description: 'A ticket' } });
  expect(answered.status).toBe('under_review');
  await failureOf(emulator.stripe.disputes.update(id, { evidence: { product_description: 'Again' } }));
  await emulator.control('POST', `/disputes/${id}/close`, { outcome: 'won' });
  await emulator.stripe.refunds.create({ payment_intent: intent });
  await until('it was reported', () => endpoint.types().includes('charge.dispute.closed'));
  const told = endpoint.types().filter((type) => type.startsWith('charge.dispute.'));
  expect(told.sort()).toEqual(
    ['created', 'funds_withdrawn', 'updated', 'funds_reinstated', 'closed'].map((of) => `charge.dispute.${of}`).sort(),
  );
});

/** A wall of types: no answer differs from what stripe-node knows. None of these compiles. */
const [balance, link] = [
  { object: 'balance', livemode: false },
  { object: 'v2.core.account_link', account: 'acct_1', created: '', expires_at: '', livemode: false, url: '' },
] as const;
const use_case = { type: 'account_onboarding' } as const;
export const forbidden = () => [
  // @ts-expect-error: it is `currency`
  found({ ...balance, pending: [], available: [{ amount: 1, curency: 'usd' }] }),
  // @ts-expect-error: it has an amount
  found({ ...balance, pending: [], available: [{ currency: 'usd' }] }),
  // @ts-expect-error: it is `data`
  found({ object: 'list', url: '/', has_more: false, items: [] }),
  // @ts-expect-error: it is `use_case`
  found({ ...link, useCase: use_case }),
  // @ts-expect-error: Stripe has no such object
  found({ object: 'wallet' }),
];
export const allowed = () => [
  found({ ...balance, pending: [], available: [{ amount: 1, currency: 'usd' }] }),
  found({ ...link, use_case }),
  found({ object: 'list', url: '/', has_more: false, data: [] }),
];
