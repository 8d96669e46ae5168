import type { OrderStatus } from '@ticketing/common';
import type { Payment } from './domain/payment';
import { Payments } from './store';
import { CAPTURED, HELD, refusal, RELEASED, startPayments, UNTOUCHED, type TestOrder, type World } from './testing';
import { meanwhile } from './testing/meanwhile';

let world: World;
const { tamper, before } = meanwhile();
beforeAll(async () => (world = await startPayments(tamper)));
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const isAuthorized = ({ status }: Payment) => status === 'authorized';

/** So that only the test's own actions settle a payment. */
const NO_WEBHOOKS = { kind: 'lost', times: 100 };

const paid = async (): Promise<TestOrder> => {
  const order = await world.order();
  await world.pay(order).expect(201);
  return order;
};

test('a cancelled order holds no money', async () => {
  const order = await paid();
  await world.tell(order, 'cancelled');
  expect(await world.money(order)).toEqual(RELEASED);
  await world.untilAtRest(order);
  expect(await world.payment(order)).toMatchObject({ status: 'released' });
  await world.pay(order).expect(400, refusal('order-cancelled'));
});

type News = Exclude<OrderStatus, 'created'>;
test.each<[string, News[], object, string]>([
  ['won, published three times', ['awaiting:payment', 'awaiting:payment', 'awaiting:payment'], CAPTURED, 'captured'],
  ['won and complete', ['awaiting:payment', 'complete', 'awaiting:payment'], CAPTURED, 'captured'],
  ['cancelled, published three times', ['cancelled', 'cancelled', 'cancelled'], RELEASED, 'released'],
  ['cancelled, and an older win arrives late', ['cancelled', 'awaiting:payment'], RELEASED, 'released'],
  ['cancelled, and everything else arrives late', ['cancelled', 'complete', 'awaiting:payment'], RELEASED, 'released'],
])('%s', async (_what, news, money, status) => {
  const order = await paid();
  for (const one of news) await world.tell(order, one);
  expect(await world.money(order)).toEqual(money);
  expect((await world.payment(order))?.status).toBe(status);
});

test('concurrent duplicate events charge once and publish once', async () => {
  const order = await paid();
  await Promise.all(Array.from({ length: 5 }, () => world.tell(order, 'awaiting:payment')));
  expect(await world.money(order)).toEqual(CAPTURED);
  await world.heard(order, 'payment:authorized', 'payment:created');
});

test('news of an order without a payment changes nothing', async () => {
  const order = await world.order();
  await world.tell(order, 'awaiting:payment');
  await world.tell(order, 'cancelled');
  expect(await world.money(order)).toEqual(UNTOUCHED);
  expect(await world.payment(order)).toBeUndefined();
});

test('an order cancelled while Stripe is being called is released as soon as it responds', async () => {
  const order = await world.order();
  before(isAuthorized, () => world.tell(order, 'cancelled'));
  await world.pay(order).expect(400, refusal('order-ended'));
  expect(await world.money(order)).toEqual(RELEASED);
});

test('an order cancelled while the bank is confirming is released', async () => {
  const order = await world.order();
  await world.pay(order, { paymentMethodId: 'pm_card_authenticationRequired' }).expect(201);
  await world.tell(order, 'cancelled');
  expect((await world.payment(order))?.status).toBe('released');
  const stripeId = (await world.payment(order))?.stripeId ?? '';
  await expect(world.authenticate(stripeId)).rejects.toThrow('400');
  expect(await world.money(order)).toEqual(RELEASED);
});

test('an order that won before the authorization was written is charged afterwards', async () => {
  const order = await world.order();
  before(isAuthorized, () => world.tell(order, 'awaiting:payment'));
  expect((await world.pay(order).expect(201)).body).toMatchObject({ status: 'captured' });
  expect(await world.money(order)).toEqual(CAPTURED);
});

test('money that can no longer be charged is published', async () => {
  const order = await paid();
  await world.emulator.control('POST', `/payment_intents/${(await world.payment(order))?.stripeId ?? ''}/expire`);
  await world.tell(order, 'awaiting:payment');
  await world.heard(order, 'payment:authorized', 'payment:failed');
  await world.tell(order, 'cancelled');
  expect(await world.money(order)).toEqual(RELEASED);
});

describe('money charged without a won order', () => {
  const charged = async () => {
    const order = await paid();
    await world.tell(order, 'awaiting:payment');
    expect(await world.money(order)).toEqual(CAPTURED);
    return order;
  };
  const REFUNDED = { ...CAPTURED, refunded: CAPTURED.captured };
  const COMPLAINT = 'charged without a won order: refunding';
  beforeEach(async () => {
    world.complaints.splice(0);
    await world.fault(NO_WEBHOOKS);
  });

  test('is refunded, and raises an alarm', async () => {
    const order = await charged();
    await world.tell(order, 'cancelled');
    await world.tell(order, 'cancelled');
    expect(await world.money(order)).toEqual(REFUNDED);
    expect(await world.payment(order)).toMatchObject({ status: 'refunded', checkAt: null });
    expect(world.complaints).toEqual([COMPLAINT]);
  });

  test.each([
    { kind: 'error-500', when: 'before' },
    { kind: 'error-500', when: 'after' },
    { kind: 'lose-answer', times: 3 },
    { kind: 'lose-request', times: 3 },
  ])('is refunded once, even after %j', async (fault) => {
    const order = await charged();
    await world.fault({ path: '/v1/refunds', ...fault });
    await world.tell(order, 'cancelled');
    await world.reconcile(order);
    expect(await world.money(order)).toEqual(REFUNDED);
    expect(await world.payment(order)).toMatchObject({ status: 'refunded', checkAt: null });
    expect(await Payments.countDocuments({ orderId: order.id, status: 'refunded' })).toBe(1);
  });
});

test('a due refund is not forgotten when the sale is published again', async () => {
  await world.fault(NO_WEBHOOKS);
  const order = await paid();
  for (const news of ['awaiting:payment', 'complete'] as const) await world.tell(order, news);
  expect(await world.payment(order)).toMatchObject({ status: 'captured', checkAt: null });
  await world.fault({ path: '/v1/refunds', kind: 'lose-request', times: 100 });
  await world.tell(order, 'refunded');
  await world.tell(order, 'complete');
  await world.emulator.control('DELETE', '/faults');
  await world.reconcile(order);
  expect(await world.money(order)).toEqual({ ...CAPTURED, refunded: CAPTURED.captured });
});

test('that the money is back is told again to whoever asks again', async () => {
  await world.fault(NO_WEBHOOKS);
  const order = await paid();
  for (const news of ['awaiting:payment', 'complete', 'refunded', 'refunded'] as const) await world.tell(order, news);
  const told = ['payment:authorized', 'payment:created', 'payment:refunded'];
  await world.heard(order, ...told);
  await world.ago(order, 61_000);
  await world.tell(order, 'refunded');
  await world.tell(order, 'refunded');
  await world.heard(order, ...told, 'payment:refunded');
  expect(await world.payment(order)).toMatchObject({ status: 'refunded', checkAt: null });
});

test.each(['awaiting:payment', 'released', 'refunded'] as const)(
  'an order whose payment is lost raises an alarm once it is heard to be %s',
  async (news) => {
    const [order, unpaid] = [await paid(), await world.order()];
    await Payments.deleteOne({ orderId: order.id });
    const alarms = () => world.complaints.filter((words) => words.startsWith('the payment of an order is not here'));
    const before = alarms().length;
    await world.tell(unpaid, 'cancelled');
    expect(alarms()).toHaveLength(before);
    await world.tell(order, news);
    expect(alarms()).toHaveLength(before + 1);
  },
);

test.each([
  { kind: 'error-500' },
  { kind: 'error-500', when: 'after' },
  { kind: 'lose-answer', times: 3 },
  { kind: 'lose-request', times: 3 },
])('charges once and releases everything, even after %j', async (fault) => {
  await world.fault(NO_WEBHOOKS);
  const [won, cancelled] = [await paid(), await paid()];
  await world.fault({ path: '/v1/payment_intents/*/capture', ...fault });
  await world.tell(won, 'awaiting:payment');
  await world.reconcile(won);
  expect(await world.money(won)).toEqual(CAPTURED);
  await world.heard(won, 'payment:authorized', 'payment:created');
  await world.fault({ path: '/v1/payment_intents/*/cancel', ...fault });
  await world.tell(cancelled, 'cancelled');
  await world.reconcile(cancelled);
  expect(await world.money(cancelled)).toEqual(RELEASED);
  expect(await world.payment(cancelled)).toMatchObject({ status: 'released', checkAt: null });
});

test('while Stripe is unreachable nothing is lost, and everything is settled afterwards', async () => {
  const [won, cancelled] = [await paid(), await paid()];
  await world.fault({ kind: 'lose-request', times: 100 });
  await Promise.all([world.tell(won, 'awaiting:payment'), world.tell(cancelled, 'cancelled')]);
  expect(await world.money(won)).toEqual(HELD);
  await world.emulator.control('DELETE', '/faults');
  await world.reconcile(won);
  await world.reconcile(cancelled);
  expect(await world.money(won)).toEqual(CAPTURED);
  expect(await world.money(cancelled)).toEqual(RELEASED);
});
