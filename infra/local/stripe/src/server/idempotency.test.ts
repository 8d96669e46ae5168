import type Stripe from 'stripe';
import { failureOf, startTestEmulator, until, type TestEmulator } from '../testing';

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

const params = { amount: 2000, currency: 'usd', capture_method: 'manual', confirm: true } as const;
const create = (idempotencyKey: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) => {
  return emulator.stripe.paymentIntents.create(
    { ...params, payment_method: 'pm_card_visa', ...more },
    { idempotencyKey },
  );
};
const countIntents = async () => (await emulator.stripe.paymentIntents.list()).data.length;

test('a retry gets the first response, also after a restart', async () => {
  const first = await create('key');
  await emulator.stripe.paymentIntents.capture(first.id);
  const second = await create('key');
  expect(second).toEqual(first);
  expect(second.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
  });
  emulator = await emulator.restart();
  expect(await create('key')).toEqual(first);
  expect(await countIntents()).toBe(1);
});

test('declines are kept too', async () => {
  const declined = { payment_method: 'pm_card_chargeDeclined' };
  const first = await failureOf(create('key', declined));
  const second = await failureOf(create('key', declined));
  expect(second.statusCode).toBe(402);
  expect(second.payment_intent).toEqual(first.payment_intent);
  expect(await countIntents()).toBe(1);
});

test('a 500 is kept too, whether or not it had an effect', async () => {
  await emulator.control('POST', '/faults', { kind: 'error-500', when: 'before' });
  expect((await failureOf(create('before'))).statusCode).toBe(500);
  expect((await failureOf(create('before'))).statusCode).toBe(500);
  expect(await countIntents()).toBe(0);
  await emulator.control('POST', '/faults', { kind: 'error-500', when: 'after' });
  expect((await failureOf(create('after'))).statusCode).toBe(500);
  expect((await failureOf(create('after'))).statusCode).toBe(500);
  expect(await countIntents()).toBe(1);
});

test('nothing is kept for invalid parameters', async () => {
  expect((await failureOf(create('key', { amount: 1 }))).code).toBe('amount_too_small');
  expect((await create('key')).status).toBe('requires_capture');
});

test('a key is valid for one call only', async () => {
  const { id } = await create('key');
  const changed = await failureOf(create('key', { amount: 2001 }));
  expect(changed).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  expect(changed.message).toContain('the same parameters');
  const elsewhere = await failureOf(emulator.stripe.paymentIntents.capture(id, {}, { idempotencyKey: 'key' }));
  expect(elsewhere).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  expect(elsewhere.message).toContain('the same endpoint');
  expect(await countIntents()).toBe(1);
});

test('a key is in use until its first call has ended', async () => {
  await emulator.control('POST', '/faults', { kind: 'slow', delayMs: 600_000, when: 'before' });
  const first = failureOf(create('key'));
  await until('it is held back', async () => ((await emulator.control('GET', '/faults')) as unknown[]).length === 0);
  expect(await failureOf(create('key'))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  emulator = await emulator.restart();
  await first;
  expect((await create('key')).status).toBe('requires_capture');
  expect(await countIntents()).toBe(1);
});
