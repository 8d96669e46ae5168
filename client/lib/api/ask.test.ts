import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, documentPath, MAX_BYTES, passPath } from './ask';

let server: Server;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/tickets`;
}

afterEach(() => {
  if (!server.listening) return;
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

/** Serves an endless response: `piece` again and again. `closed` resolves when the server sees it end. */
async function serveForever(piece: string) {
  let hangUp = () => undefined as void;
  const closed = new Promise<void>((resolve) => (hangUp = resolve));
  let isAsked = false;
  const url = await serve((_asked, answer) => {
    isAsked = true;
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const timer = setInterval(() => answer.write(piece), 5);
    answer.on('close', () => {
      clearInterval(timer);
      hangUp();
    });
  });
  return { url, closed, isAsked: () => isAsked };
}

it('follows no redirect', async () => {
  const url = await serve((asked, answer) =>
    asked.url === '/elsewhere'
      ? answer.end('"elsewhere"')
      : answer.writeHead(302, { Location: '/elsewhere' }).end('""'),
  );
  await expect(ask(url)).resolves.toMatchObject({ status: 302 });
});

it("resolves with the API's response up to status 499", async () => {
  const url = await serve((asked, answer) => answer.writeHead(404).end(JSON.stringify(asked.url)));
  await expect(ask(url, { params: { limit: 3 } })).resolves.toMatchObject({
    status: 404,
    data: '/api/tickets?limit=3',
  });
});

it.each([429, 500, 503])("rejects %s without exposing any of the visitor's data", async (status) => {
  const url = await serve((_asked, answer) => answer.writeHead(status).end());
  const failure = await ask(url, { headers: { cookie: 'session=secret' } }).catch((error: unknown) => error);
  expect(failure).toEqual(new Error(`GET /api/tickets failed: Request failed with status code ${status}`));
});

it('aborts a response that never ends, even while data keeps coming', async () => {
  const { url, closed, isAsked } = await serveForever(':\n');
  // On a busy machine the deadline may pass before the server is asked.
  do await expect(ask(url, { deadlineMs: 200 })).rejects.toThrow('failed');
  while (!isAsked());
  await closed;
});

it('aborts a response that is too long, before its deadline', async () => {
  const { url, closed } = await serveForever('x'.repeat(MAX_BYTES / 4));
  await expect(ask(url, { deadlineMs: 60_000 })).rejects.toThrow('maxContentLength');
  await closed;
});

it('aborts when its visitor has left', async () => {
  const visitor = new AbortController();
  const { url, closed } = await serveForever(':\n');
  const asked = expect(ask(url, { signal: visitor.signal, deadlineMs: 60_000 })).rejects.toThrow('failed');
  await once(server, 'request');
  visitor.abort();
  await asked;
  await closed;
});

describe('a path consists of ids only', () => {
  it.each(['events', 'mine', '..', '.', '', 'a'.repeat(23), `${'a'.repeat(24)}/events`, '%2e%2e', 'g'.repeat(24)])(
    '"%s" is none',
    (id) => {
      expect(documentPath('/api/tickets', id)).toBeUndefined();
      expect(passPath(id)).toBeUndefined();
    },
  );

  it('accepts existing ids and passes', () => {
    expect(documentPath('/api/orders', '6B0150640000000000000000')).toBe('/api/orders/6b0150640000000000000000');
    expect(passPath('eyJh.eyJz-_.c2ln')).toBe('/api/orders/passes/eyJh.eyJz-_.c2ln');
    expect(passPath('a.b.c/../..')).toBeUndefined();
  });
});
