import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { answerUnreadable } from './unreadable';

const lines: Record<string, unknown>[] = [];
const server = createServer(
  { maxHeaderSize: 8_192, connectionsCheckingInterval: 20 },
  (_request, response) => void response.end('a page'),
);

beforeAll(async () => {
  answerUnreadable((line) => void lines.push(line));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(() => void lines.splice(0));
/** Only where headers do not end: on a busy machine others may take as long. */
const hurry = () => void (server.headersTimeout = 100);
afterEach(() => void (server.headersTimeout = 60_000));
afterAll(() => void server.close());

/** Everything received in response to what is written on a connection. */
async function send(text: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  socket.write(text, 'latin1');
  await once(socket, 'close');
  return answer;
}

it.each([
  ['a path that is not ASCII', 'GET /secret\u00ff HTTP/1.1\r\nHost: x\r\n\r\n', '400 Bad Request'],
  ['no HTTP', '\u0016\u0003\u0001', '400 Bad Request'],
  [
    'many headers',
    `GET /secret HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(9_000)}\r\n\r\n`,
    '431 Request Header Fields Too Large',
  ],
  ['headers that do not end', 'GET /secret HTTP/1.1\r\nHost: x\r\n', '408 Request Timeout'],
])('%s: refused, with a line in the log that says nothing of it', async (_case, text, status) => {
  if (status.startsWith('408')) hurry();
  expect(await send(text)).toBe(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  expect(lines).toEqual([
    {
      ...{ level: 30, msg: 'request', status: parseInt(status), network: '127.0.0.1' },
      ...{ codes: ['request-unreadable'], trace: expect.stringMatching(/^[\w-]{36}$/) as string },
    },
  ]);
});

it('the connection is closed even if the client keeps its side open', async () => {
  hurry();
  const closed = new Promise<void>((resolve) => {
    server.once('connection', (accepted) => accepted.once('close', () => resolve()));
  });
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  socket.resume().write('GET / HTTP/1.1\r\nHost: x\r\n');
  await once(socket, 'end');
  await closed;
  socket.destroy();
});

it('readable requests, and connections that end, are none of its business', async () => {
  expect(await send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain('a page');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  socket.resetAndDestroy();
  await once(socket, 'close');
  expect(lines).toEqual([]);
});
