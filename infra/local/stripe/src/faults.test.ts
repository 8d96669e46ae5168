import { failureOf, startTestEmulator, until, type TestEmulator } from './testing';

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

const create = (idempotencyKey?: string) => {
  return emulator.stripe.paymentIntents.create({ amount: 2000, currency: 'usd' }, { idempotencyKey });
};
const countIntents = async () => (await emulator.stripe.paymentIntents.list()).data.length;
const armed = async () => (await emulator.control('GET', '/faults')) as unknown[];
const order = (fault: object) => emulator.control('POST', '/faults', fault);

test('a response lost after its effect is returned on a retry', async () => {
  // stripe-node retries once on its own when a connection closes.
  await order({ kind: 'lose-answer', path: '/v1/payment_intents', method: 'POST', times: 2 });
  expect((await failureOf(create('key'))).type).toBe('StripeConnectionError');
  expect(await countIntents()).toBe(1);
  expect((await create('key')).status).toBe('requires_payment_method');
  expect(await countIntents()).toBe(1);
});

test('a request is lost before it has any effect', async () => {
  await order({ kind: 'lose-request', method: 'POST', times: 2 });
  expect((await failureOf(create())).type).toBe('StripeConnectionError');
  expect(await countIntents()).toBe(0);
});

test.each([
  ['before', 0],
  ['after', 1],
] as const)('a slow answer is held back %s the effect', async (when, intents) => {
  const answered: string[] = [];
  await order({ kind: 'slow', method: 'POST', delayMs: 600_000, when });
  void create().then(
    () => answered.push('the slow one'),
    () => undefined,
  );
  await until('the fault was used', async () => (await armed()).length === 0);
  await until('it took effect, if at all', async () => (await countIntents()) === intents);
  for (const name of ['second', 'third']) await create().then(() => answered.push(name));
  expect(answered).toEqual(['second', 'third']);
  expect(await countIntents()).toBe(intents + 2);
});

test.each(['before', 'after'])('a slow answer comes after its delay: %s the effect', async (when) => {
  await order({ kind: 'slow', method: 'POST', delayMs: 1, when });
  await create();
  expect(await countIntents()).toBe(1);
});

test('a rejected request', async () => {
  await order({ kind: 'error-400' });
  expect(await failureOf(create())).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
});

test('a request for an account that is not connected', async () => {
  await order({ kind: 'error-403' });
  expect(await failureOf(create())).toMatchObject({ type: 'StripePermissionError', statusCode: 403 });
});

test('too many requests', async () => {
  await order({ kind: 'error-429' });
  expect(await failureOf(create())).toMatchObject({ type: 'StripeRateLimitError', statusCode: 429 });
});

test('a fault affects only matching calls, as often as requested', async () => {
  await order({ kind: 'error-500', path: '/v1/payment_intents/*/cancel', times: 2 });
  const { id } = await create();
  expect((await failureOf(emulator.stripe.paymentIntents.cancel(id))).statusCode).toBe(500);
  expect(await emulator.control('GET', '/faults')).toMatchObject([{ kind: 'error-500', times: 1 }]);
  expect((await failureOf(emulator.stripe.paymentIntents.cancel(id))).statusCode).toBe(500);
  expect(await emulator.control('GET', '/faults')).toEqual([]);
  expect((await emulator.stripe.paymentIntents.cancel(id)).status).toBe('canceled');
});

test('faults can be cleared, and unknown kinds are rejected', async () => {
  await order({ kind: 'error-500' });
  await emulator.control('DELETE', '/faults');
  await create();
  await expect(order({ kind: 'earthquake' })).rejects.toThrow(/answered 400.*lose-answer/s);
});

test('faults cannot be added through a proxy', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  expect((await fetch(`${emulator.url}/_test/faults`, { headers })).status).toBe(403);
});
