import { newId, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Sellers } from './store';
import { sellersIn, startPayments, type World } from './testing';

/** Accounts at Stripe that are no longer ours, and sellers Stripe has no news of. */

const SHARE = 1_948;

let world: World;
let sellers: ReturnType<typeof sellersIn>;
beforeAll(async () => {
  world = await startPayments();
  sellers = sellersIn(world);
  // The marketplace has money of its own, out of which it refunds what is gone.
  await world.emulator.stripe.paymentIntents.create({
    ...{ amount: 1_000_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
});
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

/** From now on, Stripe says that it is no longer ours. */
async function leave(accountId: string) {
  const left = { kind: 'error-403', times: 9_999 };
  for (const path of ['', '/external_accounts'].map((rest) => `/v1/accounts/${accountId}${rest}`))
    await world.fault({ ...left, path });
  await world.fault({ ...left, path: `/v2/core/accounts/${accountId}` });
}

test('an account that left is said to be restricted, and a new one takes its place', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order, 'leave');
  const former = await sellers.accountOf(order);
  await leave(former);
  expect(await sellers.seller(order)).toMatchObject({ state: 'restricted', wants: [] });
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v2/core/account_links' });
  await sellers.onboard(order);
  expect(await sellers.accountOf(order)).not.toBe(former);
  await until(async () => (await sellers.seller(order)).state === 'ready');
  await world.tell(order, 'released');
  await sellers.settled(order, 'paid');
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

test('the new one is made once, though an answer is lost', async () => {
  const order = { sellerId: newId() };
  await sellers.onboard(order);
  const former = await sellers.accountOf(order);
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v2/core/account_links', times: 2 });
  await world.fault({ kind: 'lose-answer', method: 'POST', path: '/v2/core/accounts', times: 2 });
  await expect(sellers.onboard(order)).rejects.toThrow('503');
  expect(await sellers.accountOf(order)).toBe(former);
  await sellers.onboard(order);
  const accountId = await sellers.accountOf(order);
  expect(accountId).not.toBe(former);
  expect((await Sellers.findById(order.sellerId).lean())?.isReady).toBe(true);
});

test('a transfer to it fails, and waits for another account instead of being tried for good', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  const former = await sellers.accountOf(order);
  await leave(former);
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v1/transfers' });
  await world.tell(order, 'released');
  await sellers.settled(order, 'failed');
  expect(await sellers.payout(order)).toMatchObject({ reason: 'account_invalid', attempt: 1 });
  expect(await sellers.seller(order)).toMatchObject({ state: 'restricted' });
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v2/core/account_links' });
  await sellers.onboard(order);
  await sellers.settled(order, 'paid');
  expect(await sellers.payout(order)).toMatchObject({ accountId: await sellers.accountOf(order), attempt: 2 });
  expect(await sellers.transfers(order)).toHaveLength(1);
});

test('what was on its way to it says nothing of the new one', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  const former = await sellers.accountOf(order);
  await world.fault({ kind: 'lose-request', method: 'POST', path: '/v1/transfers', times: 2 });
  await world.tell(order, 'released');
  expect(await sellers.payout(order)).toMatchObject({ status: 'sending', accountId: former });
  await world.fault({ kind: 'lost', times: 99 });
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v2/core/account_links' });
  expect(await sellers.onboard(order)).toMatchObject({ state: 'ready' });
  await leave(former);
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v1/transfers' });
  await world.reconcile(order);
  expect(await sellers.payout(order)).toMatchObject({ status: 'failed', reason: 'account_invalid' });
  expect((await Sellers.findById(order.sellerId).lean())?.isReady).toBe(true);
  await sellers.settled(order, 'paid');
  expect(await sellers.payout(order)).toMatchObject({ accountId: await sellers.accountOf(order), attempt: 2 });
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

test('a slow answer about it says nothing of the new one', async () => {
  const seller = { sellerId: newId() };
  await world.fault({ kind: 'lost', times: 99 });
  await sellers.onboard(seller, 'leave');
  const former = await sellers.accountOf(seller);
  await world.emulator.control('POST', `/accounts/${former}/onboard`, { outcome: 'refuse' });
  const path = `/v2/core/accounts/${former}`;
  await world.fault({ kind: 'slow', method: 'GET', path, when: 'after', delayMs: 1_000 });
  const older = world.payments.hear({ about: 'account', accountId: former }, { trace: 'older' });
  await until(async () => ((await world.emulator.control('GET', '/faults')) as { kind: string }[]).length === 1);
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v2/core/account_links' });
  await request(world.server).post('/api/payments/seller').set('Cookie', sellers.cookie(seller)).expect(200);
  await older;
  expect(await Sellers.findById(seller.sellerId).lean()).toMatchObject({ isRefused: false });
  expect(await sellers.accountOf(seller)).not.toBe(former);
});

test("the new one is made with the seller's address of today", async () => {
  const seller = { sellerId: newId() };
  const contact = async () => {
    const { contact_email: email } = await world.emulator.stripe.v2.core.accounts.retrieve(
      await sellers.accountOf(seller),
    );
    return email;
  };
  await sellers.onboard(seller);
  expect(await contact()).toBe('seller@test.com');
  await world.confirm(seller.sellerId, '$today@test.com');
  await world.fault({ kind: 'error-403', method: 'POST', path: '/v2/core/account_links' });
  await request(world.server).post('/api/payments/seller').set('Cookie', sellers.cookie(seller)).expect(200);
  expect(await contact()).toBe('$today@test.com');
});

test.each([
  ['its transfer cannot be reversed', '/v1/transfers/*/reversals'],
  ['what it has left cannot be seen', '/v1/balance'],
])('what it was paid for an undone sale is owed: %s', async (_what, path) => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  await world.tell(order, 'released');
  await sellers.settled(order, 'paid');
  await world.emulator.control('POST', '/payouts', { account: await sellers.accountOf(order), amount: SHARE });
  await world.fault({ kind: 'error-403', path, times: 9_999 });
  await world.tell(order, 'refunded');
  await sellers.settled(order, 'reversed');
  expect(await sellers.payout(order)).toMatchObject({ reversed: 0, owed: SHARE });
});

describe('where payouts go is looked at', () => {
  /** Sellers whose banks changed without a word, each due after the one before. */
  async function due(count: number) {
    await Sellers.updateMany({}, { checkAt: new Date(Date.now() + 86_400_000) });
    const found = Array.from({ length: count }, () => ({ sellerId: newId() }));
    for (const seller of found) await sellers.onboard(seller);
    await world.fault({ kind: 'lost', times: 99 });
    for (const seller of found) await sellers.onboard(seller, 'complete', '000999991111');
    await world.emulator.control('DELETE', '/faults');
    for (const [at, { sellerId }] of found.entries())
      await Sellers.updateOne({ _id: sellerId }, { checkAt: new Date(Date.now() - 60_000 + at) });
    return found;
  }
  const fail = async (seller: { sellerId: string }) =>
    world.fault({
      ...{ kind: 'error-500', method: 'GET', times: 99 },
      path: `/v1/accounts/${await sellers.accountOf(seller)}/external_accounts`,
    });
  const known = async ({ sellerId }: { sellerId: string }) =>
    (await Sellers.findById(sellerId).lean())?.payoutTo?.last4;
  const isDue = async ({ sellerId }: { sellerId: string }) =>
    ((await Sellers.findById(sellerId).lean())?.checkAt ?? new Date(0)) <= new Date();

  test('though Stripe says nothing of the sellers before', async () => {
    const [first, second, third, fourth] = await due(4);
    for (const seller of [first, third]) await fail(seller!);
    await expect(world.payments.lookAtBanks()).rejects.toThrow(AggregateError);
    expect(await Promise.all([first, second, third, fourth].map((seller) => known(seller!)))).toEqual([
      ...['6789', '1111', '6789', '1111'],
    ]);
    expect(await Promise.all([first, second, third, fourth].map((seller) => isDue(seller!)))).not.toContain(true);
  });

  test('not while Stripe is away: the others keep their turn', async () => {
    const found = await due(5);
    for (const seller of found) await fail(seller);
    await expect(world.payments.lookAtBanks()).rejects.toThrow();
    expect((await Promise.all(found.map(isDue))).filter(Boolean)).toHaveLength(2);
  });
});
