import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ApiError } from './errors';
import { request } from './request';

let server: Server;
const realFetch = globalThis.fetch;

async function serve(listener: RequestListener): Promise<void> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  globalThis.fetch = (path, init) => realFetch(new URL(path as string, `http://127.0.0.1:${port}`), init);
}

afterEach(() => {
  globalThis.fetch = realFetch;
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

it('sends and reads JSON', async () => {
  await serve((asked, answer) => {
    answer.setHeader('Content-Type', 'application/json');
    answer.write(`{"method":"${asked.method}","url":"${asked.url}","body":`);
    asked.pipe(answer, { end: false }).on('unpipe', () => answer.end('}'));
  });
  const { data, date } = await request('POST', '/orders', { ticketId: '1' });
  expect(data).toEqual({ method: 'POST', url: '/api/orders', body: { ticketId: '1' } });
  expect(Date.parse(date ?? '')).not.toBeNaN();
});

it.each([
  ['{"errors":[{"message":"Email in use","field":"email"}]}', [{ message: 'Email in use', field: 'email' }]],
  ['<html>', []],
  ['{"errors":"many"}', []],
])("rejects with the API's errors: %s", async (body, errors) => {
  await serve((_asked, answer) => answer.writeHead(400).end(body));
  await expect(request('GET', '/x')).rejects.toMatchObject({ status: 400, errors });
});

it('rejects with status 0 if there is no response', async () => {
  await serve((asked) => asked.socket.destroy());
  await expect(request('GET', '/x')).rejects.toEqual(new ApiError(0, []));
});

it('accepts an empty response', async () => {
  await serve((_asked, answer) => answer.writeHead(204).end());
  await expect(request('DELETE', '/x')).resolves.toMatchObject({ data: undefined });
});

it('sends the bytes of a file as they are', async () => {
  await serve((asked, answer) => {
    answer.setHeader('Content-Type', 'application/json');
    answer.write(`{"type":"${asked.headers['content-type']}","length":"${asked.headers['content-length']}","body":"`);
    asked.pipe(answer, { end: false }).on('unpipe', () => answer.end('"}'));
  });
  const { data } = await request('PUT', '/parts/0', new Blob(['%PDF-']));
  expect(data).toEqual({ type: 'application/octet-stream', length: '5', body: '%PDF-' });
});

it('ends when aborted', async () => {
  const cancel = new AbortController();
  await serve(() => {
    cancel.abort();
  });
  await expect(request('PUT', '/parts/0', new Blob(['x']), cancel.signal)).rejects.toMatchObject({ status: 0 });
});
