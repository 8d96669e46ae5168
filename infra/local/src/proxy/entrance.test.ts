import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { createProxy } from './proxy';

/** Attacks on the connection itself: one address cannot lock others out, nor smuggle a request inside another. */

const MOST = 20;
const seen: (string | undefined)[] = [];
let upstream: http.Server;
let port = 0;
const servers: http.Server[] = [];

/** Starts a proxy in front of the upstream; returns its port. */
async function proxyOf(silentRequestMs?: number) {
  const proxy = createProxy(
    [{ prefix: '/', ports: [(upstream.address() as AddressInfo).port] }],
    silentRequestMs,
    MOST,
  );
  servers.push(proxy);
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return (proxy.address() as AddressInfo).port;
}
beforeAll(async () => {
  upstream = http.createServer((request, response) => {
    seen.push(request.url);
    request.resume().on('end', () => response.end('fine'));
  });
  await once(upstream.listen(0, '127.0.0.1'), 'listening');
  servers.push(upstream);
  port = await proxyOf();
});
beforeEach(() => void seen.splice(0));
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** A connection from one of this machine's addresses, and all it has received. */
function open(localAddress = '127.0.0.1', to = port) {
  const socket = net.connect({ port: to, host: '127.0.0.1', localAddress });
  const it = { socket, answer: '', closed: new Promise((resolve) => socket.once('close', resolve)) };
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (chunk: string) => (it.answer += chunk));
  return it;
}

const HIDDEN = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';

test.each([
  ['a length and chunks', 'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', `Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n\r\n`],
  ['a folded header', `X: y\r\n Content-Length: ${HIDDEN.length}\r\n\r\n`],
  ['an unknown encoding', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['a space before a colon', `Content-Length : ${HIDDEN.length}\r\n\r\n`],
  ['a line that ends with LF alone', `X: y\nContent-Length: ${HIDDEN.length}\r\n\r\n`],
])('an ambiguous request reaches no upstream: %s', async (_what, rest) => {
  const it = open();
  it.socket.write(`POST /seen HTTP/1.1\r\nHost: x\r\n${rest}${HIDDEN}`, 'latin1');
  await it.closed;
  expect(it.answer).toMatch(/^(HTTP\/1.1 400 |$)/);
  expect(seen).not.toContain('/hidden');
});

test('headers that trickle in get 408', async () => {
  const it = open('127.0.0.1', await proxyOf(300));
  it.socket.write('GET /seen HTTP/1.1\r\nHost: x\r\n');
  const trickle = setInterval(() => it.socket.write('X: y\r\n'), 10);
  await it.closed;
  clearInterval(trickle);
  expect(it.answer).toMatch(/^HTTP\/1.1 408 /);
  expect(seen).toEqual([]);
});

test('connections of one address are limited, which leaves room for others', async () => {
  const kept = Array.from({ length: MOST }, () => open());
  await Promise.all(kept.map(({ socket }) => once(socket, 'connect')));
  const more = open();
  more.socket.write('GET /seen HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await more.closed;
  expect(more.answer).toBe('');
  const other = open('127.0.0.2');
  other.socket.write('GET /seen HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await other.closed;
  expect(other.answer).toMatch(/^HTTP\/1.1 200 /);
  for (const { socket, closed } of kept) {
    socket.destroy();
    await closed;
  }
  const again = open();
  again.socket.write('GET /seen HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await again.closed;
  expect(again.answer).toMatch(/^HTTP\/1.1 200 /);
});
