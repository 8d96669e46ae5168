import { failureOf, startTestEmulator, type TestEmulator } from '../testing';

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

const challenge = async (return_url?: string) => {
  const { id, next_action, status, client_secret } = await emulator.stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_authenticationRequired',
    return_url,
  });
  expect(status).toBe('requires_action');
  return { id, next_action, page: `${emulator.url}/authenticate/${String(client_secret)}` };
};
const answer = (page: string, outcome: string) => {
  return fetch(page, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
};
const statusOf = async (id: string) => (await emulator.stripe.paymentIntents.retrieve(id)).status;

test('the buyer approves on the page and returns to the shop', async () => {
  const { id, next_action, page } = await challenge('http://shop.test/orders/1?tab=pay');
  expect(next_action?.redirect_to_url).toEqual({
    url: page,
    return_url: 'http://shop.test/orders/1?tab=pay',
  });
  const html = await (await fetch(page)).text();
  expect(html).toContain('$20.00');
  expect(html).not.toMatch(/action=|href=|src=/);
  const response = await answer(page, 'approve');
  const target = new URL(String(response.headers.get('location')));
  expect([response.status, target.origin, target.pathname]).toEqual([303, 'http://shop.test', '/orders/1']);
  expect(Object.fromEntries(target.searchParams)).toMatchObject({
    tab: 'pay',
    payment_intent: id,
    redirect_status: 'succeeded',
  });
  expect(await statusOf(id)).toBe('requires_capture');
  expect((await answer(page, 'approve')).status).toBe(400);
});

test('the buyer fails', async () => {
  const { id, page } = await challenge('http://shop.test/');
  const response = await answer(page, 'fail');
  expect(response.headers.get('location')).toContain('redirect_status=failed');
  expect(await emulator.stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'payment_intent_authentication_failure' },
  });
});

test('without a return URL the client provides one, or the buyer closes the page', async () => {
  const { next_action, page } = await challenge();
  expect(next_action).toMatchObject({ type: 'use_stripe_sdk', use_stripe_sdk: { stripe_js: page } });
  const back = await answer(`${page}?return_url=${encodeURIComponent('http://shop.test/back')}`, 'approve');
  expect(back.headers.get('location')).toContain('http://shop.test/back?payment_intent=');
  const other = await challenge();
  expect((await answer(`${other.page}?return_url=javascript:alert(1)`, 'approve')).status).toBe(200);
});

test('the page is also served at its public path, in case a proxy does not strip it', async () => {
  await emulator.close();
  emulator = await startTestEmulator({ publicUrl: 'https://shop.test/stripe' });
  const { next_action } = await challenge('http://shop.test/back');
  const { pathname } = new URL(String(next_action?.redirect_to_url?.url));
  expect(pathname).toMatch(/^\/stripe\/authenticate\//);
  expect((await fetch(`${emulator.url}${pathname}`)).status).toBe(200);
  expect((await fetch(`${emulator.url}${pathname.replace('/stripe', '')}`)).status).toBe(200);
});

test('a test answers without a page', async () => {
  const { id } = await challenge();
  await emulator.control('POST', `/payment_intents/${id}/authenticate`, { outcome: 'approve' });
  expect(await statusOf(id)).toBe('requires_capture');
});

test('a late answer gets an explanation and a link back', async () => {
  const challenged = await challenge();
  const { id } = challenged;
  const page = `${challenged.page}?return_url=${encodeURIComponent('http://shop.test/orders/1?a=1&b="2"')}`;
  await emulator.stripe.paymentIntents.cancel(id);
  for (const late of [await answer(page, 'approve'), await fetch(page)]) {
    expect(late.headers.get('content-type')).toMatch(/^text\/html/);
    const html = await late.text();
    expect(html).toContain('This payment is over.');
    expect(html).toMatch(/href="http:\/\/shop\.test\/orders\/1\?a=1&amp;b=[^"]*2[^"]*"/);
  }
  expect((await fetch(`${challenged.page}x`)).headers.get('content-type')).toMatch(/^text\/html/);
});

test('without the secret there is nothing to see', async () => {
  const { id, page } = await challenge();
  expect((await fetch(`${page}x`)).status).toBe(404);
  expect((await answer(`${page.replace(/_secret_.*/, '')}`, 'approve')).status).toBe(404);
  expect(await statusOf(id)).toBe('requires_action');
});

test('a hold released by the issuer can no longer be captured', async () => {
  const { id } = await challenge();
  await emulator.control('POST', `/payment_intents/${id}/authenticate`, { outcome: 'approve' });
  await emulator.control('POST', `/payment_intents/${id}/expire`);
  const late = await failureOf(emulator.stripe.paymentIntents.capture(id));
  expect(late.payment_intent).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
});
