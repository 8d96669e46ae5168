import { attempt } from './domain/payment';
import { newId, Orders, Payments } from './store';
import { HELD, startPayments, type World } from './testing';
import { mortal } from './testing/mortal';

/** How many Stripe calls it takes to recover a lost response. */
let world: World;
const life = mortal();
beforeAll(async () => (world = await startPayments(undefined, life.through)));
afterAll(async () => {
  life.close();
  await world.stop();
});

test("finding an order's intent takes at most three calls, however many intents the account has", async () => {
  const { stripe } = world.emulator;
  const intent = { amount: HELD.held, currency: 'usd', capture_method: 'manual', confirm: true } as const;
  const card = {
    payment_method: 'pm_card_visa',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  } as const;
  const order = await world.order();
  const metadata = { orderId: order.id, attempt: 1 };
  const idempotencyKey = `${order.id}-1-authorize`;
  await world.fault({ kind: 'lost', times: 1_000 });
  await stripe.paymentIntents.create({ ...intent, ...card, metadata, transfer_group: order.id }, { idempotencyKey });
  for (let others = 0; others < 150; others++) await stripe.paymentIntents.create({ ...intent, ...card });
  const copy = await Orders.findById(order.id).orFail();
  const lost = attempt(null, order.id, copy, { paymentMethodId: 'pm_card_visa' }, new Date());
  await Payments.collection.insertOne({ _id: newId(), version: 0, outbox: [], ...lost });

  life.calls.splice(0);
  await world.reconcile(order);
  expect(life.calls).toContain('GET /v1/charges');
  expect(life.calls.length).toBeLessThanOrEqual(3);
  expect(await world.payment(order)).toMatchObject({ status: 'authorized', attempt: 1 });
  expect(await world.money(order)).toEqual(HELD);
});
