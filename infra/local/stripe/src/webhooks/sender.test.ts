import { startEndpoint, startTestEmulator, until, type Endpoint, type TestEmulator } from '../testing';

let endpoint: Endpoint;
let emulator: TestEmulator;
beforeEach(async () => {
  endpoint = await startEndpoint();
  emulator = await startTestEmulator({ webhook: endpoint });
});
afterEach(async () => {
  await emulator.close();
  await endpoint.close();
});

const hold = async (payment_method = 'pm_card_visa') => {
  const params = { amount: 2000, currency: 'usd', capture_method: 'manual', confirm: true } as const;
  return emulator.stripe.paymentIntents.create({ ...params, payment_method });
};
const arrived = (count: number) => until(`${String(count)} webhooks arrive`, () => endpoint.received.length >= count);
/** What was delivered, once each: an event delivered at the moment of a restart is sent again. */
const told = () => [...new Map(endpoint.received.map((event) => [event.id, event])).values()];
const allTold = (count: number) => until(`${String(count)} events are delivered`, () => told().length === count);

test('sends a signed webhook for every step of a payment', async () => {
  const { id } = await hold();
  await arrived(2);
  await emulator.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'capture-1' });
  await arrived(4);
  await emulator.stripe.refunds.create({ payment_intent: id });
  await arrived(6);
  expect(endpoint.types().slice(0, 2).sort()).toEqual([
    'payment_intent.amount_capturable_updated',
    'payment_intent.created',
  ]);
  expect(endpoint.types().slice(2, 4).sort()).toEqual(['charge.captured', 'payment_intent.succeeded']);
  expect(endpoint.types().slice(4, 6).sort()).toEqual(['charge.refunded', 'refund.created']);
  const succeeded = endpoint.received.find(({ type }) => type === 'payment_intent.succeeded');
  expect(succeeded).toMatchObject({
    object: 'event',
    data: { object: { id, status: 'succeeded', amount_received: 2000 } },
    request: { idempotency_key: 'capture-1' },
  });
});

test.each([
  ['pm_card_chargeDeclined', 'payment_intent.payment_failed'],
  ['pm_card_authenticationRequired', 'payment_intent.requires_action'],
])('%s is sent as %s', async (method, type) => {
  await hold(method).catch(() => undefined);
  await arrived(2);
  expect(endpoint.types()).toContain(type);
});

test('a rejected event is sent again, and delays no other', async () => {
  let refusals = 3;
  endpoint.answer = ({ type }) => (type === 'payment_intent.created' && (refusals -= 1) >= 0 ? 500 : 200);
  await hold();
  await arrived(2);
  expect(endpoint.types()).toEqual(['payment_intent.amount_capturable_updated', 'payment_intent.created']);
});

test('undelivered events survive a restart', async () => {
  endpoint.answer = () => 503;
  await hold();
  emulator = await emulator.restart();
  endpoint.answer = () => 200;
  await arrived(2);
  emulator = await emulator.restart();
  await emulator.stripe.paymentIntents.create({ amount: 100, currency: 'usd' });
  await allTold(3);
});

test('a webhook is lost', async () => {
  await emulator.control('POST', '/faults', { kind: 'lost', event: 'payment_intent.created' });
  await hold();
  await arrived(1);
  emulator = await emulator.restart();
  await emulator.stripe.paymentIntents.create({ amount: 100, currency: 'usd' });
  await allTold(2);
  expect(told().map(({ type }) => type)).toEqual([
    'payment_intent.amount_capturable_updated',
    'payment_intent.created',
  ]);
});

test('a webhook comes twice', async () => {
  await emulator.control('POST', '/faults', { kind: 'doubled', event: 'payment_intent.created' });
  await hold();
  await arrived(3);
  const created = endpoint.received.filter(({ type }) => type === 'payment_intent.created');
  expect(created.map(({ id }) => id)).toEqual([created[0]?.id, created[0]?.id]);
});

test.each([
  { kind: 'reordered', event: 'payment_intent.created', delayMs: 60_000 },
  { kind: 'delayed', event: 'payment_intent.created', delayMs: 300 },
])('a webhook is $kind: it comes after the one that followed it', async (fault) => {
  await emulator.control('POST', '/faults', fault);
  await hold();
  await arrived(2);
  expect(endpoint.types()).toEqual(['payment_intent.amount_capturable_updated', 'payment_intent.created']);
});
