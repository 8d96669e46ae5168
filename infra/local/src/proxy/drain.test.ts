import { once } from 'node:events';
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drain } from './drain';
import { createProxy } from './proxy';

const waiting = new Map<string | undefined, ServerResponse>();
const upstream = http.createServer((request, response) => {
  waiting.set(request.url, response);
  if (request.url === '/events') response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
});

async function listen(server: http.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

afterAll(() => {
  upstream.close();
  upstream.closeAllConnections();
});

test('a stopping proxy finishes responses in progress, but does not wait for event streams', async () => {
  const proxy = createProxy([{ prefix: '/', ports: [await listen(upstream)] }]);
  const end = drain(proxy);
  const url = `http://127.0.0.1:${await listen(proxy)}`;
  const stream = await fetch(`${url}/events`, { headers: { accept: 'text/event-stream' } });
  const payment = fetch(`${url}/api/payments`, { method: 'POST' });
  while (!waiting.has('/api/payments')) await once(upstream, 'request');
  const order: string[] = [];
  const ended = end().then(() => order.push('ended'));
  await expect(fetch(`${url}/new`)).rejects.toThrow();
  order.push('answered');
  waiting.get('/api/payments')?.end('paid');
  expect(await (await payment).text()).toBe('paid');
  await ended;
  expect(order).toEqual(['answered', 'ended']);
  expect(stream.bodyUsed).toBe(false);
  proxy.closeAllConnections();
  await stream.text().catch(() => undefined);
});

test('an idle proxy stops at once', async () => {
  const proxy = createProxy([]);
  const end = drain(proxy);
  await listen(proxy);
  await end();
});
