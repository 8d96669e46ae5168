import request from 'supertest';
import { tokens, type OrderBody, type PassBody } from '@ticketing/common';
import { aHeldTicket, cookieOf, newId, refusal, testSessions } from '@ticketing/common/testing';
import { passKeys } from './config';
import { createPasses } from './passes';
import { aCaller, aListing, startOrders, testPasses } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const KEY = 'a key for tests';
const buyer = aCaller();
const http = () => request(orders.app);
const show = async (id: string) =>
  (await http().get(`/api/orders/${id}`).set('Cookie', cookieOf(buyer)).expect(200)).body as OrderBody;
const check = (pass: string) => http().get(`/api/orders/passes/${encodeURIComponent(pass)}`);
const cause = { trace: 'test' };

async function held() {
  const listing = aListing({
    ...aHeldTicket({ venue: 'Arena', startsAt: '2099-01-01T19:00:00.000Z', timeZone: 'Europe/Berlin' }),
  });
  await orders.deliver(listing);
  return orders.operations.place({ buyer: buyer.id, ticketId: listing.data.id, network: 'test' }, cause);
}

async function completed() {
  const { id } = await held();
  await orders.follow(id);
  await orders.operations.authorize(id, { ...cause, version: 1 });
  await orders.operations.complete(id, { ...cause, version: 2 });
  return show(id);
}

test('a complete order has one pass, and anyone who has it may see what it is for', async () => {
  const order = await completed();
  const { pass = '' } = order;
  expect(pass).toBe(testPasses.issue(order.id));
  expect(pass.length).toBeLessThan(160);
  await check(pass).expect(200, { orderId: order.id, ticket: order.ticket, usedAt: null });
  expect(order.ticket).toMatchObject({ venue: 'Arena' });
});

test('a pass is used once, by whoever is first; viewing it never uses it', async () => {
  const { pass = '', id, ticket } = await completed();
  const use = () => http().post(`/api/orders/passes/${pass}/use`);
  await check(pass).expect(200);
  const answers = await Promise.all(Array.from({ length: 10 }, use));
  const [used, ...others] = answers.filter(({ status }) => status === 200);
  expect(others).toEqual([]);
  const { usedAt } = used?.body as PassBody;
  expect(used?.body).toEqual({ orderId: id, ticket, usedAt: expect.any(String) as string });
  for (const { status, body } of answers.filter((answer) => answer !== used))
    expect([status, body]).toEqual([409, refusal('pass-used', undefined, { usedAt: usedAt ?? '' })]);
  await use().expect(409);
  expect((await check(pass).expect(200)).body).toEqual(used?.body);
});

test('another site cannot use a pass', async () => {
  const { pass = '' } = await completed();
  const use = () => http().post(`/api/orders/passes/${pass}/use`);
  await use().set('Sec-Fetch-Site', 'cross-site').expect(403, refusal('other-site'));
  expect((await check(pass).expect(200)).body).toMatchObject({ usedAt: null });
  await use().set('Sec-Fetch-Site', 'same-origin').expect(200);
});

test('the pass of a refunded order is void', async () => {
  const { id, pass = '' } = await completed();
  await orders.operations.refund(id, { ...cause, version: 3 });
  expect(await show(id)).toMatchObject({ status: 'refunded' });
  expect(await show(id)).not.toHaveProperty('pass');
  await check(pass).expect(404, refusal('pass-invalid'));
  await http().post(`/api/orders/passes/${pass}/use`).expect(404, refusal('pass-invalid'));
});

test('an incomplete order has no pass, and one signed for it is refused', async () => {
  const { id } = await held();
  expect(await show(id)).not.toHaveProperty('pass');
  await check(testPasses.issue(id)).expect(404);
  await orders.operations.cancel(id, buyer.id, cause);
  expect(await show(id)).not.toHaveProperty('pass');
  await check(testPasses.issue(id)).expect(404);
});

test('a pass signed by any accepted key is valid', () => {
  const id = newId();
  const rotated = createPasses(['a new key', KEY]);
  expect(rotated.orderOf(testPasses.issue(id))).toBe(id);
  expect(testPasses.orderOf(rotated.issue(id))).toBeUndefined();
});

test('a pass signed by a session key stays valid once passes have their own key', () => {
  const [id, JWT_KEY] = [newId(), [KEY]];
  const [before, after] = [createPasses(passKeys({ JWT_KEY })), createPasses(passKeys({ PASS_KEY: ['own'], JWT_KEY }))];
  expect(after.orderOf(before.issue(id))).toBe(id);
  expect(before.orderOf(after.issue(id))).toBeUndefined();
});

test('a session is not a pass', async () => {
  const order = await completed();
  await check(testSessions.sign({ id: order.id, email: 'a@test' })).expect(404);
});

test('a pass is not a session', async () => {
  const { id, pass } = await completed();
  const cookie = `session=${Buffer.from(JSON.stringify({ jwt: pass })).toString('base64')}`;
  for (const path of ['/api/orders', `/api/orders/${id}`, `/api/orders/${id}/events`])
    await http().get(path).set('Cookie', cookie).expect(401, refusal('sign-in-first'));
});

test('every invalid pass is refused with the same message', async () => {
  const { id, pass = '' } = await completed();
  const { sign } = tokens([KEY]);
  const [header, claims, signature = ''] = pass.split('.');
  const changed = Buffer.from(JSON.stringify({ aud: 'pass', sub: newId() })).toString('base64url');
  const forgeries = [
    'x',
    '..',
    pass.slice(0, -2),
    [header, changed, signature].join('.'),
    [Buffer.from('{"alg":"none"}').toString('base64url'), claims, ''].join('.'),
    createPasses(['another key']).issue(id),
    testPasses.issue(newId()),
    testPasses.issue('{"$gt":""}'),
    sign({}, { subject: id }),
    sign({}, { audience: 'pass' }),
    sign({}, { audience: 'another', subject: id }),
  ];
  for (const forgery of forgeries) await check(forgery).expect(404, refusal('pass-invalid'));
  await http()
    .post(`/api/orders/passes/${testPasses.issue(newId())}/use`)
    .expect(404, refusal('pass-invalid'));
});
