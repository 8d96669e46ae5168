import { attempt, type Method } from './domain/payment';
import { newId, Orders, Payments } from './store';
import { CAPTURED, HELD, RELEASED, startPayments, UNTOUCHED, type TestOrder, type World } from './testing';

let world: World;
beforeAll(async () => (world = await startPayments()));
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const CREATE = { path: '/v1/payment_intents', method: 'POST' };
const MINUTE = 60_000;
const CARD: Method = { paymentMethodId: 'pm_card_visa' };

/** What is left by a process that dies after saving an attempt. */
async function crash({ id }: TestOrder, startedAt = new Date()) {
  const order = await Orders.findById(id).orFail();
  await Payments.collection.insertOne({
    _id: newId(),
    version: 0,
    outbox: [],
    ...attempt(null, id, order, CARD, startedAt),
  });
}

/** What that process had requested from Stripe, or a call that arrives late. */
const intentOf = ({ id }: TestOrder, number = 1, key = `${id}-${number}-authorize`) =>
  world.emulator.stripe.paymentIntents.create(
    {
      amount: HELD.held,
      currency: 'usd',
      capture_method: 'manual',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      confirm: true,
      payment_method: 'pm_card_visa',
      metadata: { orderId: id, attempt: number },
      transfer_group: id,
    },
    { idempotencyKey: key },
  );

const win = async (order: TestOrder, intents = 1) => {
  await world.tell(order, 'awaiting:payment');
  await world.status(order, 'captured');
  expect(await world.money(order)).toEqual({ ...CAPTURED, intents });
  await world.heard(order, 'payment:authorized', 'payment:created');
};

describe('an authorization', () => {
  test.each([
    { kind: 'lose-answer' },
    { kind: 'lose-answer', times: 3 },
    { kind: 'lose-request', times: 3 },
    { kind: 'error-429' },
    { kind: 'slow', delayMs: 300 },
    { kind: 'error-500', when: 'after' },
  ])('happens once, even after %j', async (fault) => {
    const order = await world.order();
    await world.fault({ ...CREATE, ...fault });
    await world.pay(order).expect(201);
    await world.reconcile(order);
    expect(await world.money(order)).toEqual(HELD);
    await win(order);
  });

  test.each(['/v1/payment_intents', '/v1/payment_methods'])(
    'is requested again when Stripe keeps a failure of %s under its key',
    async (path) => {
      const order = await world.order();
      await world.fault({ kind: 'error-500', method: 'POST', path });
      await world.fault({ kind: 'lost', times: 10 });
      expect((await world.pay(order).expect(201)).body).toMatchObject({ status: 'pending' });
      await world.reconcile(order);
      expect(await world.payment(order)).toMatchObject({ status: 'authorized', attempt: 2 });
      expect(await world.money(order)).toEqual(HELD);
      await win(order);
    },
  );

  test('happens once even if the reconciler takes its slow call for lost', async () => {
    const order = await world.order();
    await world.fault({ ...CREATE, kind: 'slow', delayMs: 600 });
    const paying = world.pay(order).then(({ status }) => status);
    await world.status(order, 'pending');
    await world.reconcile(order);
    expect(await paying).toBe(201);
    expect(await world.money(order)).toEqual(HELD);
    await win(order);
  });

  test("that failed is not retried after the order's time, and is abandoned", async () => {
    const order = await world.order();
    await world.fault({ ...CREATE, kind: 'error-500' });
    await world.pay(order).expect(201);
    await Orders.updateOne({ _id: order.id }, { expiresAt: new Date() });
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ status: 'pending', attempt: 1 });
    await Payments.updateOne({ orderId: order.id }, { startedAt: new Date(Date.now() - 6 * MINUTE) });
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ status: 'released', checkAt: null });
    expect(await world.money(order)).toEqual(UNTOUCHED);
    expect(world.eventsOf(order)).toEqual([]);
  });

  test("is the same even if the receipt's address has changed meanwhile", async () => {
    const order = await world.order();
    await world.fault({ kind: 'lost', times: 50 });
    await intentOf(order);
    await crash(order);
    await world.signUp(order, 'buyer@test.com');
    await world.reconcile(order);
    await win(order);
  });
});

describe('after a crash', () => {
  beforeEach(() => world.fault({ kind: 'lost', times: 50 }));

  test.each([
    ['before Stripe was asked', false],
    ['before the response was written', true],
  ])('%s the payment continues', async (_when, asked) => {
    const order = await world.order();
    if (asked) await intentOf(order);
    await crash(order);
    await world.reconcile(order);
    expect(await world.money(order)).toEqual(HELD);
    await win(order);
  });

  test.each([
    ['nothing is requested', false, UNTOUCHED],
    ['what is held is released', true, RELEASED],
  ])('%s if the order was cancelled', async (_what, asked, money) => {
    const order = await world.order();
    if (asked) await intentOf(order);
    await crash(order, new Date(Date.now() - (asked ? 0 : 6 * MINUTE)));
    await world.tell(order, 'cancelled');
    await world.reconcile(order);
    expect(await world.money(order)).toEqual(money);
    expect(await world.payment(order)).toMatchObject({ status: 'released', checkAt: null });
  });

  test("requests nothing after the order's time, and held money waits for its end", async () => {
    const order = await world.order(-1);
    await intentOf(order);
    await crash(order);
    await world.reconcile(order);
    expect((await world.payment(order))?.status).toBe('authorized');
    await world.tell(order, 'cancelled');
    expect(await world.money(order)).toEqual(RELEASED);
  });

  test('several replicas settle a payment once', async () => {
    const order = await world.order();
    await crash(order);
    await Payments.updateOne({ orderId: order.id }, { checkAt: new Date(0) });
    await Promise.all(Array.from({ length: 5 }, () => world.payments.reconcile()));
    expect(await world.money(order)).toEqual(HELD);
    await win(order);
  });

  test('a capture in progress is found', async () => {
    const order = await world.order();
    await world.pay(order).expect(201);
    await world.fault({ kind: 'lost', times: 10 });
    await world.emulator.stripe.paymentIntents.capture((await world.payment(order))?.stripeId ?? '');
    await win(order);
  });
});

describe('a call that arrives late', () => {
  test('after the payment was abandoned holds nothing', async () => {
    const order = await world.order();
    await crash(order, new Date(Date.now() - 6 * MINUTE));
    await world.tell(order, 'cancelled');
    await world.reconcile(order);
    const { id } = await intentOf(order);
    await released(id);
    expect(await world.money(order)).toEqual(RELEASED);
  });

  test('for a replaced attempt holds nothing', async () => {
    const order = await world.order();
    await world.pay(order, { token: 'tok_chargeDeclined' }).expect(400);
    await world.pay(order).expect(201);
    const { id } = await intentOf(order, 1, `late-${order.id}`);
    await released(id);
    expect(await world.money(order)).toEqual({ ...HELD, intents: 3 });
    await win(order, 3);
  });

  test('without a webhook is found with the attempt that replaced it', async () => {
    const order = await world.order();
    await world.fault({ kind: 'lost', times: 20 });
    await intentOf(order, 0, `late-${order.id}`);
    await crash(order);
    await world.reconcile(order);
    expect(await world.money(order)).toEqual({ ...HELD, intents: 2 });
    await win(order, 2);
  });

  async function released(stripeId: string) {
    for (;;) if ((await world.emulator.stripe.paymentIntents.retrieve(stripeId)).status === 'canceled') return;
  }
});
