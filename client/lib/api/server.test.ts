import { once } from 'node:events';
import { createServer, get as request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The request that a page is rendered for; Next.js knows it only while it renders. */
const visitor = new Headers();
jest.mock('next/headers', () => ({ headers: () => Promise.resolve(visitor) }));
jest.mock('server-only', () => ({}), { virtual: true });

const id = 'a'.repeat(24);
const order = { id, userId: 'somebody else' };
let server: Server;
let asked: IncomingHttpHeaders[];
/** None: the API does not answer. */
let status: number | undefined;

beforeAll(async () => {
  server = createServer((request, answer) => {
    asked.push(request.headers);
    if (status) answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(order));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ['AUTH', 'TICKETS', 'ORDERS', 'PAYMENTS']) process.env[`${name}_URL`] = url;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  [asked, status] = [[], 200];
});

const api = () => import('./server');

it("sends the visitor's session and the request's trace, and nothing else from their browser", async () => {
  visitor.set('cookie', 'session=theirs');
  visitor.set('x-forwarded-for', '192.0.2.7');
  visitor.set('x-request-id', 'a-trace');
  visitor.set('user-agent', 'a browser');
  expect(await (await api()).findOrder(id)).toEqual(order);
  expect(asked).toMatchObject([
    { cookie: 'session=theirs', 'x-forwarded-for': '192.0.2.7', 'x-request-id': 'a-trace' },
  ]);
  expect(asked[0]?.['user-agent']).not.toBe('a browser');
});

it.each([401, 403, 404])('shows nothing from a response of %s', async (refused) => {
  status = refused;
  const { findOrder, findPurchase, myTickets } = await api();
  expect(await findOrder(id)).toBeUndefined();
  expect(await findPurchase(id)).toBeUndefined();
  expect(await myTickets()).toBeUndefined();
});

it('does not request anything but ids', async () => {
  expect(await (await api()).findOrder('mine')).toBeUndefined();
  expect(asked).toEqual([]);
});

it('a page whose visitor leaves ends without an error that Next.js would log', async () => {
  const [{ findOrder }, { noticeLeaving }] = await Promise.all([api(), import('./visit')]);
  noticeLeaving();
  status = undefined;
  const site = createServer(() => void findOrder(id).catch((error: unknown) => site.emit('outcome', error)));
  await once(site.listen(0, '127.0.0.1'), 'listening');
  const outcome = once(site, 'outcome');
  const page = request({ port: (site.address() as AddressInfo).port, host: '127.0.0.1' }).on('error', () => undefined);
  await once(server, 'request');
  page.destroy();
  expect(await outcome).toMatchObject([{ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }]);
  site.close();
});
