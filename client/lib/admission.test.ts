import { once } from 'node:events';
import { createServer, get as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { connect, type AddressInfo } from 'node:net';
import { admitRequests } from './admission';

/** What is being rendered: the pages `/` and `/developers`. All else is answered at once. */
const pages: ServerResponse[] = [];
const server = createServer(({ url, headers }, response) => {
  if (url === '/' || url === '/developers') pages.push(response.writeHead(200));
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
/** What a client gets that asks for a path as it is written. */
async function askFor(path: string, network: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const sent = ask({ port, host: '127.0.0.1', path, agent: false, headers: { 'x-forwarded-for': network } });
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return text(answer);
}
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

it('requests that wait behind another one hold nothing once their connection is gone', async () => {
  const { port } = server.address() as AddressInfo;
  const head = 'GET / HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 192.0.2.77\r\n\r\n';
  const sockets = Array.from({ length: 25 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  for (const socket of sockets) socket.write(head + head);
  await rendering(50);
  expect(await get('192.0.2.77', '/tickets/1')).toBe('/busy');
  const served = pages.splice(0).filter(({ socket }) => socket);
  for (const socket of sockets) socket.destroy();
  while (!served.every(({ destroyed }) => destroyed)) await new Promise((go) => void setTimeout(go, 5));
  const again = Array.from({ length: 50 }, () => get('192.0.2.77'));
  expect(await Promise.race([...again, rendering(50)])).toBeUndefined();
  expect(await finish(again)).toEqual(new Set(['a page']));
});

it.each([
  ['/_next/../tickets/1', '/_next/static/%2e%2e/%2e%2e/tickets/1', '/healthz/../tickets/1', '/api/../tickets/1'],
  ['/_next/nothing', '/api/nothing', '/covers/nothing', '/_next/image?url=x', 'http://any.test/tickets/1'],
  ['/_next%2Fstatic/a.js', '/%5Fnext/static/a.js', '/heal%74hz', '/icon%2Esvg', '/%E0%A4%A'],
])('counts every page, however its path is written: %s …', async (...paths) => {
  const flood = Array.from({ length: 50 }, () => get('2001:db8:1:1::1'));
  await rendering(50);
  for (const path of paths) expect([path, await askFor(path, '2001:db8:1:1::1')]).toEqual([path, '/busy']);
  expect(await askFor('/_next/static/a.js', '2001:db8:1:1::1')).toBe('/_next/static/a.js');
  await finish(flood);
});

it('renders few pages at once that cost as much as many', async () => {
  const two = [get('10.0.0.1', '/developers'), get('10.0.0.1', '/developers')];
  await rendering(2);
  for (const path of ['/developers', '/%64evelopers', '/_next/../developers?x'])
    expect([path, await askFor(path, '10.0.0.1')]).toEqual([path, '/busy']);
  const others = Array.from({ length: 6 }, (_, at) => get(`10.0.1.${at}`, '/developers'));
  await rendering(8);
  expect(await get('10.0.2.1', '/developers')).toBe('/busy');
  expect(await get('10.0.2.1', '/tickets/1')).toBe('/tickets/1');
  expect(await finish([...two, ...others])).toEqual(new Set(['a page']));
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
