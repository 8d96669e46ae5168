import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { findFreePort } from '../ports';
import type { Route } from './config';
import { createProxy } from './proxy';

const open: { close(): Promise<unknown> }[] = [];

async function listen(server: http.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return (server.address() as AddressInfo).port;
}

/** An upstream that answers with its name and the request that it got. */
function echo(name: string): http.Server {
  return http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(201, 'Made', ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Name', name]);
      response.end(JSON.stringify({ name, method: request.method, url: request.url, headers: request.headers, body }));
    });
  });
}

interface Echo {
  name: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

async function proxyTo(...routes: Route[]): Promise<string> {
  return `http://127.0.0.1:${await listen(createProxy(routes))}`;
}

/** Sends raw bytes, and returns what arrives until the connection ends. */
async function raw(port: number, text: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(text);
  return Buffer.concat(await socket.toArray()).toString();
}

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

test('routes by whole path segments, and passes query, method, body and headers through', async () => {
  const [orders, site] = [await listen(echo('orders')), await listen(echo('site'))];
  const proxy = await proxyTo({ prefix: '/api/orders', ports: [orders] }, { prefix: '/', ports: [site] });
  const headers = {
    'Content-Type': 'text/x',
    'X-Forwarded-For': '10.0.0.1',
    'X-Forwarded-Proto': 'https',
    Host: 'ticketing.dev',
  };
  const request = http.request(`${proxy}/api/orders/1?a=b`, { method: 'PUT', headers });
  request.end('hello');
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  const seen = JSON.parse((await answer.toArray()).join('')) as Echo;
  expect([answer.statusCode, answer.statusMessage]).toEqual([201, 'Made']);
  expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  expect(seen).toMatchObject({ name: 'orders', method: 'PUT', url: '/api/orders/1?a=b', body: 'hello' });
  expect(seen.headers).toMatchObject({
    ...{ host: 'ticketing.dev', 'content-type': 'text/x', 'x-forwarded-for': '10.0.0.1, 127.0.0.1' },
    ...{ 'x-forwarded-proto': 'http', 'x-forwarded-host': 'ticketing.dev' },
  });
  for (const path of ['/', '/api/ordersx', '/api', '/tickets/api/orders']) {
    expect(await (await fetch(proxy + path)).json()).toMatchObject({ name: 'site', url: path });
  }
  expect(await (await fetch(`${proxy}/api/orders`)).json()).toMatchObject({ name: 'orders' });
});

test('alternates between replicas, and skips those where nothing listens, without losing the body', async () => {
  const dead = await findFreePort();
  const [one, two] = [await listen(echo('one')), await listen(echo('two'))];
  const proxy = await proxyTo({ prefix: '/', ports: [one, dead, two] });
  const names: string[] = [];
  for (let call = 0; call < 9; call++) {
    const answer = await fetch(proxy, { method: 'POST', body: `body ${call}` });
    const seen = (await answer.json()) as Echo;
    expect(seen.body).toBe(`body ${call}`);
    names.push(seen.name);
  }
  expect(names.filter((name) => name === 'one')).toHaveLength(3);
  expect(names.filter((name) => name === 'two')).toHaveLength(6);
});

test('answers 502 in the usual form when no replica listens', async () => {
  const proxy = await proxyTo({ prefix: '/', ports: [await findFreePort(), await findFreePort()] });
  const answer = await fetch(proxy, { method: 'POST', body: 'x' });
  expect(answer.status).toBe(502);
  expect(await answer.json()).toEqual({ errors: [{ message: expect.stringContaining('not running') }] });
});

test('streams: what an upstream writes arrives before it ends, headers even earlier', async () => {
  const responses: http.ServerResponse[] = [];
  const port = await listen(
    http.createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      responses.push(response);
    }),
  );
  const answer = await fetch(await proxyTo({ prefix: '/', ports: [port] }));
  const reader = answer.body!.getReader();
  for (const event of ['one', 'two']) {
    responses[0]!.write(event);
    expect(Buffer.from((await reader.read()).value).toString()).toBe(event);
  }
  responses[0]!.end();
  expect((await reader.read()).done).toBe(true);
});

test('a client that leaves ends the request at the upstream', async () => {
  const server = http.createServer((_request, response) => void response.write('first'));
  const port = await listen(server);
  const gone = new Promise<void>((resolve) =>
    server.on('request', (_request, response) => response.on('close', resolve)),
  );
  const client = new AbortController();
  const answer = await fetch(await proxyTo({ prefix: '/', ports: [port] }), { signal: client.signal });
  await answer.body!.getReader().read();
  client.abort();
  await gone;
});

test('if the upstream breaks off, the response is cut too', async () => {
  const port = await listen(
    http.createServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half', () => response.destroy());
    }),
  );
  const answer = await fetch(await proxyTo({ prefix: '/', ports: [port] }));
  await expect(answer.text()).rejects.toThrow();
});

test('bodies above 1 MiB get 413, whether their length is declared or not; 1 MiB passes', async () => {
  const proxy = await proxyTo({ prefix: '/', ports: [await listen(echo('site'))] });
  const send = async (bytes: number, init: object = {}) => {
    const body = 'duplex' in init ? new Blob(['x'.repeat(bytes)]).stream() : 'x'.repeat(bytes);
    return (await fetch(proxy, { method: 'POST', body, ...init })).status;
  };
  expect(await send(1024 * 1024)).toBe(201);
  expect(await send(1024 * 1024 + 1)).toBe(413);
  expect(await send(1024 * 1024, { duplex: 'half' })).toBe(201);
  expect(await send(1024 * 1024 + 1, { duplex: 'half' })).toBe(413);
});

/** An upstream that answers the first request on each connection, and resets the connection at the second. */
async function resetter(): Promise<number> {
  const requests = new WeakMap<net.Socket, number>();
  const server = http.createServer((request, response) => {
    const count = (requests.get(request.socket) ?? 0) + 1;
    requests.set(request.socket, count);
    if (count > 1) request.socket.resetAndDestroy();
    else request.resume().on('end', () => response.end('fine'));
  });
  return listen(server);
}

test('after a reset of a reused connection, a read is retried and a write is not', async () => {
  const proxy = await proxyTo({ prefix: '/', ports: [await resetter()] });
  for (let call = 0; call < 4; call++) expect(await (await fetch(proxy)).text()).toBe('fine');
  const write = await fetch(proxy, { method: 'POST', body: 'x' });
  expect(write.status).toBe(502);
});

test('refuses a request that names two hosts', async () => {
  const proxy = await proxyTo({ prefix: '/', ports: [await listen(echo('site'))] });
  const port = Number(new URL(proxy).port);
  const ask = (hosts: string) => raw(port, `GET / HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
  expect(await ask('Host: a\r\nHost: b\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(await ask('Host: a\r\nhOST: a\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect(await ask('Host: a\r\n')).toMatch(/^HTTP\/1.1 201 /);
});

test('a body that stalls gets 408, and its request at the upstream is closed too', async () => {
  const port = await listen(http.createServer((request) => void request.resume()));
  const proxy = await listen(createProxy([{ prefix: '/', ports: [port] }], 100));
  const answer = await raw(proxy, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf');
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
});

test('headers up to 14 KiB pass, with those that the proxy adds; longer ones get 431', async () => {
  const proxy = await proxyTo({ prefix: '/', ports: [await listen(echo('site'))] });
  const post = async (length: number) => {
    const headers = { cookie: `x=${'y'.repeat(length)}` };
    return (await fetch(proxy, { method: 'POST', body: 'x', headers })).status;
  };
  expect([await post(5_000), await post(14_000), await post(16_200)]).toEqual([201, 201, 431]);
});

test('odd targets: the absolute form is routed by its path, and what is not a resource is rejected', async () => {
  const [orders, site] = [await listen(echo('orders')), await listen(echo('site'))];
  const proxy = await proxyTo({ prefix: '/api/orders', ports: [orders] }, { prefix: '/', ports: [site] });
  const { port } = new URL(proxy);
  const ask = async (line: string) => {
    const answer = await raw(Number(port), `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    const seen = /"name":"(\w+)".*?"url":"(.*?)"/.exec(answer);
    return `${answer.split(' ')[1]} ${seen ? `${seen[1]} ${seen[2]}` : 'refused'}`;
  };
  expect(await ask('GET http://localhost/api/orders/1?a')).toBe('201 orders /api/orders/1?a');
  expect(await ask('GET http://localhost')).toBe('201 site /');
  expect(await ask('GET //x')).toBe('201 site //x');
  expect(await ask('GET /?q=%ff')).toBe('201 site /?q=%ff');
  expect(await ask('GET /%ff')).toBe('201 site /%ff');
  for (const line of ['OPTIONS *', 'GET *']) expect(await ask(line)).toBe('400 refused');
  for (const line of ['TRACE /', 'CONNECT localhost:80']) expect(await ask(line)).toBe('405 refused');
});
