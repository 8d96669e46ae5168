import { startEndpoint, startTestEmulator, until, type Endpoint, type TestEmulator } from './testing';

/** What happens to money outside the shop: in Stripe's dashboard, at a bank. */
let endpoint: Endpoint;
let emulator: TestEmulator;
beforeAll(async () => {
  endpoint = await startEndpoint();
  emulator = await startTestEmulator({ webhook: { url: endpoint.url, secret: endpoint.secret } });
});
beforeEach(() => endpoint.received.splice(0));
afterAll(async () => {
  await emulator.close();
  await endpoint.close();
});

const paid = (more: object = {}) =>
  emulator.stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    ...more,
  });

test('a refund returned by the bank is failed, and can be repeated', async () => {
  const { id } = await paid();
  const refund = await emulator.stripe.refunds.create({ payment_intent: id });
  await until('the refund is reported', () => endpoint.types().includes('charge.refunded'));
  expect(endpoint.types()).toContain('refund.created');

  const failed = await emulator.control('POST', `/refunds/${refund.id}/fail`);
  expect(failed).toMatchObject({ id: refund.id, status: 'failed', failure_reason: 'expired_or_canceled_card' });
  await until('its failure is reported', () => endpoint.types().includes('refund.failed'));
  const { data } = await emulator.stripe.charges.list({ payment_intent: id });
  expect(data).toMatchObject([{ amount_refunded: 0, refunded: false }]);
  expect((await emulator.stripe.refunds.create({ payment_intent: id })).status).toBe('succeeded');
  await expect(emulator.control('POST', `/refunds/${refund.id}/fail`)).rejects.toThrow('failed already');
});

test('a dispute sends a webhook, and marks the charge', async () => {
  const { id } = await paid();
  await emulator.control('POST', `/payment_intents/${id}/dispute`);
  await until('the dispute is reported', () => endpoint.types().includes('charge.dispute.created'));
  const told = endpoint.received.find(({ type }) => type === 'charge.dispute.created');
  expect(told?.data.object).toMatchObject({ object: 'dispute', payment_intent: id, amount: 2000 });
  const { data } = await emulator.stripe.charges.list({ payment_intent: id });
  expect(data).toMatchObject([{ disputed: true }]);
});

test('lists the charges of a transfer group, with their intents if requested', async () => {
  const [one, other] = [
    await paid({ transfer_group: 'a', metadata: { attempt: 2 } }),
    await paid({ transfer_group: 'b' }),
  ];
  const { data } = await emulator.stripe.charges.list({ transfer_group: 'a', expand: ['data.payment_intent'] });
  expect(data).toMatchObject([{ payment_intent: { id: one.id, transfer_group: 'a' }, metadata: { attempt: '2' } }]);
  expect((await emulator.stripe.charges.list({ transfer_group: 'b' })).data).toMatchObject([
    { payment_intent: other.id },
  ]);
});

test.each([
  ['kwd', 5_005],
  ['isk', 5_050],
])('rejects an amount in %s that its coins cannot pay', async (currency, amount) => {
  await expect(paid({ currency, amount })).rejects.toThrow('must be multiples');
  expect((await paid({ currency, amount: amount - (amount % 100) })).status).toBe('succeeded');
});

test('a receipt email must be plain ASCII', async () => {
  const refused = paid({ receipt_email: 'müller@example.com' });
  await expect(refused).rejects.toMatchObject({ code: 'email_invalid', param: 'receipt_email' });
});
