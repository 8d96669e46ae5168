import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import request from 'supertest';
import { createApp, Router, serverOf, serverOptions } from './http';
import { quiet, until } from './testing';
import { answerUnreadable } from './unreadable';

/** Attacks on the connection itself: requests that smuggle another one, trickle in, or flood. */

const seen: string[] = [];
const waiting: object[] = [];
const routes = Router()
  .get('/wait', (_req, res) => void waiting.push(res))
  .all('/*path', (req, res) => {
    seen.push(`${req.method} ${req.path}`);
    res.json(req.body ?? null);
  });
const app = createApp({ routes, missing: () => [], log: quiet });
/** A hundredth of a service's: for requests that never end. */
const times = Object.fromEntries(
  (['headersTimeout', 'requestTimeout', 'connectionsCheckingInterval'] as const).map((name) => [
    name,
    Number(serverOptions[name]) / 100,
  ]),
);
let server: Server;
let hasty: Server;
beforeAll(async () => {
  [server, hasty] = [serverOf(app, quiet), createServer({ ...serverOptions, ...times }, app)];
  answerUnreadable(hasty, quiet);
  for (const each of [server, hasty]) await once(each.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(() => void seen.splice(0));
afterAll(() => {
  for (const each of [server, hasty]) {
    each.close();
    each.closeAllConnections();
  }
});

/** A connection, and everything received on it. */
function open(server: Server) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const it = { socket, answer: '' };
  socket.setEncoding('latin1').on('data', (chunk: string) => (it.answer += chunk));
  return it;
}
const ended = (socket: Socket) => once(socket, 'close');

const HIDDEN = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
const post = (headers: string, body: string) =>
  `POST /seen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;

test.each([
  ['a length and chunks', post('Content-Length: 6\r\nTransfer-Encoding: chunked', `0\r\n\r\n${HIDDEN}`)],
  ['chunks and a length', post('Transfer-Encoding: chunked\r\nContent-Length: 6', `0\r\n\r\n${HIDDEN}`)],
  ['two lengths', post(`Content-Length: 0\r\nContent-Length: ${HIDDEN.length}`, HIDDEN)],
  ['a list of lengths', post(`Content-Length: 0, ${HIDDEN.length}`, HIDDEN)],
  ['a signed length', post('Content-Length: +0', HIDDEN)],
  ['an unknown encoding', post('Transfer-Encoding: xchunked', `0\r\n\r\n${HIDDEN}`)],
  ['chunked as not the last encoding', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${HIDDEN}`)],
  ['a folded header', post(`X: y\r\n Content-Length: ${HIDDEN.length}`, HIDDEN)],
  ['a folded encoding', post('Transfer-Encoding:\r\n chunked', `0\r\n\r\n${HIDDEN}`)],
  ['a space before a colon', post(`Content-Length : ${HIDDEN.length}`, HIDDEN)],
  ['lines that end with LF alone', `POST /seen HTTP/1.1\nHost: x\nContent-Length: 0\n\n${HIDDEN}`],
  ['a header that ends with CR alone', post('X: y\rTransfer-Encoding: chunked', `0\r\n\r\n${HIDDEN}`)],
  ['a chunk that ends with LF alone', post('Transfer-Encoding: chunked', `2\n{}\r\n0\r\n\r\n${HIDDEN}`)],
  ['a chunk longer than its stated size', post('Transfer-Encoding: chunked', `1\r\n{}\r\n0\r\n\r\n${HIDDEN}`)],
])('an ambiguous request is refused, and smuggles nothing: %s', async (_what, text) => {
  const it = open(server);
  it.socket.write(text, 'latin1');
  await ended(it.socket);
  expect(it.answer).toMatch(/^(HTTP\/1.1 400 |$)/);
  expect(seen).not.toContain('GET /hidden');
});

test('headers that trickle in get 408: each is in time, but all together are not', async () => {
  const it = open(hasty);
  it.socket.on('error', () => undefined).write('GET /seen HTTP/1.1\r\nHost: x\r\n');
  const trickle = setInterval(() => it.socket.write('X: y\r\n'), 5);
  await ended(it.socket);
  clearInterval(trickle);
  expect(it.answer).toMatch(/^HTTP\/1.1 408 /);
  expect(seen).toEqual([]);
});

test('many slow connections do not block others', async () => {
  const slowOnes = (on: Server) =>
    Array.from({ length: 500 }, () => {
      const { socket } = open(on);
      socket.on('error', () => undefined).write('GET /seen HTTP/1.1\r\nHost: x\r\nX: ');
      return socket;
    });
  // One that is hasty may close any connection before its request has been read.
  const staying = slowOnes(server);
  await request(server).get('/seen').expect(200);
  for (const socket of staying) socket.destroy();
  const closing = slowOnes(hasty);
  await until(() => closing.every(({ closed }) => closed));
});

test('a flood from one network has a bounded number of requests in progress, and others are served', async () => {
  const flood = Array.from({ length: 400 }, () => open(server));
  const wait = 'GET /wait HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.1\r\n\r\n';
  for (const { socket } of flood) socket.on('error', () => undefined).write(wait);
  await until(() => flood.filter(({ answer }) => answer.startsWith('HTTP/1.1 429 ')).length === 100);
  await until(() => waiting.length === 300);
  await request(server).get('/seen').set('X-Forwarded-For', '203.0.113.2').expect(200);
  await request(server).get('/seen').set('X-Forwarded-For', '203.0.113.1').expect(429);
  for (const { socket } of flood) socket.destroy();
  await until(async () => (await request(server).get('/seen').set('X-Forwarded-For', '203.0.113.1')).status === 200);
});
