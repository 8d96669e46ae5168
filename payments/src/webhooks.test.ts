import { until } from '@ticketing/common/testing';
import request from 'supertest';
import { stripeClient } from './stripe';
import { CAPTURED, HELD, paymentOf, refusal, RELEASED, startPayments, type TestOrder, type World } from './testing';

let world: World;
beforeAll(async () => (world = await startPayments()));
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const BANK = { paymentMethodId: 'pm_card_authenticationRequired' };
const stripeIdOf = async (order: TestOrder) => (await world.payment(order))?.stripeId ?? '';
const atTheBank = async () => {
  const order = await world.order();
  const res = await world.pay(order, BANK).expect(201);
  return { order, payment: paymentOf(res), stripeId: await stripeIdOf(order) };
};

describe('a card that needs confirmation', () => {
  test("returns the bank's page, and continues on a webhook once the buyer has confirmed", async () => {
    const { order, payment } = await atTheBank();
    expect(payment).toEqual({
      id: expect.any(String),
      orderId: order.id,
      status: 'requires_action',
      clientSecret: expect.stringMatching(/^pi_\w+_secret_/),
      redirectUrl: expect.stringContaining('/authenticate/pi_'),
    });
    expect(await world.money(order)).toMatchObject({ held: 0, captured: 0 });
    const page = await fetch(payment.redirectUrl ?? '', { method: 'POST', body: 'outcome=approve' });
    expect(page.status).toBe(200);
    await world.status(order, 'authorized');
    expect((await world.show(order)).body).toEqual({ id: payment.id, orderId: order.id, status: 'authorized' });
    await world.tell(order, 'awaiting:payment');
    expect(await world.money(order)).toEqual(CAPTURED);
    await world.heard(order, 'payment:authorized', 'payment:created');
  });

  test('returns the same payment for the same card', async () => {
    const { order, payment } = await atTheBank();
    expect((await world.pay(order, BANK).expect(201)).body).toEqual(payment);
    expect(await world.money(order)).toMatchObject({ intents: 1 });
  });

  test('a buyer who does not confirm may use another card', async () => {
    const { order, stripeId } = await atTheBank();
    await world.authenticate(stripeId, 'fail');
    await world.status(order, 'declined');
    await world.pay(order).expect(201);
    expect(await world.money(order)).toEqual({ ...HELD, intents: 2 });
  });

  test('nobody with the secret of a declined payment can try cards on it', async () => {
    const { order, stripeId } = await atTheBank();
    await world.authenticate(stripeId, 'fail');
    const { paymentIntents } = world.emulator.stripe;
    await until(async () => (await paymentIntents.retrieve(stripeId)).status === 'canceled');
    await expect(paymentIntents.confirm(stripeId, { payment_method: 'pm_card_visa' })).rejects.toThrow();
    await world.untilAtRest(order);
    expect(await world.payment(order)).toMatchObject({ status: 'declined', declined: 'card-unconfirmed' });
  });

  test('nor if the buyer used another card before it could be canceled', async () => {
    const { order, stripeId } = await atTheBank();
    await world.fault({ kind: 'error-500', path: '/v1/payment_intents/*/cancel', times: 2 });
    await world.authenticate(stripeId, 'fail');
    await world.status(order, 'declined');
    await until(async () => (await world.pay(order)).status === 201);
    expect((await world.emulator.stripe.paymentIntents.retrieve(stripeId)).status).toBe('canceled');
    expect(await world.money(order)).toEqual({ ...HELD, intents: 2 });
  });

  test('another card replaces the waiting payment, which can no longer hold money', async () => {
    const { order, stripeId } = await atTheBank();
    await world.pay(order).expect(201);
    expect((await world.emulator.stripe.paymentIntents.retrieve(stripeId)).status).toBe('canceled');
    expect(await world.money(order)).toEqual({ ...HELD, intents: 2 });
  });

  test('a waiting payment that cannot be released is not replaced', async () => {
    const { order, payment } = await atTheBank();
    await world.fault({ kind: 'error-500', path: '/v1/payment_intents/*/cancel', times: 10 });
    expect((await world.pay(order).expect(201)).body).toEqual(payment);
    expect(await world.money(order)).toMatchObject({ held: 0, intents: 1 });
  });

  test('ten concurrent requests with another card authorize the money once', async () => {
    const { order } = await atTheBank();
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.pay(order)));
    for (const { status } of answers) expect(status).toBe(201);
    expect(await world.money(order)).toEqual({ ...HELD, intents: 2 });
  });
});

describe('webhooks', () => {
  test.each(['doubled', 'reordered', 'delayed'])('that are %s change nothing', async (kind) => {
    const { order, stripeId } = await atTheBank();
    await world.fault({ kind, times: 3, delayMs: 100 });
    await world.authenticate(stripeId);
    await world.status(order, 'authorized');
    await world.tell(order, 'awaiting:payment');
    await world.status(order, 'captured');
    expect(await world.money(order)).toEqual(CAPTURED);
    await world.heard(order, 'payment:authorized', 'payment:created');
  });

  test('are not required: the reconciler makes up for lost ones', async () => {
    const { order, stripeId } = await atTheBank();
    await world.fault({ kind: 'lost', times: 10 });
    await world.authenticate(stripeId);
    expect((await world.payment(order))?.status).toBe('requires_action');
    await world.reconcile(order);
    expect((await world.payment(order))?.status).toBe('authorized');
    await world.heard(order, 'payment:authorized');
  });

  test('report a declined payment that the browser retries with another card', async () => {
    const { order, stripeId } = await atTheBank();
    await world.fault({ kind: 'error-500', path: '/v1/payment_intents/*/cancel', times: 10 });
    await world.authenticate(stripeId, 'fail');
    await world.status(order, 'declined');
    expect((await world.show(order)).body).not.toHaveProperty('clientSecret');
    await world.emulator.stripe.paymentIntents.confirm(stripeId, { payment_method: 'pm_card_visa' });
    await world.status(order, 'authorized');
    await world.emulator.control('DELETE', '/faults');
    await world.tell(order, 'cancelled');
    expect(await world.money(order)).toEqual(RELEASED);
  });

  test('count only as a hint, and without a valid signature not at all', async () => {
    await world.fault({ kind: 'lost', times: 20 });
    const { order, stripeId } = await atTheBank();
    await world.authenticate(stripeId);
    const { webhooks } = world.emulator.stripe;
    const now = Math.floor(Date.now() / 1000);
    const object = {
      id: stripeId,
      object: 'payment_intent',
      status: 'succeeded',
      metadata: { orderId: order.id, attempt: '1' },
    };
    const payloadOf = (about: object) =>
      JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', data: { object: about } });
    const payload = payloadOf(object);
    const post = (signature: string, text = payload) =>
      request(world.server).post('/api/payments/webhook').set('stripe-signature', signature).type('json').send(text);
    const sign = (text = payload, secret = 'whsec_test', timestamp = now) =>
      webhooks.generateTestHeaderString({ payload: text, secret, timestamp });

    const forged = [
      '',
      'nonsense',
      `t=${now},v1=${'0'.repeat(64)}`,
      sign(payload, 'whsec_other'),
      sign(payload, 'whsec_test', now - 3_600),
      sign(`${payload} `),
    ];
    for (const signature of forged) await post(signature).expect(400, refusal('webhook-signature'));
    await request(world.server).post('/api/payments/webhook').send(payload).expect(400);
    expect((await world.payment(order))?.status).toBe('requires_action');

    for (const other of [{ ...object, metadata: {} }, { object: 'charge' }])
      await post(sign(payloadOf(other)), payloadOf(other)).expect(200);
    expect((await world.payment(order))?.status).toBe('requires_action');
    await post(sign()).expect(200, { received: true });
    await world.status(order, 'authorized');
    expect(await world.money(order)).toEqual(HELD);
  });
});

test("the age of a signature does not depend on the machine's clock", () => {
  const stripeAt = (offMinutes: number) =>
    stripeClient('sk_test_key', ['whsec_test'], 'usd', undefined, () => new Date(Date.now() - offMinutes * 60_000));
  const payload = JSON.stringify({
    type: 'refund.updated',
    data: { object: { object: 'refund', payment_intent: 'pi_1' } },
  });
  const thin = JSON.stringify({
    ...{ object: 'v2.core.event', type: 'v2.core.account.updated' },
    related_object: { id: 'acct_1', type: 'v2.core.account', url: '/v2/core/accounts/acct_1' },
  });
  const timestamp = Math.floor(Date.now() / 1_000) - 16 * 60;
  for (const [text, about] of [
    [payload, { about: 'charge', stripeId: 'pi_1' }],
    [thin, { about: 'account', accountId: 'acct_1' }],
  ] as const) {
    const signature = world.emulator.stripe.webhooks.generateTestHeaderString({
      ...{ payload: text, secret: 'whsec_test', timestamp },
    });
    const read = (offMinutes: number) => stripeAt(offMinutes).hint(Buffer.from(text), signature);
    expect(read(16)).toEqual(about);
    expect(() => read(0)).toThrow(expect.objectContaining({ code: 'webhook-signature' }));
  }
});
