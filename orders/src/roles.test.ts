import request from 'supertest';
import { cookieOf, newId, readStream, serve } from '@ticketing/common/testing';
import * as store from './store';
import { aSale, startOrders } from './testing';

/** Who may do what with a sale, and which fields each of them sees. */

let orders: Awaited<ReturnType<typeof startOrders>>;
let sale: Awaited<ReturnType<typeof aSale>>;
beforeAll(async () => {
  orders = await startOrders();
  sale = await aSale(orders, { delivery: 'now' });
  await orders.operations.claim(sale.id, sale.buyer, claim, cause);
  await orders.operations.answerClaim(sale.id, sale.seller, answer, cause);
});
afterAll(() => orders.stop());

const cause = { trace: 'test', refusable: true } as const;
const claim = { reason: 'not-admitted', text: 'The gate was closed' } as const;
const answer = { text: 'It was open' };
const roles = ['buyer', 'seller', 'stranger', 'nobody'] as const;
type Role = (typeof roles)[number];

function cookieFor(role: Role): string {
  const { buyer, seller } = sale;
  const id = { buyer, seller, stranger: newId(), nobody: '' }[role];
  return id && cookieOf({ id, email: 'someone@example.com' });
}
const call = (role: Role, method: 'get' | 'post' | 'delete', path: string, body?: object) =>
  request(orders.app)
    [method](`/api/orders${path.replace('ID', sale.id)}`)
    .set('Cookie', cookieFor(role))
    .send(body);

const bought = [
  ...['id', 'userId', 'status', 'reason', 'expiresAt', 'completedAt', 'refundedAt', 'deliverBy', 'deliveredAt'],
  ...['releaseAt', 'releasedAt', 'claim', 'ticket', 'version'],
];
const sold = bought.filter((field) => field !== 'userId' && field !== 'expiresAt');
const claimed = ['reason', 'text', 'status', 'openedAt', 'answerBy', 'answeredAt', 'decidedAt', 'answer'];
const ticket = [
  ...['id', 'title', 'description', 'price', 'edition', 'category', 'venue', 'city', 'startsAt', 'timeZone'],
  ...['section', 'row', 'seat', 'delivery'],
];

const others = { stranger: 401, nobody: 401 };
test.each<[string, 'get' | 'post' | 'delete', string, object | undefined, Record<Role, number>]>([
  ['the order', 'get', '/ID', undefined, { buyer: 200, seller: 401, ...others }],
  ['to cancel', 'delete', '/ID', undefined, { buyer: 400, seller: 401, ...others }],
  ['to claim', 'post', '/ID/claim', claim, { buyer: 200, seller: 401, ...others }],
  ['to answer', 'post', '/ID/claim/answer', answer, { buyer: 401, seller: 200, ...others }],
  ['their orders', 'get', '', undefined, { buyer: 200, seller: 200, stranger: 200, nobody: 401 }],
  ['their sales', 'get', '/sales', undefined, { buyer: 200, seller: 200, stranger: 200, nobody: 401 }],
])('%s', async (_what, method, path, body, expected) => {
  const version = (await store.readOrder(sale.id))?.version;
  for (const role of roles) {
    const response = await call(role, method, path, body);
    expect([role, response.status]).toEqual([role, expected[role]]);
    if (response.status < 400) continue;
    expect(Object.keys(response.body as object)).toEqual(['errors']);
    for (const secret of [sale.buyer, sale.seller, claim.text, answer.text])
      expect(response.text).not.toContain(secret);
  }
  expect((await store.readOrder(sale.id))?.version).toBe(version);
});

test('its changes are streamed to its buyer, and those of all sales to their seller', async () => {
  const { url, stop } = await serve(orders.app);
  const statusOf = async (role: Role, path: string) => {
    const stream = await readStream(`${url}/api/orders/${path}`, { cookie: cookieFor(role) });
    stream.close();
    return stream.response.statusCode;
  };
  for (const role of roles) {
    expect([role, await statusOf(role, `${sale.id}/events`)]).toEqual([role, role === 'buyer' ? 200 : 401]);
    expect([role, await statusOf(role, 'sales/events')]).toEqual([role, role === 'nobody' ? 401 : 200]);
  }
  await stop();
});

test('each sees the fields meant for them, and no others', async () => {
  const fieldsOf = ({ body }: request.Response) => {
    const it = ([body].flat()[0] ?? {}) as { claim?: object; ticket?: object };
    return [it, it.claim ?? {}, it.ticket ?? {}].map((each) => Object.keys(each).sort());
  };
  const sorted = (...lists: string[][]) => lists.map((list) => [...list].sort());
  expect(fieldsOf(await call('buyer', 'get', '/ID'))).toEqual(sorted([...bought, 'pass'], claimed, ticket));
  expect(fieldsOf(await call('buyer', 'get', ''))).toEqual(sorted(bought, claimed, ticket));
  for (const list of [await call('seller', 'get', '/sales'), await call('seller', 'post', '/ID/claim/answer', answer)])
    expect(fieldsOf(list)).toEqual(sorted(sold, claimed, ticket));
  for (const [role, path] of [
    ['seller', ''],
    ['buyer', '/sales'],
    ['stranger', ''],
    ['stranger', '/sales'],
  ] as const)
    expect((await call(role, 'get', path)).body).toEqual([]);
});

test('only its seller can refund it; then both see that, and the pass admits nobody', async () => {
  const { pass } = (await call('buyer', 'get', '/ID')).body as { pass: string };
  for (const role of ['buyer', 'stranger', 'nobody'] as const)
    expect([role, (await call(role, 'post', '/ID/refund')).status]).toEqual([role, 401]);
  expect((await store.readOrder(sale.id))?.status).toBe('complete');
  const { body } = await call('seller', 'post', '/ID/refund').expect(200);
  expect(Object.keys(body as object).sort()).toEqual([...sold].sort());
  await call('nobody', 'get', `/passes/${pass}`).expect(404);
  await call('nobody', 'post', `/passes/${pass}/use`).expect(404);
});
