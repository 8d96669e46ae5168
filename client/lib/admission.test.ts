import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admitRequests } from './admission';

/** What is being rendered: the page `/`. All else is answered at once. */
const pages: ServerResponse[] = [];
const server = createServer(({ url, headers }, response) => {
  if (url === '/') pages.push(response.writeHead(200));
  else if (url === '/icon.svg') response.end(JSON.stringify(headers['next-action'] ?? null));
  else response.end(url);
});
let site = '';

beforeAll(async () => {
  admitRequests();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
/** A failed test leaves pages behind. */
afterEach(() => {
  for (const page of pages.splice(0)) page.end();
});
afterAll(() => void server.close());

const get = async (network: string, path = '/') =>
  (await fetch(site + path, { headers: { 'x-forwarded-for': `198.51.100.9, ${network}` } })).text();
const rendering = async (count: number) => {
  while (pages.length < count) await new Promise((resolve) => void setTimeout(resolve, 5));
};
const finish = async (unread: Promise<string>[]) => {
  for (const page of pages.splice(0)) page.end('a page');
  return new Set(await Promise.all(unread));
};

it('limits the pages rendered at once for a network, leaving room for others; health checks are always answered', async () => {
  const flood = Array.from({ length: 50 }, (_, at) => get(`2001:db8:1:1::${at}`));
  await rendering(50);
  expect(await get('2001:db8:1:1::ffff', '/tickets/1')).toBe('/busy');
  expect(await get('2001:db8:1:1::ffff', '/healthz')).toBe('/healthz');
  const other = get('2001:db8:1:2::1');
  await rendering(51);
  expect(await finish([...flood, other])).toEqual(new Set(['a page']));
  const again = get('2001:db8:1:1::1');
  await rendering(1);
  expect(await finish([again])).toEqual(new Set(['a page']));
});

it('limits the pages rendered at once in all', async () => {
  const crowd = Array.from({ length: 200 }, (_, at) => get(`203.0.113.${at % 5}`));
  await rendering(200);
  expect(await get('192.0.2.1', '/tickets/1')).toBe('/busy');
  expect(await finish(crowd)).toEqual(new Set(['a page']));
  const again = get('192.0.2.1');
  await rendering(1);
  expect(await finish([again])).toEqual(new Set(['a page']));
});

it('hides server actions from Next.js, which would log whatever name the visitor sends', async () => {
  const asked = await fetch(`${site}/icon.svg`, { method: 'POST', headers: { 'Next-Action': 'x'.repeat(9_000) } });
  expect(await asked.text()).toBe('null');
});
