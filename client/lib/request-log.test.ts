import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { logRequests } from './request-log';

const lines: Record<string, unknown>[] = [];
const seen: (string | string[] | undefined)[] = [];
const server = createServer(({ url, headers }, response) => {
  seen.push(headers['x-request-id']);
  response.writeHead(Number(url?.split('status=')[1] ?? 200)).end();
});
let site = '';

beforeAll(async () => {
  logRequests((line) => void lines.push(line));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  lines.length = 0;
  seen.length = 0;
});
afterAll(() => void server.close());

/** Asks for a path, and waits for its lines. */
async function get(path: string, headers: Record<string, string> = {}) {
  await (await fetch(site + path, { headers })).text();
  while (lines.at(-1)?.msg !== 'request') await new Promise((resolve) => void setTimeout(resolve, 5));
}

it('each page leaves one line, with the trace that the API gets', async () => {
  await get('/orders', { 'x-request-id': 'a-trace' });
  expect(lines).toEqual([
    {
      ...{ level: 30, msg: 'request', trace: 'a-trace', method: 'GET', route: '/orders', status: 200 },
      ...{ ms: expect.any(Number) as number, network: undefined },
    },
  ]);
  await get('/orders', { 'x-request-id': '{"a":1}' });
  expect(seen).toEqual(['a-trace', lines[1]?.trace]);
  expect(seen[1]).toMatch(/^[\w-]{36}$/);
});

it.each([
  ['/', '/'],
  ['/how-it-works?token=secret', '/how-it-works'],
  ['/orders/6b0150640000000000000000/calendar.ics', '/orders/:id/calendar.ics'],
  ['/pass/eyJhbGciOi.eyJzdWIi.c2VjcmV0', '/pass/:id'],
  ['/ann@example.com/%0A/Secret', '/:id/:id/:id'],
  [`/${'a/'.repeat(50)}`, '/a/a/a/a/a/a/a/a'],
])('nothing private is in it: %s', async (path, route) => {
  await get(path);
  expect(lines).toMatchObject([{ route }]);
});

it('a refusal names the network, and is a security event', async () => {
  const from = { 'x-forwarded-for': '198.51.100.9, 2001:db8:1:1::7', 'x-request-id': 'a-trace' };
  const network = '2001:db8:1:1::/64';
  await get('/?status=429', from);
  expect(lines).toMatchObject([
    { level: 40, msg: 'security', event: 'request-refused', trace: 'a-trace', network },
    { msg: 'request', status: 429, network },
  ]);
  lines.length = 0;
  await get('/?status=405', from);
  expect(lines).toMatchObject([{ msg: 'request', status: 405, network }]);
});

it('files and health checks leave none', async () => {
  for (const path of ['/healthz', '/icon.svg', '/_next/static/chunk.js']) await (await fetch(site + path)).text();
  await get('/');
  expect(lines).toHaveLength(1);
});
