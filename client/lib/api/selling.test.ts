import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** The request that a page is rendered for; Next.js knows it only while it renders. */
const visitor = new Headers({ cookie: 'session=mine' });
jest.mock('next/headers', () => ({ headers: () => Promise.resolve(visitor) }));
jest.mock('server-only', () => ({}), { virtual: true });

let server: Server;
let url: string;
let asked: string[];
/** Answers by path; a path without one gets 500. */
let answers: Record<string, (response: ServerResponse) => void>;

beforeAll(async () => {
  server = createServer(({ url: path = '', headers }, response) => {
    if (headers.cookie !== 'session=mine') response.statusCode = 401;
    asked.push(decodeURIComponent(path));
    const answer = answers[path.split('?')[0] ?? ''];
    if (answer) answer(response);
    else response.writeHead(500).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ['AUTH', 'TICKETS', 'ORDERS', 'PAYMENTS']) process.env[`${name}_URL`] = url;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  [asked, answers] = [[], {}];
});

const api = () => import('./selling');
const json = (body: object, link?: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/json', ...(link && { Link: link }) });
  response.end(JSON.stringify(body));
};

async function collect<T>(pages: AsyncGenerator<T, void>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

it('reads all sales page by page, with their payouts', async () => {
  const pages = [json([{ id: '2' }, { id: '1' }], '</api/orders/sales?cursor=1>; rel="next"'), json([{ id: '0' }])];
  answers['/api/orders/sales'] = (response) => pages.shift()?.(response);
  answers['/api/payments/payouts'] = json([{ orderId: '1', fee: 1 }]);
  await expect(collect((await api()).allMySales())).resolves.toEqual([
    { sales: [{ id: '2' }, { id: '1' }], payouts: { 1: { orderId: '1', fee: 1 } } },
    { sales: [{ id: '0' }], payouts: { 1: { orderId: '1', fee: 1 } } },
  ]);
  expect(asked).toEqual([
    '/api/orders/sales?limit=100',
    '/api/payments/payouts?orderIds=2,1&limit=100',
    '/api/orders/sales?limit=100&cursor=1',
    '/api/payments/payouts?orderIds=0&limit=100',
  ]);
});

it('fails an export that cannot be completed, rather than cutting it short', async () => {
  const pages = [json([{ id: '1' }], '</api/orders/sales?cursor=1>; rel="next"')];
  answers['/api/orders/sales'] = (response) => {
    const page = pages.shift();
    if (page) page(response);
    else response.writeHead(503).end();
  };
  await expect(collect((await api()).allMySales())).rejects.toThrow('failed');
});

it('works without payments if it is down, refuses or does not respond', async () => {
  const { myPayouts, myPayoutAccount } = await api();
  await expect(myPayouts(['1'])).resolves.toEqual({});
  await expect(myPayoutAccount()).resolves.toBeUndefined();
  answers['/api/payments/payouts'] = (response) => response.writeHead(404).end();
  await expect(myPayouts(['1'])).resolves.toEqual({});
  answers['/api/payments/payouts'] = () => undefined;
  await expect(myPayouts(['1'])).resolves.toEqual({});
});

it('does not call payments if nothing was sold', async () => {
  await expect((await api()).myPayouts([])).resolves.toEqual({});
  expect(asked).toEqual([]);
});

it('shows no sales without a session', async () => {
  answers['/api/orders/sales'] = (response) => response.writeHead(401).end();
  await expect(collect((await api()).allMySales())).resolves.toEqual([]);
});
