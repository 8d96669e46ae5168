import type { RefusalCode } from '@ticketing/common';
import { anEvent, cookieOf, newId } from '@ticketing/common/testing';
import request from 'supertest';
import { Payments } from './store';
import { CAPTURED, HELD, paymentOf, refusal, startPayments, UNTOUCHED, type World } from './testing';

let world: World;
beforeAll(async () => (world = await startPayments()));
afterAll(() => world.stop());

describe('POST /api/payments', () => {
  test.each([{ token: 'tok_visa' }, { paymentMethodId: 'pm_card_visa' }])(
    'holds the money with %j, and charges once the order has won',
    async (card) => {
      const order = await world.order();
      const res = await world.pay(order, card).expect(201);
      expect(res.body).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        orderId: order.id,
        status: 'authorized',
      });
      expect(await world.money(order)).toEqual(HELD);
      await world.heard(order, 'payment:authorized');
      await world.tell(order, 'awaiting:payment');
      expect(await world.money(order)).toEqual(CAPTURED);
      await world.heard(order, 'payment:authorized', 'payment:created');
      await world.show(order).expect(200, { ...res.body, status: 'captured' });
    },
  );

  test('has a second path', async () => {
    const { id, userId } = await world.order();
    const res = await world.pay({ id, userId, sellerId: userId, expiresAt: '' });
    const again = await request(world.server)
      .post('/api/payments/create')
      .set('Cookie', res.request.get('Cookie'))
      .send({ orderId: id.toUpperCase(), token: 'tok_visa' });
    expect([again.status, again.body]).toEqual([201, res.body]);
  });

  test.each([
    ['tok_chargeDeclined', 'card-declined'],
    ['tok_chargeDeclinedInsufficientFunds', 'card-funds'],
    ['tok_chargeDeclinedExpiredCard', 'card-expired'],
    ['tok_nonsense', 'card-unknown'],
  ] as const)('says why %s is declined, and accepts another card', async (token, code) => {
    const order = await world.order();
    expect((await world.pay(order, { token }).expect(400)).body).toEqual(refusal(code));
    expect((await world.pay(order, { token }).expect(400)).body).toEqual(refusal(code));
    expect(await world.money(order)).toMatchObject({ held: 0, captured: 0 });
    const res = await world.pay(order).expect(201);
    expect(paymentOf(res).status).toBe('authorized');
    expect(await world.money(order)).toMatchObject({ held: HELD.held, captured: 0 });
  });

  test('repeating a successful request returns the same payment', async () => {
    const order = await world.order();
    const { body } = await world.pay(order);
    expect((await world.pay(order).expect(201)).body).toEqual(body);
    await world.tell(order, 'awaiting:payment');
    await world.tell(order, 'complete');
    expect((await world.pay(order, { paymentMethodId: 'pm_card_mastercard' }).expect(201)).body).toEqual({
      ...body,
      status: 'captured',
    });
    expect(await world.money(order)).toEqual(CAPTURED);
  });

  test('ten concurrent requests authorize the money once', async () => {
    const order = await world.order();
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.pay(order)));
    for (const { status, body } of answers) expect([status, body]).toEqual([201, answers[0]?.body]);
    expect(await world.money(order)).toEqual(HELD);
    expect(await Payments.countDocuments({ orderId: order.id })).toBe(1);
  });

  test('ten concurrent requests after a decline authorize the money once', async () => {
    const order = await world.order();
    await world.pay(order, { token: 'tok_chargeDeclined' }).expect(400);
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.pay(order)));
    for (const { status, body } of answers) expect([status, body]).toEqual([201, answers[0]?.body]);
    expect(await world.money(order)).toEqual({ ...HELD, intents: 2 });
  });

  test.each([
    ['an order that was cancelled', 60_000, 'cancelled', 400, 'order-cancelled'],
    ['an order whose time has passed', -1, 'created', 400, 'order-expired'],
    ['an order that is paid', 60_000, 'complete', 400, 'order-paid'],
  ] as const)('refuses %s, without a call to Stripe', async (_what, expiresIn, status, code, message) => {
    const order = await world.order(expiresIn, status);
    expect((await world.pay(order).expect(code)).body).toEqual(refusal(message));
    expect(await world.money(order)).toEqual(UNTOUCHED);
    expect(await world.payment(order)).toBeUndefined();
  });

  test.each([
    [-60_000, -3_600_000, 201],
    [60_000, 3_600_000, 400],
  ])("the database's clock, off by %d ms, decides about an order that ends in %d ms", async (endsIn, off, code) => {
    const order = await world.order(endsIn);
    const payment = world.another(world.emulator.url, () => new Date(Date.now() + off));
    await payment(order).expect(code);
    if (code === 400) expect(await world.payment(order)).toBeUndefined();
  });

  test('refuses without a session, other people and unknown orders', async () => {
    const order = await world.order();
    await request(world.server)
      .post('/api/payments')
      .send({ orderId: order.id, token: 'tok_visa' })
      .expect(401, refusal('sign-in-first'));
    await world.pay(order, undefined, newId()).expect(401, refusal('order-not-yours'));
    await world.pay({ ...order, id: '507f1f77bcf86cd799439011' }).expect(404, refusal('order-not-found'));
    expect(await world.payment(order)).toBeUndefined();
  });

  test('waits for an order placed a moment ago', async () => {
    const order = {
      id: newId(),
      userId: newId(),
      sellerId: newId(),
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    };
    const paid = world.pay(order).then(({ status }) => status);
    await world.tell(order, 'cancelled');
    expect(await paid).toBe(400);
  });

  const CARD = 'card-malformed';
  const EITHER = 'card-missing';
  const bad: [object, RefusalCode, string][] = [
    [{}, EITHER, 'token'],
    [{ token: 'tok_visa', paymentMethodId: 'pm_card_visa' }, EITHER, 'token'],
  ];
  for (const card of [7, [], ['tok_visa'], { $ne: null }, 'x'.repeat(256)])
    bad.push([{ token: card }, CARD, 'token'], [{ paymentMethodId: card }, CARD, 'paymentMethodId']);
  for (const orderId of [undefined, null, '', 'short', 7, [newId()], { $gt: '' }])
    bad.push([{ orderId, token: 'tok_visa' }, 'id-malformed', 'orderId']);
  for (const card of [null, ''])
    bad.push([{ token: card }, EITHER, 'token'], [{ paymentMethodId: card }, EITHER, 'token']);
  test.each(bad)('refuses %j', async (body, code, field) => {
    const order = await world.order();
    const refused = { errors: [expect.objectContaining({ code, field })] };
    expect((await world.pay(order, body).expect(400)).body).toEqual(refused);
    expect(await world.payment(order)).toBeUndefined();
    expect(await world.money(order)).toEqual(UNTOUCHED);
  });

  test('refuses a malformed body', async () => {
    const cookie = cookieOf({ id: newId(), email: 'buyer@test.com' });
    await request(world.server).post('/api/payments').set('Cookie', cookie).type('text').send('tok_visa').expect(400);
    await request(world.server).post('/api/payments').set('Cookie', cookie).expect(400);
  });
});

describe('GET /api/payments/:orderId', () => {
  test('refuses other people, orders without a payment, unknown ones and malformed ids', async () => {
    const order = await world.order();
    await world.show(order).expect(404, refusal('payment-not-found'));
    await world.show(order, newId()).expect(401, refusal('order-not-yours'));
    await world.show({ ...order, id: '507f1f77bcf86cd799439011' }).expect(404, refusal('order-not-found'));
    await world
      .show({ ...order, id: 'nonsense' })
      .expect(400, refusal('id-malformed', 'orderId', { field: 'orderId' }));
    await request(world.server).get(`/api/payments/${order.id}`).expect(401);
  });
});

test("the receipt goes to the account's current address", async () => {
  const order = await world.order();
  const created = { id: order.userId, email: 'new@test.com' };
  await world.deliver(anEvent('user:updated', 1, created));
  await world.deliver(anEvent('user:created', 0, { ...created, email: 'old@test.com' }));
  await world.pay(order).expect(201);
  const intent = await world.emulator.stripe.paymentIntents.retrieve((await world.payment(order))?.stripeId ?? '');
  expect(intent).toMatchObject({
    receipt_email: 'new@test.com',
    metadata: { orderId: order.id },
    capture_method: 'manual',
    currency: 'usd',
  });
});
