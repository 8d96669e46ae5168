import type Stripe from 'stripe';
import { failureOf, startTestEmulator, stripeAt, type TestEmulator } from '../testing';

let emulator: TestEmulator;
let stripe: Stripe;
beforeAll(async () => {
  emulator = await startTestEmulator();
  stripe = emulator.stripe;
});
afterAll(() => emulator.close());

const hold = (payment_method = 'pm_card_visa', more: Partial<Stripe.PaymentIntentCreateParams> = {}) => {
  const params = {
    amount: 2000,
    currency: 'usd',
    capture_method: 'manual' as const,
    confirm: true,
    payment_method,
  };
  return stripe.paymentIntents.create({ ...params, ...more });
};

describe('paying', () => {
  it('authorizes a token and captures it', async () => {
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    const metadata = { orderId: 'order-1' };
    const held = await hold(method.id, { metadata, receipt_email: 'buyer@example.com' });
    expect(held).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 2000,
      payment_method: method.id,
      metadata,
      receipt_email: 'buyer@example.com',
    });
    const captured = await stripe.paymentIntents.capture(held.id);
    expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 2000 });
    expect(await stripe.paymentIntents.retrieve(held.id)).toEqual(captured);
  });

  it('goes step by step: create, confirm with a card, capture partially', async () => {
    const { id, status } = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      capture_method: 'manual',
    });
    expect(status).toBe('requires_payment_method');
    const method = { type: 'card' as const, card: { token: 'tok_mastercard' } };
    const held = await stripe.paymentIntents.confirm(id, {
      payment_method_data: method,
      expand: ['payment_method'],
    });
    expect(held.payment_method).toMatchObject({ object: 'payment_method', card: { brand: 'mastercard' } });
    const captured = await stripe.paymentIntents.capture(id, {
      amount_to_capture: 500,
      expand: ['latest_charge'],
    });
    expect(captured).toMatchObject({
      amount_received: 500,
      latest_charge: { captured: true, amount_captured: 500 },
    });
  });

  it.each([
    ['tok_chargeDeclined', 'card_declined', 'generic_decline'],
    ['tok_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['tok_chargeDeclinedExpiredCard', 'expired_card', ''],
  ])('is declined with %s, and the intent can be tried again', async (token, code, declineCode) => {
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token } });
    const declined = await failureOf(hold(method.id));
    expect(declined).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code,
      decline_code: declineCode,
    });
    const intent = await stripe.paymentIntents.retrieve(String(declined.payment_intent?.id));
    expect(intent).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } });
    const retried = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(retried.status).toBe('requires_capture');
  });

  it('refunds', async () => {
    const { id } = await hold();
    expect((await failureOf(stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
    await stripe.paymentIntents.capture(id);
    const refund = await stripe.refunds.create({ payment_intent: id, amount: 700 });
    expect(refund).toMatchObject({ status: 'succeeded', amount: 700, payment_intent: id });
    expect(await stripe.refunds.retrieve(refund.id)).toEqual(refund);
    const { data } = await stripe.refunds.list({ payment_intent: id });
    expect(data).toEqual([refund]);
    expect(await failureOf(stripe.refunds.create({ payment_intent: id, amount: 1301 }))).toMatchObject({
      param: 'amount',
    });
  });

  it('merges metadata, and an empty value removes its key', async () => {
    const { id } = await hold('pm_card_visa', { metadata: { a: '1', b: '2' } });
    const { metadata } = await stripe.paymentIntents.update(id, { metadata: { b: '', c: '3' } });
    expect(metadata).toEqual({ a: '1', c: '3' });
  });
});

describe('an action that the status forbids', () => {
  it('is refused, and the error contains the intent', async () => {
    const { id } = await hold();
    await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    for (const late of [
      stripe.paymentIntents.capture(id),
      stripe.paymentIntents.cancel(id),
      stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }),
    ]) {
      expect(await failureOf(late)).toMatchObject({
        type: 'StripeInvalidRequestError',
        statusCode: 400,
        code: 'payment_intent_unexpected_state',
        payment_intent: { id, status: 'canceled', cancellation_reason: 'abandoned' },
      });
    }
  });
});

describe('listing', () => {
  it('pages from newest to oldest', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await hold()).id);
    const page = await stripe.paymentIntents.list({ limit: 2 });
    expect(page).toMatchObject({ object: 'list', has_more: true });
    expect(page.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    const next = await stripe.paymentIntents.list({ limit: 2, starting_after: made[1] });
    expect(next.data.map(({ id }) => id)).toEqual(made.slice(2, 4));
    const all = await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 1000 });
    expect(all.slice(0, 5).map(({ id }) => id)).toEqual(made);
  });

  it('filters by creation time', async () => {
    const { created } = await hold();
    const since = await stripe.paymentIntents.list({ created: { gte: created }, limit: 1 });
    expect(since.data).toHaveLength(1);
    expect(await stripe.paymentIntents.list({ created: { gt: created + 1 } })).toMatchObject({
      data: [],
      has_more: false,
    });
  });
});

describe('bad requests', () => {
  const valid = { amount: 2000, currency: 'usd' };
  it.each<[object, string, string | undefined]>([
    [{ ...valid, amount: 49 }, 'amount', 'amount_too_small'],
    [{ ...valid, amount: 100_000_000 }, 'amount', 'amount_too_large'],
    [{ ...valid, amount: 10.5 }, 'amount', 'parameter_invalid_integer'],
    [{ currency: 'usd' }, 'amount', 'parameter_missing'],
    [{ ...valid, currency: 'gold' }, 'currency', undefined],
    [{ ...valid, capture_method: 'never' }, 'capture_method', undefined],
    [{ ...valid, speed: 'fast' }, 'speed', 'parameter_unknown'],
    [{ ...valid, receipt_email: 'nobody' }, 'receipt_email', 'email_invalid'],
    [{ ...valid, confirm: true, payment_method: 'pm_nope' }, 'payment_method', 'resource_missing'],
  ])('%j is refused for its %s', async (params, param, code) => {
    const before = await stripe.paymentIntents.list({ limit: 1 });
    const failure = await failureOf(stripe.rawRequest('POST', '/v1/payment_intents', { ...params }));
    expect(failure).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, param });
    expect(failure.code).toBe(code);
    expect(await stripe.paymentIntents.list({ limit: 1 })).toEqual(before);
  });

  it('names what does not exist', async () => {
    const missing = { code: 'resource_missing', statusCode: 404 };
    expect(await failureOf(stripe.paymentIntents.retrieve('pi_nope'))).toMatchObject(missing);
    const token = stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_nope' } });
    expect(await failureOf(token)).toMatchObject({
      code: 'resource_missing',
      param: 'card[token]',
      statusCode: 400,
    });
    expect((await failureOf(stripe.customers.list())).statusCode).toBe(404);
  });

  it.each(['pk_test_1', 'nonsense'])('the key %s is not a secret key', async (key) => {
    const failure = await failureOf(stripeAt(emulator.url, key).paymentIntents.list());
    expect(failure).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
    expect(failure.message).not.toContain(key);
  });
});
