import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { Route } from './config';
import { createProxy } from './proxy';

const open: http.Server[] = [];

async function listen(server: http.Server): Promise<number> {
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

/** An upstream that upgrades under /_next, answers everything else, and records what it was asked. */
async function upstream(): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url!);
    response.end('plain');
  });
  server.on('upgrade', (request: http.IncomingMessage, socket: net.Socket) => {
    if (!request.url!.startsWith('/_next/hmr')) {
      server.emit('request', request, answerOn(socket, request));
      return;
    }
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello ');
    socket.pipe(socket);
  });
  return { port: await listen(server), asked };
}

function answerOn(socket: net.Socket, request: http.IncomingMessage): http.ServerResponse {
  const response = new http.ServerResponse(request);
  response.assignSocket(socket);
  return response;
}

/** Sends an upgrade request, followed at once by a request for an unrouted path. */
async function smuggle(proxy: number, path: string): Promise<string> {
  const headers = 'Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const socket = net.connect(proxy, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\n${headers}GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  return Buffer.concat(await socket.toArray()).toString();
}

const proxyTo = (...routes: Route[]) => listen(createProxy(routes));

test('connects a WebSocket to its upstream if the route allows it', async () => {
  const { port } = await upstream();
  const proxy = await proxyTo({ prefix: '/_next', ports: [port], upgrades: true });
  const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
  const request = http.get(`http://127.0.0.1:${proxy}/_next/hmr?id=1`, { headers });
  const [, socket, head] = (await once(request, 'upgrade')) as [unknown, net.Socket, Buffer];
  let seen = head.toString();
  socket.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  socket.write('ping');
  while (!seen.endsWith('ping')) await once(socket, 'data');
  expect(seen).toBe('hello ping');
  const closed = once(socket, 'close');
  socket.end();
  await closed;
});

test('an upgrade reaches no unrouted path: neither directly nor behind a routed one', async () => {
  const { port, asked } = await upstream();
  const routes = [{ prefix: '/api/orders', ports: [port] }];
  const closed = await proxyTo(...routes);
  expect(await smuggle(closed, '/metrics')).toMatch(/^HTTP\/1.1 404 /);
  expect(await smuggle(closed, '/api/orders')).toMatch(/^HTTP\/1.1 200 (.|\r\n)*\r\nplain$/);
  const dev = await proxyTo(...routes, { prefix: '/_next', ports: [port], upgrades: true });
  for (const path of ['/metrics', '/api/orders', '/_next/other', '*']) {
    expect(await smuggle(dev, path)).toMatch(/^HTTP\/1.1 400 .*\r\n(.|\r\n)*takes no WebSocket"\}\]\}$/);
  }
  expect(asked).toEqual(['/api/orders', '/_next/other']);
});
