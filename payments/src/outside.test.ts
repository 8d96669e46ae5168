import { until } from '@ticketing/common/testing';
import { register } from 'prom-client';
import request from 'supertest';
import { snapshot } from './bodies';
import { newId, Orders, Payments, type StoredPayment } from './store';
import { CAPTURED, HELD, RELEASED, startPayments, type TestOrder, type World } from './testing';

/** What happens to money outside the service: in Stripe's dashboard, at a bank, through another program on the account. */
let world: World;
beforeAll(async () => (world = await startPayments()));
beforeEach(() => void world.complaints.splice(0));
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const PRICE = HELD.held;
const REFUNDED = { ...CAPTURED, refunded: PRICE };
const stripeIdOf = async (order: TestOrder) => (await world.payment(order))?.stripeId ?? '';

/** An order that has won, is charged, and complete unless said otherwise. */
async function sold(status: 'awaiting:payment' | 'complete' = 'complete') {
  const order = await world.order();
  await world.pay(order).expect(201);
  await world.tell(order, 'awaiting:payment');
  if (status === 'complete') await world.tell(order, 'complete');
  return { order, stripeId: await stripeIdOf(order) };
}

const refund = (stripeId: string, amount?: number) =>
  world.emulator.stripe.refunds.create({ payment_intent: stripeId, amount });
const alarmsOf = async (kind: string) =>
  (await register.getSingleMetric('ticketing_payment_alarms_total')?.get())?.values.find(
    ({ labels }) => labels.kind === kind,
  )?.value ?? 0;

describe('a refund from the dashboard', () => {
  test('of a complete order is noticed and published', async () => {
    const { order, stripeId } = await sold();
    await refund(stripeId);
    await world.status(order, 'refunded');
    await world.heard(order, 'payment:authorized', 'payment:created', 'payment:refunded');
    await world.tell(order, 'refunded');
    expect(await world.money(order)).toEqual(REFUNDED);
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ status: 'refunded', checkAt: null });
    expect(world.complaints).toEqual([]);
  });

  test('whose webhook failed here is noticed with the next one', async () => {
    const { order, stripeId } = await sold();
    await world.fault({ kind: 'lost', event: 'charge.refunded' });
    await refund(stripeId);
    await world.status(order, 'refunded');
  });

  test('before the order is complete fails the payment', async () => {
    const { order, stripeId } = await sold('awaiting:payment');
    await refund(stripeId);
    await world.heard(order, 'payment:authorized', 'payment:created', 'payment:failed');
  });

  test('that is partial is not treated as a full one, and raises an alarm', async () => {
    const { order, stripeId } = await sold();
    await refund(stripeId, 50);
    await world.complaint('someone else refunded a part');
    expect(await world.payment(order)).toMatchObject({ status: 'captured', refunded: 50 });
    expect(world.eventsOf(order)).toEqual(['payment:authorized', 'payment:created']);
    await refund(stripeId, PRICE - 50);
    await world.status(order, 'refunded');
    await world.heard(order, 'payment:authorized', 'payment:created', 'payment:refunded');
  });
});

describe('a refund that the bank returns', () => {
  test('is requested again, and raises an alarm', async () => {
    const { order } = await sold('awaiting:payment');
    await world.tell(order, 'cancelled');
    expect(await world.money(order)).toEqual(REFUNDED);
    const before = await alarmsOf('refund-failed');
    const { data } = await world.emulator.stripe.refunds.list({ payment_intent: await stripeIdOf(order) });
    await world.emulator.control('POST', `/refunds/${data[0]?.id ?? ''}/fail`);
    await world.complaint('the bank rejected a refund: requesting it again');
    await world.status(order, 'refunded');
    expect(await world.money(order)).toEqual(REFUNDED);
    expect(await alarmsOf('refund-failed')).toBe(before + 1);
  });

  test('is requested again after the order is refunded, if it came from the dashboard', async () => {
    const { order, stripeId } = await sold();
    const { id } = await refund(stripeId);
    await world.status(order, 'refunded');
    await world.tell(order, 'refunded');
    await world.emulator.control('POST', `/refunds/${id}/fail`);
    await world.complaint('the bank rejected a refund: requesting it again');
    await world.status(order, 'refunded');
    expect(await world.money(order)).toEqual(REFUNDED);
  });

  test('is requested again for an earlier card of an order that has since been paid with another', async () => {
    const order = await world.order();
    await world.pay(order).expect(201);
    const first = await stripeIdOf(order);
    await world.emulator.stripe.paymentIntents.capture(first, { amount_to_capture: 100 });
    await world.status(order, 'refunded');
    await world.pay(order, { token: 'tok_mastercard' }).expect(201);
    await world.tell(order, 'awaiting:payment');
    const { data } = await world.emulator.stripe.refunds.list({ payment_intent: first });
    await world.emulator.control('POST', `/refunds/${data[0]?.id ?? ''}/fail`);
    await until(async () => {
      const { data: all } = await world.emulator.stripe.refunds.list({ payment_intent: first });
      return all.some(({ status }) => status === 'succeeded');
    });
    expect(await world.payment(order)).toMatchObject({ status: 'captured', attempt: 2, refunded: 0 });
  });
});

test('a refunded order gets its money back', async () => {
  const { order } = await sold();
  await world.tell(order, 'refunded');
  expect(await world.money(order)).toEqual(REFUNDED);
  await world.heard(order, 'payment:authorized', 'payment:created', 'payment:refunded');
  expect(world.complaints).toEqual([]);
});

describe('a capture from the dashboard', () => {
  const paid = async () => {
    const order = await world.order();
    await world.pay(order).expect(201);
    return { order, stripeId: await stripeIdOf(order) };
  };

  test('that is partial is refunded, and fails the payment', async () => {
    const { order, stripeId } = await paid();
    await world.emulator.stripe.paymentIntents.capture(stripeId, { amount_to_capture: 100 });
    await world.status(order, 'refunded');
    expect(await world.money(order)).toMatchObject({ held: 0, captured: 100, refunded: 100 });
    expect(world.complaints).toContain('someone else captured only a part: refunding');
    await world.heard(order, 'payment:authorized', 'payment:failed');
  });

  test('that is partial is not published as a sale when payments are republished', async () => {
    const { order } = await sold();
    const payment = (await Payments.findOne({ orderId: order.id }).orFail()).toObject<StoredPayment>();
    expect(snapshot(payment)).toMatchObject([{ subject: 'payment:created' }]);
    expect(snapshot({ ...payment, received: PRICE - 1 })).toEqual([]);
  });

  test.each([
    ['authorized', 'payment:authorized'],
    ['captured', 'payment:created'],
    ['released', 'payment:failed'],
    ['refunded', 'payment:refunded'],
  ] as const)(
    'that is full: the event that orders waits for is republished, such as for a payment that is %s',
    async (status, subject) => {
      const { order } = await sold();
      const payment = (await Payments.findOne({ orderId: order.id }).orFail()).toObject<StoredPayment>();
      expect(snapshot({ ...payment, status })).toMatchObject([{ subject, data: { orderId: order.id } }]);
    },
  );

  test('that is full is kept if the order wins, and republished until orders has received it', async () => {
    const { order, stripeId } = await paid();
    await world.emulator.stripe.paymentIntents.capture(stripeId);
    await world.status(order, 'captured');
    await world.tell(order, 'awaiting:payment');
    await world.ago(order, 11_000);
    await world.reconcile(order);
    await until(() => world.eventsOf(order).includes('payment:created'));
    // While NATS is away it waits in the outbox, once.
    await world.ago(order, 11_000);
    await Payments.updateOne({ orderId: order.id }, { $push: { outbox: { id: 'not sent yet' } } });
    await world.reconcile(order);
    expect((await Payments.findOne({ orderId: order.id }).orFail()).outbox).toHaveLength(1);
    await Payments.updateOne({ orderId: order.id }, { $set: { outbox: [] } });
    await world.tell(order, 'complete');
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ status: 'captured', checkAt: null });
    expect(await world.money(order)).toEqual(CAPTURED);
  });

  test('that is full is refunded if the order does not win', async () => {
    const { order, stripeId } = await paid();
    await world.emulator.stripe.paymentIntents.capture(stripeId);
    await world.status(order, 'captured');
    await world.tell(order, 'cancelled');
    expect(await world.money(order)).toEqual(REFUNDED);
  });

  test('a released hold is published', async () => {
    const { order, stripeId } = await paid();
    await world.emulator.stripe.paymentIntents.cancel(stripeId);
    await world.status(order, 'released');
    await world.heard(order, 'payment:authorized', 'payment:failed');
    expect(await world.money(order)).toEqual(RELEASED);
  });
});

describe('an order waiting for money that is not held', () => {
  test('is notified if the card was declined', async () => {
    const order = await world.order();
    await world.pay(order, { token: 'tok_chargeDeclined' }).expect(400);
    await world.tell(order, 'awaiting:payment');
    await world.reconcile(order);
    await world.heard(order, 'payment:failed');
    await world.tell(order, 'cancelled');
    expect(await world.payment(order)).toMatchObject({ status: 'declined', checkAt: null });
  });

  test('waits for the bank until shortly after its time, and no longer', async () => {
    const [early, late] = [await world.order(), await world.order()];
    for (const order of [early, late]) {
      await world.pay(order, { paymentMethodId: 'pm_card_authenticationRequired' }).expect(201);
      await world.tell(order, 'awaiting:payment');
    }
    await Orders.updateOne({ _id: late.id }, { expiresAt: new Date(Date.now() - 61_000) });
    for (const order of [early, late]) await world.reconcile(order);
    await world.heard(late, 'payment:failed');
    expect(await world.money(late)).toEqual(RELEASED);
    await world.authenticate(await stripeIdOf(early));
    await world.status(early, 'captured');
    expect(await world.money(early)).toEqual(CAPTURED);
  });
});

test('a dispute raises an alarm', async () => {
  const { stripeId } = await sold();
  await world.emulator.control('POST', `/payment_intents/${stripeId}/dispute`);
  await world.complaint('the buyer disputes the charge');
});

describe("webhooks about other programs' objects", () => {
  const post = (type: string, object: object) => {
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
    const signature = world.emulator.stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_test' });
    return request(world.server)
      .post('/api/payments/webhook')
      .set('stripe-signature', signature)
      .type('json')
      .send(payload);
  };
  const intent = (metadata: object) => ({
    ...{ object: 'payment_intent', id: 'pi_foreign', status: 'requires_capture', amount_received: 0 },
    ...{ next_action: null, last_payment_error: null, metadata },
  });

  test.each([
    ['payment_intent.succeeded', intent({ orderId: newId().toString(), attempt: '1' })],
    ['payment_intent.succeeded', intent({ orderId: 'A-1034' })],
    ['payment_intent.succeeded', intent({ orderId: '$where' })],
    ['payment_intent.succeeded', intent({})],
    ['payment_intent.succeeded', intent({ orderId: newId().toString() })],
    ['charge.refunded', { object: 'charge', payment_intent: 'pi_foreign' }],
    ['charge.refunded', { object: 'charge', payment_intent: null }],
    ['refund.failed', { object: 'refund', payment_intent: 'pi_foreign' }],
    ['charge.dispute.created', { object: 'dispute', payment_intent: 'pi_foreign' }],
    ['customer.created', { object: 'customer', id: 'cus_1' }],
  ])('%s %j are answered with 200 and change nothing', async (type, object) => {
    await post(type, object).expect(200, { received: true });
    expect(world.complaints).toEqual([]);
    expect(await Payments.countDocuments({ stripeId: 'pi_foreign' })).toBe(0);
  });
});
