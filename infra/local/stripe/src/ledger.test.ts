import { startTestEmulator, type TestEmulator } from './testing';

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

const hold = async (orderId: string, amount: number, payment_method = 'pm_card_visa'): Promise<string> => {
  const params = {
    amount,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    metadata: { orderId },
  } as const;
  return (await emulator.stripe.paymentIntents.create({ ...params, payment_method })).id;
};

test("knows where every order's money is", async () => {
  const { paymentIntents, refunds } = emulator.stripe;
  await hold('held', 100);
  const paid = await hold('paid', 1000);
  await paymentIntents.capture(paid, { amount_to_capture: 900 });
  await refunds.create({ payment_intent: paid, amount: 200 });
  await paymentIntents.cancel(await hold('canceled', 300));
  await hold('declined', 500, 'pm_card_chargeDeclined').catch(() => undefined);

  const nothing = { authorised: 0, held: 0, captured: 0, canceled: 0, refunded: 0 };
  expect(await emulator.control('GET', '/ledger')).toMatchObject({
    totals: { authorised: 1400, held: 100, captured: 900, canceled: 400, refunded: 200, intents: 4 },
    orders: [
      { orderId: 'held', ...nothing, authorised: 100, held: 100 },
      { orderId: 'paid', ...nothing, authorised: 1000, captured: 900, canceled: 100, refunded: 200 },
      { orderId: 'canceled', ...nothing, authorised: 300, canceled: 300 },
      { orderId: 'declined', ...nothing, intents: [{ status: 'requires_payment_method' }] },
    ],
  });
  expect(await emulator.control('GET', '/ledger?orderId=paid')).toMatchObject({
    totals: { captured: 900, intents: 1 },
    orders: [{ orderId: 'paid' }],
  });
});
