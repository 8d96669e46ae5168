import { cookieOf, newId, until } from '@ticketing/common/testing';
import { register } from 'prom-client';
import request from 'supertest';
import { Payments, Sellers } from './store';
import { refusal, sellersIn, startPayments, type World } from './testing';

/** 20.50 less 5 %: 1.025 is rounded to the even 1.02. */
const [PRICE, FEE, SHARE] = [2_050, 102, 1_948];

/** How often an alarm of a kind was raised. */
async function alarmsOf(kind: string): Promise<number> {
  const counter = register.getSingleMetric('ticketing_payment_alarms_total');
  return (await counter?.get())?.values.find(({ labels }) => labels.kind === kind)?.value ?? 0;
}

let world: World;
let sellers: ReturnType<typeof sellersIn>;
beforeAll(async () => {
  world = await startPayments();
  sellers = sellersIn(world);
});
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

it('onboards a seller and pays them once their sale is released', async () => {
  const { sale, seller, onboard, transfers, payout, balances, kinds } = sellers;
  const order = await sale();
  expect(await seller(order)).toMatchObject({ state: 'none', waiting: 19.48, onTheWay: 0, paid: 0, debt: 0 });
  expect((await onboard(order, 'leave')).wants).not.toEqual([]);
  expect(await onboard(order)).toMatchObject({
    state: 'ready',
    wants: [],
    currency: 'usd',
    country: 'us',
    feePercent: 5,
  });
  expect(await transfers(order)).toEqual([]);
  expect(await balances(order)).toEqual({ buyer: -PRICE, fee: FEE, seller: SHARE });
  await world.tell(order, 'released');
  expect(await payout(order)).toMatchObject({ status: 'paid', amount: SHARE });
  await world.tell(order, 'released');
  await world.reconcile(order);
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  const { data } = await world.emulator.stripe.transfers.list({ transfer_group: order.id });
  const { stripeId } = (await world.payment(order)) ?? {};
  const { latest_charge: charge } = await world.emulator.stripe.paymentIntents.retrieve(stripeId ?? '');
  expect(data.map((transfer) => transfer.source_transaction)).toEqual([charge]);
  await world.untilAtRest(order);
  await until(() => world.payoutsOf(order).length > 0);
  const told = { orderId: order.id, userId: order.sellerId, amount: SHARE, settled: 0, reason: null };
  expect(world.payoutsOf(order)).toEqual([['payout:paid', expect.objectContaining(told)]]);
  expect(await balances(order)).toEqual({ buyer: -PRICE, fee: FEE, stripe: SHARE });
  expect(await kinds(order)).toEqual(['captured', 'paid']);
  expect(await seller(order)).toMatchObject({ waiting: 0, onTheWay: 0, paid: 19.48 });
});

it('refuses to set up payouts for an unconfirmed address', async () => {
  const seller = { sellerId: newId() };
  const setUp = () => request(world.server).post('/api/payments/seller').set('Cookie', sellers.cookie(seller));
  await setUp().expect(403, refusal('email-unconfirmed'));
  await world.signUp({ ...seller, id: '', userId: seller.sellerId, expiresAt: '' }, 'seller@test.com');
  await setUp().expect(403, refusal('email-unconfirmed'));
  expect(await Sellers.findById(seller.sellerId)).toBeNull();
  await world.confirm(seller.sellerId);
  await setUp().expect(200);
});

it.each(['a b', '[::1', 'shop.test:99999', '%00', 'ann@shop.test', 'shop.test/path?a'])(
  'Stripe is never asked to return to a host like %j',
  async (host) => {
    const seller = { sellerId: newId() };
    await world.confirm(seller.sellerId);
    const setUp = () => request(world.server).post('/api/payments/seller').set('Cookie', sellers.cookie(seller));
    await setUp().set('Host', host).expect(400, refusal('request-unreadable'));
    expect(await Sellers.findById(seller.sellerId)).toBeNull();
    await setUp().set('Host', '[::1]:3000').expect(200);
  },
);

it('writes the first line with the capture: a sale costs no extra write', async () => {
  // Each webhook causes its own write, whenever it comes.
  await world.fault({ kind: 'lost', times: 20 });
  const order = await sellers.sale();
  const { version, ledger, sellerId, fee } = (await world.payment(order)) ?? {};
  expect({ version, lines: ledger?.length, sellerId, fee }).toEqual({
    version: 2,
    lines: 1,
    sellerId: order.sellerId,
    fee: FEE,
  });
});

it('creates the same account again if the response was lost, even if the address has changed since', async () => {
  const order = await sellers.sale();
  const setUp = () => request(world.server).post('/api/payments/seller').set('Cookie', sellers.cookie(order));
  await world.confirm(order.sellerId, 'first@test.com');
  await world.fault({ kind: 'lose-answer', path: '/v2/core/accounts', method: 'POST', times: 2 });
  await setUp().expect(503);
  await world.confirm(order.sellerId, 'second@test.com');
  await setUp().expect(200);
  expect(await sellers.seller(order)).toMatchObject({ state: 'incomplete' });
});

describe('money that waits for an account', () => {
  it('waits, and continues on the webhook that says that the account is ready', async () => {
    const { sale, onboard, told, accountOf, settled, transfers } = sellers;
    const order = await sale();
    await world.tell(order, 'released');
    expect(await told(order)).toMatchObject({ status: 'waiting', wait: 'account' });
    // A late webhook of the sale causes another check.
    await until(async () => {
      await world.payments.reconcile();
      return ((await world.payment(order))?.checkAt?.getTime() ?? 0) > Date.now() + 23 * 3_600_000;
    });
    await onboard(order, 'leave');
    await world.emulator.control('POST', `/accounts/${await accountOf(order)}/onboard`, { outcome: 'complete' });
    await until(async () => ((await world.payment(order))?.checkAt?.getTime() ?? 0) <= Date.now());
    await world.payments.reconcile();
    await settled(order, 'paid');
    expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  });

  it('continues when the seller views their account, even if the webhook is lost', async () => {
    const { sale, onboard, payout } = sellers;
    const order = await sale();
    await world.tell(order, 'released');
    await world.fault({ kind: 'lost', times: 20 });
    await onboard(order);
    await world.payments.reconcile();
    expect(await payout(order)).toMatchObject({ status: 'paid', amount: SHARE });
  });

  it('is paid even if the webhook is lost and the seller does nothing: a day later Stripe is asked', async () => {
    const { sale, onboard, accountOf, payout } = sellers;
    const order = await sale();
    await onboard(order, 'leave');
    await world.tell(order, 'released');
    await world.fault({ kind: 'lost', times: 20 });
    await world.emulator.control('POST', `/accounts/${await accountOf(order)}/onboard`, { outcome: 'complete' });
    expect(await payout(order)).toMatchObject({ status: 'due', reason: 'account' });
    await until(async () => {
      await Payments.updateOne({ orderId: order.id }, { checkAt: new Date() });
      await world.payments.reconcile();
      return (await payout(order))?.status === 'paid';
    });
  });

  it('is paid soon though whoever heard that the account is ready died before waking what waits', async () => {
    const { sale, onboard, transfers } = sellers;
    const order = await sale();
    await onboard(order, 'leave');
    await world.tell(order, 'released');
    // They were ready before, and looked at.
    await Sellers.updateOne({ _id: order.sellerId }, { checkAt: new Date(Date.now() + 3_600_000) });
    await world.fault({ kind: 'lost', times: 20 });
    const update = Payments.updateMany.bind(Payments);
    const waking = jest
      .spyOn(Payments, 'updateMany')
      .mockImplementation(((filter: object, ...rest: [object]) =>
        'payout.status' in filter ? Promise.reject(new Error('killed')) : update(filter, ...rest)) as never);
    await expect(onboard(order)).rejects.toThrow('500');
    waking.mockRestore();
    expect(await sellers.seller(order)).toMatchObject({ state: 'ready' });
    expect(await transfers(order)).toEqual([]);
    await world.payments.lookAtBanks();
    await world.payments.reconcile();
    expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  });

  it('is not forgotten where the account becomes ready just as it begins to wait', async () => {
    const { sale, onboard, settled } = sellers;
    const order = await sale();
    await onboard(order, 'leave');
    await Sellers.updateOne({ _id: order.sellerId }, { isReady: false });
    await world.tell(order, 'released');
    await onboard(order);
    await world.payments.reconcile();
    await settled(order, 'paid');
  });
});

it.each([
  ['lost answers', { kind: 'lose-answer', times: 2 }],
  ['lost requests', { kind: 'lose-request', times: 2 }],
  ['a conflict with a request that is in progress', { kind: 'error-409', times: 2 }],
  ['a failure that is kept, after taking effect', { kind: 'error-500', when: 'after' }],
  ['a failure that is kept, before taking effect', { kind: 'error-500' }],
])('pays once despite %s', async (_what, fault) => {
  const { sale, onboard, settled, transfers, balances } = sellers;
  const order = await sale();
  await onboard(order);
  await world.fault({ ...fault, method: 'POST', path: '/v1/transfers' });
  await world.tell(order, 'released');
  await settled(order, 'paid');
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  expect(await balances(order)).toEqual({ buyer: -PRICE, fee: FEE, stripe: SHARE });
});

it('learns from Stripe that an account can receive money, or no longer can', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order, 'leave');
  const accountId = await sellers.accountOf(order);
  const isConfirmed = async () =>
    ((await sellers.get(`sellers/${order.sellerId}`, order)).body as { isConfirmed: boolean }).isConfirmed;
  expect(await isConfirmed()).toBe(false);
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'complete' });
  await until(isConfirmed);
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'restrict' });
  await until(async () => !(await isConfirmed()));
  expect(world.webhooks).not.toContain(400);
});

it('tries again when the account can receive it', async () => {
  const { sale, onboard, payout, told, accountOf, settled, transfers } = sellers;
  const order = await sale();
  // The service does not know yet when it requests the transfer: not by a late webhook of the onboarding either.
  await world.fault({ kind: 'lost', times: 20 });
  await onboard(order);
  const accountId = await accountOf(order);
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'restrict' });
  await world.tell(order, 'released');
  expect(await payout(order)).toMatchObject({ status: 'failed', reason: 'insufficient_capabilities_for_transfer' });
  await until(() => world.payoutsOf(order).length > 0);
  const reason = 'insufficient_capabilities_for_transfer';
  expect(world.payoutsOf(order)[0]).toEqual(['payout:failed', expect.objectContaining({ reason })]);
  expect(await told(order)).toMatchObject({ status: 'waiting', wait: 'account', refusal: null });
  await world.emulator.control('DELETE', '/faults');
  await world.emulator.control('POST', `/accounts/${accountId}/onboard`, { outcome: 'complete' });
  await settled(order, 'paid');
  expect(await transfers(order)).toHaveLength(1);
});

it('reports that Stripe has restricted an account, or never lets it receive money', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order, 'refuse');
  expect(await sellers.seller(order)).toMatchObject({ state: 'restricted' });
  await world.tell(order, 'released');
  expect(await sellers.told(order)).toMatchObject({ status: 'waiting', wait: 'account' });
  await sellers.onboard(order);
  expect(await sellers.seller(order)).toMatchObject({ state: 'ready' });
});

it('reports what is on its way, while its transfer has no response yet', async () => {
  const { sale, onboard, seller, told, settled } = sellers;
  const order = await sale();
  await onboard(order);
  await world.fault({ kind: 'lose-request', method: 'POST', path: '/v1/transfers', times: 10 });
  await world.tell(order, 'released').catch(() => undefined);
  expect(await seller(order)).toMatchObject({ waiting: 0, onTheWay: 19.48, paid: 0 });
  expect(await told(order)).toMatchObject({ status: 'sending', wait: null, amount: 19.48 });
  await world.emulator.control('DELETE', '/faults');
  await settled(order, 'paid');
  expect(await seller(order)).toMatchObject({ waiting: 0, onTheWay: 0, paid: 19.48 });
});

it('retries a refused transfer after a while, not on every event', async () => {
  const { sale, onboard, payout, told, settled, transfers } = sellers;
  const order = await sale();
  await onboard(order);
  await world.emulator.control('POST', '/payouts', { account: null });
  await world.tell(order, 'released');
  expect(await told(order)).toMatchObject({ status: 'waiting', wait: 'refused', refusal: 'balance_insufficient' });
  await world.tell(order, 'released');
  expect((await payout(order))?.attempt).toBe(1);
  // A late webhook of the sale may cause another check.
  await world.untilReconciled(async () => {
    const { checkAt, payout: share } = (await world.payment(order)) ?? {};
    return checkAt?.getTime() === share?.retryAt?.getTime();
  });
  expect((await payout(order))?.attempt).toBe(1);
  await sale();
  await sale();
  await settled(order, 'paid');
  expect(await transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

it('alerts the operator to a transfer that keeps failing, once per attempt', async () => {
  const { sale, onboard, payout, settled } = sellers;
  const order = await sale();
  await onboard(order);
  await world.emulator.control('POST', '/payouts', { account: null });
  await world.tell(order, 'released');
  const alarms = () => alarmsOf('payout-failed');
  const before = await alarms();
  const words = 'a seller cannot be paid: trying again';
  for (let attempt = 2; attempt <= 6; attempt++) {
    await world.reconcile(order);
    expect(await payout(order)).toMatchObject({ status: 'failed', attempt });
    const told = Math.max(0, attempt - 4);
    expect((await alarms()) - before).toBe(told);
    expect(world.complaints.filter((complaint) => complaint === words)).toHaveLength(told);
  }
  await sale();
  await sale();
  await settled(order, 'paid');
});

it("lists a seller's own shares, page by page, and says why each waits", async () => {
  const { sale, get } = sellers;
  const first = await sale();
  const second = await sale(first.sellerId);
  await sale();
  const page = await get('payouts?limit=1', first);
  expect(page.body).toEqual([
    {
      orderId: second.id,
      ticketId: expect.any(String),
      title: 'Concert',
      ...{ price: 20.5, fee: 1.02, settled: 0, amount: 19.48 },
      ...{ status: 'waiting', wait: 'release', refusal: null, releaseAt: null, paidAt: null },
    },
  ]);
  const next = /<\/api\/payments\/(.*)>; rel="next"/.exec(page.headers.link ?? '')?.[1] ?? '';
  expect((await get(next, first)).body).toMatchObject([{ orderId: first.id }]);
  await world.tell(first, 'claimed');
  await world.tell(second, 'refunded');
  expect((await get('payouts', first)).body).toMatchObject([
    { orderId: second.id, status: 'void', wait: null },
    { orderId: first.id, status: 'waiting', wait: 'claim' },
  ]);
  expect((await get(`payouts?orderIds=${first.id}`, first)).body).toHaveLength(1);
  expect((await get(`payouts?orderIds=${first.id}`, { sellerId: first.userId })).body).toEqual([]);
});

it('makes only a few concurrent Stripe calls for one seller, and refuses more', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order, 'leave');
  await world.fault({ kind: 'slow', method: 'GET', path: '/v2/core/accounts/*', delayMs: 1_500, times: 8 });
  const ask = () =>
    request(world.server)
      .get('/api/payments/seller')
      .set('Cookie', cookieOf({ id: order.sellerId, email: 'seller@test.com' }))
      .then(({ status }) => status);
  const statuses = await Promise.all(Array.from({ length: 8 }, ask));
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
});

it('makes Stripe calls for many sellers of one network, and leaves room for other networks', async () => {
  const ids = Array.from({ length: 60 }, () => newId());
  await Promise.all(ids.map((id) => world.confirm(id)));
  const link = (id: string, network: string) =>
    request(world.server)
      .post('/api/payments/seller')
      .set('Cookie', cookieOf({ id, email: 'seller@test.com' }))
      .set('X-Forwarded-For', network)
      .then(({ status }) => status);
  await world.fault({ kind: 'slow', method: 'POST', path: '/v2/core/accounts', delayMs: 3_000, times: 60 });
  const [other = '', ...crowd] = ids;
  const refused: Promise<unknown>[] = [];
  const statuses = crowd.map((id) => {
    const status = link(id, '203.0.113.1');
    refused.push(status.then((is) => (is === 429 ? undefined : Promise.reject(new Error(`${is}`)))));
    return status;
  });
  await Promise.any(refused);
  expect(await link(other, '203.0.113.2')).toBe(200);
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([200, 429]));
});

it('gives a seller twenty links an hour, and others theirs', async () => {
  const [keen, other] = [await sellers.sale(), await sellers.sale()];
  for (const { sellerId } of [keen, other]) await world.confirm(sellerId);
  const link = ({ sellerId }: typeof keen) =>
    request(world.server)
      .post('/api/payments/seller')
      .set('Cookie', cookieOf({ id: sellerId, email: 'seller@test.com' }));
  const statuses: number[] = [];
  for (let time = 0; time < 22; time++) statuses.push((await link(keen)).status);
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429, 429]);
  await link(other).expect(200);
});
