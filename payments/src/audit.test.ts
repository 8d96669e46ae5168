import { until } from '@ticketing/common/testing';
import { register } from 'prom-client';
import { Audits, Orders, Payments, Sellers } from './store';
import { sellersIn, startPayments, type TestOrder, type World } from './testing';

const [PRICE, FEE, SHARE] = [2_050, 102, 1_948];
const FAR = new Date(8.64e15);

let world: World;
let sellers: ReturnType<typeof sellersIn>;
beforeAll(async () => {
  world = await startPayments();
  sellers = sellersIn(world);
});
beforeEach(async () => {
  world.complaints.splice(0);
  for (const model of [Payments, Audits]) await model.collection.deleteMany({});
});
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const metric = async (name: string, account?: string) =>
  (await register.getSingleMetric(name)?.get())?.values.find(({ labels }) => labels.account === account)?.value;
const violations = () => metric('ticketing_ledger_violations');
const COMPLAINT = 'a payment does not add up, or differs from Stripe';
const paid = async () => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  await world.tell(order, 'released');
  await sellers.settled(order, 'paid');
  await world.untilAtRest(order);
  return order;
};
const spoil = ({ id }: TestOrder, set: object) => Payments.collection.updateOne({ orderId: id }, { $set: set });

it('finds nothing wrong with sound payments, and totals them', async () => {
  await paid();
  await sellers.sale();
  await world.audit();
  expect([await violations(), world.complaints]).toEqual([0, []]);
  const sums = { buyer: -2 * PRICE, fee: 2 * FEE, stripe: SHARE, seller: SHARE, platform: 0, refund: 0, dispute: 0 };
  for (const [account, amount] of Object.entries(sums))
    expect([account, await metric('ticketing_ledger_minor_units', account)]).toEqual([account, amount]);
});

it.each([
  ['a line that does not sum to zero', { 'ledger.0.entries.fee': 7 }],
  ['a state that its lines do not match', { refunded: 10 }],
  ['a transfer that is unknown for a day', { 'payout.status': 'sending', 'payout.at': new Date(0), checkAt: FAR }],
])('reports until fixed: %s', async (_what, set) => {
  const order = await paid();
  const before = await Payments.findOne({ orderId: order.id }).lean();
  await spoil(order, set);
  await world.audit();
  expect([await violations(), world.complaints]).toEqual([1, [COMPLAINT]]);
  await spoil(order, { ledger: before?.ledger, refunded: 0, payout: before?.payout, checkAt: null });
  await world.audit();
  expect(await violations()).toBe(0);
});

it('asks orders again about a sale that should have been released long ago', async () => {
  const order = await sellers.sale();
  await world.untilAtRest(order);
  const before = world.eventsOf(order).length;
  await world.audit();
  const late = { releaseAt: new Date(Date.now() - 2 * 3_600_000) };
  await Orders.updateOne({ _id: order.id }, { $set: late });
  await world.audit();
  await world.ago(order, 25 * 3_600_000);
  await world.audit();
  await world.audit();
  await until(() => world.eventsOf(order).length > before);
  expect(world.eventsOf(order).slice(before)).toEqual(['payment:created']);
  expect((await world.payment(order))?.checkAt).toBeNull();
});

it('notices and settles what no webhook reported', async () => {
  const order = await paid();
  await world.fault({ kind: 'lost', times: 20 });
  await world.emulator.stripe.refunds.create({ payment_intent: (await world.payment(order))?.stripeId ?? '' });
  await world.audit();
  await sellers.settled(order, 'reversed');
  expect(await world.payment(order)).toMatchObject({ status: 'refunded', cause: 'dashboard' });
  expect(await violations()).toBe(0);
});

it('reports a seller who was paid twice', async () => {
  const order = await paid();
  const { accountId } = (await sellers.payout(order)) ?? {};
  await world.emulator.stripe.transfers.create({
    ...{ amount: 10, currency: 'usd', destination: accountId ?? '' },
    ...{ transfer_group: order.id, metadata: { orderId: order.id } },
  });
  await world.audit();
  expect([await violations(), world.complaints]).toEqual([1, [COMPLAINT]]);
});

it('adds the ledger to an older payment', async () => {
  const order = await sellers.sale();
  await spoil(order, { ledger: [], fee: null, sellerId: null, ticketId: null, title: null });
  await world.audit();
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, fee: FEE, seller: SHARE });
  expect(await sellers.told(order)).toMatchObject({ title: 'Concert' });
});

it('asks Stripe about a few at a time, and continues where it was, even in another process', async () => {
  const orders = [];
  for (let count = 0; count < 7; count++) orders.push(await sellers.sale());
  for (const order of orders.slice(-1)) await spoil(order, { refunded: 10 });
  await world.audit();
  expect(await violations()).toBe(0);
  await Promise.all([world.audit(), world.audit()]);
  await world.audit();
  expect(await violations()).toBe(1);
});

it.each([
  ['a ledger that cannot be read', { ledger: [{ kind: 'captured' }] }],
  ['an intent that Stripe does not know', { stripeId: 'pi_unknown' }],
])('is not stopped by %s, and reports it', async (_what, set) => {
  const order = await sellers.sale();
  await spoil(await sellers.sale(), { refunded: 10 });
  // After a late webhook, it is not compared before that is settled.
  await until(async () => {
    await spoil(order, { ...set, checkAt: null });
    await world.audit();
    return (await violations()) === 2;
  });
});

it('resumes settled payments that still need something done', async () => {
  const order = await sellers.sale();
  await world.tell(order, 'released');
  await sellers.onboard(order);
  // A late event of the seller's account may cause a check.
  await until(async () => {
    await spoil(order, { checkAt: null });
    await world.audit();
    return (await sellers.transfers(order)).length > 0;
  });
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  expect(await violations()).toBe(0);
});

it('reports debts that only one of the two documents has', async () => {
  const order = await paid();
  await Sellers.updateOne({ _id: order.sellerId }, { settlements: [{ orderId: order.id, amount: 700 }] });
  await world.audit();
  expect([await violations(), world.complaints]).toEqual([1, [COMPLAINT]]);
  await Sellers.updateOne({ _id: order.sellerId }, { settlements: [] });
  await world.audit();
  expect(await violations()).toBe(0);
});

it('is not stopped by a payment whose lookup Stripe rejects, and reports it', async () => {
  const found = async () => (await Audits.findOne().lean())?.findings.map(({ orderId }) => orderId);
  const spoilt = await paid();
  const next = await paid();
  await spoil(next, { refunded: 10 });
  await world.fault({ kind: 'error-400', path: `/v1/payment_intents/${(await world.payment(spoilt))?.stripeId}` });
  await world.audit();
  expect(await found()).toEqual([spoilt.id, next.id]);
  await world.audit();
  expect(await found()).toEqual([next.id]);
});

it('continues while Stripe is down', async () => {
  await paid();
  await world.fault({ kind: 'lose-request', times: 100 });
  await world.audit();
  expect(await violations()).toBe(0);
});
