import { cookieOf, until } from '@ticketing/common/testing';
import type { SellerBody } from '@ticketing/common';
import request from 'supertest';
import { Sellers } from './store';
import { startPayments, type TestOrder, type World } from './testing';

/** 20.50 less 5 %: 1.025 is rounded to the even 1.02. */
const SHARE = 1_948;

let world: World;
beforeAll(async () => {
  world = await startPayments();
});
afterAll(() => world.stop());

const cookie = ({ sellerId }: TestOrder) => cookieOf({ id: sellerId, email: 'seller@test.com' });
const seller = async (order: TestOrder) =>
  (await request(world.server).get('/api/payments/seller').set('Cookie', cookie(order)).expect(200)).body as SellerBody;
const onboard = async (order: TestOrder, outcome = 'complete') => {
  const { body } = await request(world.server).post('/api/payments/seller').set('Cookie', cookie(order)).expect(200);
  const { url } = body as { url: string };
  await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
  return seller(order);
};
const sale = async () => {
  const order = await world.order();
  await world.pay(order).expect(201);
  await world.tell(order, 'awaiting:payment');
  await world.status(order, 'captured');
  await world.tell(order, 'complete');
  return order;
};
const payout = async (order: TestOrder) => (await world.payment(order))?.payout ?? undefined;
const transfers = async ({ id }: TestOrder) =>
  (await world.emulator.stripe.transfers.list({ transfer_group: id })).data.map(
    ({ amount, amount_reversed: reversed }) => ({ amount, reversed }),
  );
const settled = (order: TestOrder, status: string) =>
  until(async () => {
    if ((await payout(order))?.status === status) return true;
    await world.reconcile(order);
    return false;
  });

it('onboards a seller and pays them once their sale is released', async () => {
  const order = await sale();
  expect((await seller(order)).state).toBe('none');
  expect((await onboard(order, 'leave')).wants).not.toEqual([]);
  expect(await onboard(order)).toMatchObject({ state: 'ready', wants: [], country: 'us', feePercent: 5 });
  expect(await transfers(order)).toEqual([]);
  await world.tell(order, 'released');
  expect(await payout(order)).toMatchObject({ status: 'paid', amount: SHARE });
  await world.tell(order, 'released');
  await world.reconcile(order);
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  expect((await world.payment(order))?.checkAt).toBeNull();
});

it('lets money wait for an account', async () => {
  const order = await sale();
  await world.tell(order, 'released');
  expect(await payout(order)).toMatchObject({ status: 'due', reason: 'account' });
  await onboard(order);
  await settled(order, 'paid');
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

it.each([
  ['lost answers', { kind: 'lose-answer', times: 2 }],
  ['lost requests', { kind: 'lose-request', times: 2 }],
  ['a failure that is kept, with its effect', { kind: 'error-500', when: 'after' }],
  ['a failure that is kept, without effect', { kind: 'error-500' }],
])('pays once despite %s', async (_what, fault) => {
  const order = await sale();
  await onboard(order);
  await world.fault({ ...fault, method: 'POST', path: '/v1/transfers' });
  await world.tell(order, 'released');
  await settled(order, 'paid');
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

it('hears from Stripe that an account became able to take money, or unable', async () => {
  const order = await sale();
  await onboard(order, 'leave');
  const { accountId } = (await Sellers.findById(order.sellerId).lean()) ?? {};
  const isReady = async () => (await Sellers.findById(order.sellerId).lean())?.isReady;
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'complete' });
  await until(isReady);
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'restrict' });
  await until(async () => !(await isReady()));
  expect(world.webhooks).not.toContain(400);
});

it('tries again when the account cannot take it', async () => {
  const order = await sale();
  await onboard(order);
  const { accountId } = (await Sellers.findById(order.sellerId).lean()) ?? {};
  // Nobody has heard of it yet when the transfer is asked for.
  await world.fault({ kind: 'lost', times: 20 });
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'restrict' });
  await world.tell(order, 'released');
  expect(await payout(order)).toMatchObject({ status: 'failed', reason: 'insufficient_capabilities_for_transfer' });
  await world.emulator.control('DELETE', '/faults');
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'complete' });
  await settled(order, 'paid');
  expect(await transfers(order)).toHaveLength(1);
});

it('pays nobody while a dispute is open', async () => {
  const order = await sale();
  await onboard(order);
  const intent = (await world.payment(order))?.stripeId ?? '';
  const { id } = (await world.emulator.control('POST', `/payment_intents/${intent}/dispute`)) as { id: string };
  await world.tell(order, 'released');
  expect(await payout(order)).toMatchObject({ status: 'due', reason: 'dispute' });
  await world.emulator.control('POST', `/disputes/${id}/close`, { outcome: 'won' });
  await settled(order, 'paid');
});

it('reverses the transfer of a refunded order', async () => {
  const order = await sale();
  await onboard(order);
  await world.tell(order, 'released');
  await world.tell(order, 'refunded');
  await settled(order, 'reversed');
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: SHARE }]);
  expect(await world.money(order)).toMatchObject({ refunded: 2_050 });
});

it('says when the money of a refunded order is gone', async () => {
  const order = await sale();
  await onboard(order);
  await world.tell(order, 'released');
  const { accountId } = (await Sellers.findById(order.sellerId).lean()) ?? {};
  await world.emulator.control('POST', '/payouts', { account: accountId });
  await world.tell(order, 'refunded');
  await world.complaint('an undone sale was paid, and its seller no longer has the money: trying again');
});
