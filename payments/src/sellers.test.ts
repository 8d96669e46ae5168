import { newId, until } from '@ticketing/common/testing';
import type { Cause, SellerData } from '@ticketing/common';
import request from 'supertest';
import { Sharing } from './sharing';
import { Payments, Sellers } from './store';
import { sellersIn, startPayments, type World } from './testing';
import { mortal } from './testing/mortal';

let world: World;
let sellers: ReturnType<typeof sellersIn>;
const life = mortal();
let beforeCommit: ((cause: Cause) => Promise<unknown>) | undefined;
beforeAll(async () => {
  world = await startPayments((outbox) => {
    const commit = outbox.commit.bind(outbox);
    outbox.commit = async (...args) => {
      await beforeCommit?.(args[2]);
      return commit(...args);
    };
  }, life.through);
  sellers = sellersIn(world);
});
afterAll(async () => {
  life.close();
  await world.stop();
});

const told = ({ sellerId }: { sellerId: string }) =>
  world.tellings.flatMap(({ subject, data }) =>
    subject === 'seller:updated' && (data as SellerData).id === sellerId ? (data as SellerData).payoutTo : [],
  );
/** Makes Stripe send its webhook again, to one of the service's processes. */
const hear = async (seller: { sellerId: string }, { hear } = world.payments) =>
  hear({ about: 'account', accountId: await sellers.accountOf(seller) }, { trace: 'again' });

test('each new bank account for payouts is published once, with the previous one', async () => {
  const seller = { sellerId: newId() };
  await sellers.onboard(seller, 'leave');
  expect(told(seller)).toEqual([]);
  await sellers.onboard(seller);
  await until(() => told(seller).length === 1);
  expect(told(seller)).toMatchObject([{ last4: '6789', former: null }]);
  await sellers.onboard(seller, 'complete', '000999991111');
  await until(() => told(seller).length === 2);
  expect(told(seller)[1]).toMatchObject({ last4: '1111', former: '6789' });
  // Choosing the same one again is not a change, nor is a duplicate webhook, or many at once.
  await sellers.onboard(seller, 'complete', '000999991111');
  await Promise.all(Array.from({ length: 5 }, () => hear(seller)));
  await sellers.onboard(seller, 'complete', '000999992222');
  await until(() => told(seller).length === 3);
  expect(told(seller)[2]).toMatchObject({ last4: '2222', former: '1111' });
  expect((await Sellers.findById(seller.sellerId).lean())?.isReady).toBe(true);
});

test('for a seller set up by an earlier version, only a change is published', async () => {
  const seller = { sellerId: newId() };
  await sellers.onboard(seller);
  await until(() => told(seller).length === 1);
  await until(async () => (await Sellers.findById(seller.sellerId).lean())?.outbox.length === 0);
  const older = { $unset: { payoutTo: 1, version: 1, outbox: 1 } } as const;
  const { _id } = (await Sellers.findById(seller.sellerId)) ?? {};
  await Sellers.collection.updateOne({ _id }, older);
  await hear(seller);
  expect((await Sellers.findById(seller.sellerId).lean())?.payoutTo).toMatchObject({ last4: '6789', since: null });
  await sellers.onboard(seller, 'complete', '000999991111');
  await until(() => told(seller).length === 2);
  expect(told(seller)[1]).toMatchObject({ last4: '1111', former: '6789' });
});

test('a change that could not be written is published when Stripe repeats it', async () => {
  const seller = { sellerId: newId() };
  await sellers.onboard(seller);
  await until(() => told(seller).length === 1);
  const failing = jest.spyOn(Sellers.prototype, 'save').mockRejectedValueOnce(new Error('died'));
  await sellers.onboard(seller, 'complete', '000999991111');
  await until(() => failing.mock.calls.length > 0);
  failing.mockRestore();
  await until(() => told(seller).length === 2);
});

test("a change whose webhook is lost is published at the seller's next check, a day later", async () => {
  const seller = { sellerId: newId() };
  await sellers.onboard(seller);
  await until(() => told(seller).length === 1);
  await world.payments.lookAtBanks();
  await world.fault({ kind: 'lost', times: 20 });
  await sellers.onboard(seller, 'complete', '000999991111');
  await world.emulator.control('DELETE', '/faults');
  await world.payments.lookAtBanks();
  expect(told(seller)).toHaveLength(1);
  const { checkAt } = await Sellers.findById(seller.sellerId).orFail().lean();
  expect(checkAt?.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);

  const due = () => Sellers.updateOne({ _id: seller.sellerId }, { checkAt: new Date() });
  await due();
  await world.fault({ kind: 'error-500', method: 'GET', path: '/v1/accounts/*/external_accounts', times: 10 });
  await expect(world.payments.lookAtBanks()).rejects.toThrow();
  await world.emulator.control('DELETE', '/faults');
  const again = (await Sellers.findById(seller.sellerId).orFail().lean()).checkAt;
  expect(again?.getTime()).toBeLessThan(Date.now() + 3_600_000);
  await due();
  await world.payments.lookAtBanks();
  await until(() => told(seller).length === 2);
  expect(told(seller)[1]).toMatchObject({ last4: '1111', former: '6789' });
  await due();
  await world.payments.lookAtBanks();
  expect(told(seller)).toHaveLength(2);

  // A disconnected account is checked as rarely as any other.
  await due();
  await world.fault({ kind: 'error-403', method: 'GET', path: '/v1/accounts/*/external_accounts', times: 10 });
  await world.payments.lookAtBanks();
  await world.emulator.control('DELETE', '/faults');
  const { checkAt: next } = await Sellers.findById(seller.sellerId).orFail().lean();
  expect(next?.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  expect(told(seller)).toHaveLength(2);
});

test('payouts that wait are woken by a check that Stripe answers, not by one that fails', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  await world.payments.lookAtBanks();
  const retryAt = new Date(Date.now() + 3_600_000);
  const waiting = { status: 'failed', retryAt, attempt: 3 };
  await Payments.collection.updateOne({ orderId: order.id }, { $set: { payout: waiting, checkAt: retryAt } });
  const look = async () => {
    await Sellers.updateOne({ _id: order.sellerId }, { checkAt: new Date() });
    await world.payments.lookAtBanks();
  };
  const wakesAt = async () => (await Payments.findOne({ orderId: order.id }).orFail().lean()).payout?.retryAt;
  const path = `/v1/accounts/${await sellers.accountOf(order)}/external_accounts`;
  await world.fault({ kind: 'error-500', method: 'GET', path, times: 10 });
  await expect(look()).rejects.toThrow();
  expect(await wakesAt()).toEqual(retryAt);
  await world.emulator.control('DELETE', '/faults');
  await look();
  expect(await wakesAt()).toBeNull();
});

test('of two answers about an account, the older one does not undo the newer', async () => {
  const seller = { sellerId: newId() };
  await sellers.onboard(seller, 'leave');
  const [accountId, path] = [await sellers.accountOf(seller), `/v2/core/accounts/${await sellers.accountOf(seller)}`];
  await world.fault({ kind: 'lost', times: 20 });
  await world.fault({ kind: 'slow', method: 'GET', path, when: 'after', delayMs: 1_000 });
  const older = hear(seller, world.elsewhere);
  await until(async () => ((await world.emulator.control('GET', '/faults')) as { kind: string }[]).length === 1);
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'complete' });
  await hear(seller);
  await older;
  await world.emulator.control('DELETE', '/faults');
  expect((await Sellers.findById(seller.sellerId).lean())?.isReady).toBe(true);
});

test.each([
  ['what they want', '/v2/core/accounts/*', ['restrict', 'leave', 'restrict']],
  ['the bank account', '/v1/accounts/*/external_accounts', ['000999991111', '000999992222', '000999991111']],
])('nor if the newer one says of %s what was known before', async (_what, path, [first, then, last]) => {
  const seller = { sellerId: newId() };
  const set = async (state = '') => {
    if (/\d/.test(state)) return sellers.onboard(seller, 'complete', state);
    await world.emulator.control('POST', `/accounts/${await sellers.accountOf(seller)}/onboard`, { outcome: state });
  };
  const known = async () => {
    const { isRefused, wants, payoutTo } = await Sellers.findById(seller.sellerId).orFail().lean();
    return { isRefused, wants, last4: payoutTo?.last4 };
  };
  await world.fault({ kind: 'lost', times: 50 });
  await sellers.onboard(seller, 'leave');
  await set(first);
  await hear(seller);
  const before = await known();
  await set(then);
  const ofSeller = path.replace('*', await sellers.accountOf(seller));
  await world.fault({ kind: 'slow', method: 'GET', path: ofSeller, when: 'after', delayMs: 1_000 });
  const older = hear(seller, world.elsewhere);
  await until(async () => ((await world.emulator.control('GET', '/faults')) as { kind: string }[]).length === 1);
  await set(last);
  await hear(seller);
  await older;
  await world.emulator.control('DELETE', '/faults');
  expect(await known()).toEqual(before);
});

test('many webhooks about one account ask Stripe as often as two', async () => {
  const seller = { sellerId: newId() };
  await sellers.onboard(seller);
  await until(async () => (await Sellers.findById(seller.sellerId).lean())?.payoutTo);
  const account = await sellers.accountOf(seller);
  const ofAccount = `/accounts/${account}`;
  const asked = () => life.calls.filter((call) => call.startsWith('GET') && call.includes(ofAccount)).length;
  const before = asked();
  const wakings = jest.spyOn(Payments, 'updateMany');
  const sharing = jest.spyOn(Sharing.prototype, 'run');
  // All of them are there before the first is done.
  const areThere = () => sharing.mock.calls.filter(([key]) => key === account).length >= 40;
  beforeCommit = ({ trace }) => (trace === 'again' ? until(areThere) : Promise.resolve());
  await Promise.all(Array.from({ length: 40 }, () => hear(seller)));
  beforeCommit = undefined;
  // Twice for its state, and twice for its bank account; the webhook of its onboarding may come last.
  expect(asked() - before).toBeLessThanOrEqual(8);
  expect(wakings.mock.calls.length).toBeLessThanOrEqual(8);
  for (const spy of [wakings, sharing]) spy.mockRestore();
});

test('a process that always answers last stops asking once another one has answered twice', async () => {
  const seller = { sellerId: newId() };
  await world.fault({ kind: 'lost', times: 50 });
  await sellers.onboard(seller);
  await world.emulator.control('DELETE', '/faults');
  const accountId = await sellers.accountOf(seller);
  let overtaken = 0;
  beforeCommit = async ({ trace }) => {
    if (trace !== 'last') return;
    overtaken++;
    await hear(seller, world.elsewhere);
  };
  await world.payments.hear({ about: 'account', accountId }, { trace: 'last' });
  beforeCommit = undefined;
  expect(overtaken).toBe(2);
});

test.each([
  ['$ann@test.com', '$ann@test.com'],
  ['$$ann@test.com', '$$ann@test.com'],
  ['zoë@test.com', undefined],
])('the account of %s is created with the contact %s', async (email, contact) => {
  const seller = { sellerId: newId() };
  await world.confirm(seller.sellerId, email);
  await request(world.server).post('/api/payments/seller').set('Cookie', sellers.cookie(seller)).expect(200);
  const account = await world.emulator.stripe.v2.core.accounts.retrieve(await sellers.accountOf(seller));
  expect(account.contact_email).toBe(contact);
});
