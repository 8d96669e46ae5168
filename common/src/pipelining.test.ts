import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import express from 'express';
import { admission } from './admission';
import { Router, serverOf } from './http';
import { answerErrors } from './replies';
import { gracefully } from './shutdown';
import { Streams } from './stream';
import { quiet, until } from './testing';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server whose `/wait` responds when the test says so, and connections to it. */
async function start(limits = { total: 1_000, each: 1_000 }) {
  const ends: (() => void)[] = [];
  const streams = new Streams();
  let open = 0;
  const routes = Router()
    .get('/wait', (_req, res) => void ends.push(() => res.json('done')))
    .get('/events', (req, res) => {
      streams.open(req, res, () => open--);
      open++;
    })
    .get('/now', (_req, res) => void res.json('now'));
  const app = express().set('trust proxy', 1).use(admission(limits), routes, answerErrors(quiet));
  const server = serverOf(app, quiet);
  const end = gracefully(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  stops.push(() => {
    streams.close();
    server.close();
    server.closeAllConnections();
  });
  /** A connection on which these are asked for at once, and what has arrived. */
  const ask = (...paths: string[]) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    const seen = { socket, text: '', isOver: false, more: (...next: string[]) => send(socket, next) };
    socket.setEncoding('utf8').on('data', (text: string) => (seen.text += text));
    socket.once('close', () => (seen.isOver = true));
    seen.more(...paths);
    return seen;
  };
  const status = async () => (await fetch(`http://127.0.0.1:${port}/now`)).status;
  return { ask, ends, status, open: () => open, stop: () => (streams.close(), end(1_000)) };
}

const send = (socket: Socket, paths: string[]) =>
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: test\r\n\r\n`).join(''));

test('a request waits until the one before it on its connection is answered', async () => {
  const { ask, ends, stop } = await start();
  const asked = ask('/wait', '/wait');
  await until(() => ends.length === 1);
  const other = ask('/now');
  await until(() => other.text.endsWith('"now"'));
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await until(() => ends.length === 2);
  asked.more('/now');
  ends[1]?.();
  await until(() => asked.text.endsWith('"now"'));
  expect(asked.text.match(/"done"/g)).toHaveLength(2);
  asked.socket.destroy();
  other.socket.destroy();
  expect(await stop()).toBe(0);
});

test('requests whose connection dies before their turn hold nothing', async () => {
  const { ask, ends, status, stop } = await start({ total: 2, each: 2 });
  const asked = ask('/wait', '/now');
  await until(() => ends.length === 1);
  expect(await status()).toBe(200);
  asked.socket.destroy();
  await until(() => asked.isOver);
  const other = ask('/wait');
  await until(() => ends.length === 2);
  await until(async () => (await status()) === 200);
  ends[1]?.();
  await until(() => other.text.endsWith('"done"'));
  expect(await stop()).toBe(0);
});

test('nobody sends many at once', async () => {
  const { ask, ends, status, stop } = await start({ total: 2, each: 2 });
  const asked = ask('/wait', ...Array<string>(50).fill('/now'));
  await until(() => asked.isOver);
  expect(ends.length).toBeLessThanOrEqual(1);
  await until(async () => (await status()) === 200);
  expect(await stop()).toBe(0);
});

test('nothing waits behind an event stream, whether it was sent with it or later', async () => {
  const { ask, open, status, stop } = await start({ total: 1, each: 1 });
  const first = ask('/events', '/wait');
  await until(() => first.isOver);
  const second = ask('/events');
  await until(() => second.text.includes('retry: '));
  expect(open()).toBe(1);
  second.more('/wait');
  await until(() => second.isOver);
  await until(() => open() === 0);
  expect(await status()).toBe(200);
  expect(await stop()).toBe(0);
});
