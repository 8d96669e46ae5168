import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createLogger } from './logger';
import { refusal, until } from './testing';
import { answerUnreadable } from './unreadable';

const lines: Record<string, unknown>[] = [];
const log = createLogger('test', 'info', { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[0]) });
const server = createServer({ maxHeaderSize: 8_192 }, () => undefined);
answerUnreadable(server, log);
beforeEach(() => void lines.splice(0));
beforeAll(() => once(server.listen(0), 'listening'));
afterAll(() => void server.close());

/** Everything received in response to what is written on a connection. */
async function send(...texts: string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  for (const text of texts) socket.write(text, 'latin1');
  await once(socket, 'close');
  return answer;
}

test.each([
  ['a path that is not ASCII', 'GET /\u00ff HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['no HTTP', '\u0016\u0003\u0001', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ['many headers', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(9_000)}\r\n\r\n`, 431],
])('%s: an error in the usual form', async (_case, text, status) => {
  const answer = await send(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  for (const header of [
    'Content-Type: application/json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    'Strict-Transport-Security: max-age=31536000; includeSubDomains',
    "Content-Security-Policy: default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  ])
    expect(answer).toContain(`\r\n${header}\r\n`);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual(refusal('request-unreadable'));
});

test('the connection is closed even if the client keeps its side open', async () => {
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const socket = connect({ port: (server.address() as AddressInfo).port, allowHalfOpen: true });
  socket.resume().write('no HTTP\r\n\r\n');
  const [[connection]] = await Promise.all([accepted, once(socket, 'end')]);
  await until(() => connection.destroyed);
  socket.destroy();
});

test('each leaves a line in the log, without anything that was in it', async () => {
  await send('GET /secret\u00ff HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'request', status: 400, network: '127.0.0.1', codes: ['request-unreadable'] }),
  ]);
  expect(lines[0]?.trace).toMatch(/^[\w-]{36}$/);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('HEAD gets the same without a body', async () => {
  expect(await send('HEAD /\u00ff HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [^]*\r\n\r\n$/);
});

test('the response in progress on the same connection stays intact', async () => {
  const answer = await send('GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /\u00ff HTTP/1.1\r\n\r\n');
  expect(answer).not.toContain('errors');
  expect(lines).toEqual([]);
});
