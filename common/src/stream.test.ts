import { once } from 'node:events';
import { connect } from 'node:net';
import type { Request, Response } from 'express';
import { createApp, Router } from './http';
import { streamEvent, streamPosition, Streams, type Stream, type StreamsOptions } from './stream';
import { quiet, readStream, refusal, serve, until } from './testing';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A service that only serves streams, and the streams it opened. */
async function start(options?: StreamsOptions, wait: () => Promise<unknown> = () => Promise.resolve()) {
  const streams = new Streams(options);
  const opened: Stream[] = [];
  let gone = 0;
  const open = async (req: Request, res: Response) => {
    await wait();
    opened.push(streams.open(req, res, () => gone++));
  };
  const server = await serve(createApp({ routes: Router().get('/events', open), missing: () => [], log: quiet }));
  stops.push(server.stop, () => Promise.resolve(streams.close()));
  return { streams, opened, url: `${server.url}/events`, gone: () => gone };
}

/** Room for one reader, in bytes. */
const ONE = 40 * 1024;

const refetch = (id: string) => streamEvent('refetch', id, {});

test('events arrive as they are sent, with headers that keep proxies from buffering them', async () => {
  const { opened, url } = await start();
  const reader = await readStream(url);
  expect(reader.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(reader.response.headers['content-encoding']).toBeUndefined();
  await until(() => /^retry: \d+\n\n/.test(reader.text));
  opened[0]?.send(refetch('7'));
  await until(() => reader.events.length === 1);
  expect(reader).toMatchObject({ events: [{ event: 'refetch', data: {} }], lastId: '7' });
  opened[0]?.send(streamPosition('8'));
  await until(() => reader.lastId === '8');
  expect(reader.events).toHaveLength(1);
});

test('a line break in the data does not break an event', () => {
  expect(streamEvent('refetch', 1, { 'a\nb\r\ndata: c': {} as never })).toMatch(
    /^event: refetch\nid: 1\ndata: [^\r\n]+\n\n$/,
  );
});

test('an idle stream sends heartbeats', async () => {
  const [plain, own] = [
    await start({ heartbeat: 20 }),
    await start({ heartbeat: 20, beat: () => streamPosition('9') }),
  ];
  const [reader, other] = [await readStream(plain.url), await readStream(own.url)];
  await until(() => reader.text.endsWith(':\n\n:\n\n') && other.lastId === '9');
  expect(reader.events).toEqual([]);
});

test('a reader that leaves is removed, once', async () => {
  const { opened, url, gone } = await start();
  const reader = await readStream(url);
  reader.close();
  await until(() => gone() === 1);
  opened[0]?.send(refetch('1'));
  opened[0]?.end();
  expect(gone()).toBe(1);
});

test('a reader that leaves before its stream opens leaves nothing behind', async () => {
  let proceed: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (proceed = resolve));
  let arrived = 0;
  const { opened, url } = await start({ maxBytes: ONE }, () => (++arrived === 1 ? waiting : Promise.resolve()));
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  socket.write('GET /events HTTP/1.1\r\nHost: test\r\n\r\n');
  await until(() => arrived === 1);
  socket.destroy();
  await once(socket, 'close');
  // A later request shows that the service has noticed.
  await fetch(new URL('/healthz', url));
  await new Promise((resolve) => setImmediate(resolve));
  proceed();
  await until(async () => (await readStream(url)).response.statusCode === 200);
  expect(opened).toHaveLength(1);
});

test('a reader that does not read is disconnected and takes up no memory; the others continue', async () => {
  const { opened, url, gone } = await start();
  const idle = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  idle.write('GET /events HTTP/1.1\r\nHost: test\r\n\r\n');
  await once(idle, 'readable');
  const reader = await readStream(url);
  const text = refetch('x'.repeat(200_000));
  let sent = 0;
  await until(async () => {
    for (const stream of opened) stream.send(text);
    sent++;
    await until(() => reader.text.length >= sent * text.length);
    return gone() === 1;
  });
  expect(reader.ended).toBe(false);
  opened[1]?.send(refetch('still here'));
  await until(() => reader.lastId === 'still here');
  idle.destroy();
});

test('readers beyond the limit are told to retry later', async () => {
  const { url } = await start({ maxBytes: ONE });
  const first = await readStream(url);
  const refused = await fetch(url);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toEqual(refusal('streams-full'));
  first.close();
  await until(async () => (await readStream(url)).response.statusCode === 200);
});

test('larger messages take more of the budget', async () => {
  const { url } = await start({ maxBytes: ONE });
  expect((await fetch(url, { headers: { 'X-Filler': 'x'.repeat(4_000) } })).status).toBe(503);
  expect((await readStream(url)).response.statusCode).toBe(200);
});

test('a network has at most 200 readers, a browser 20 of them; other networks are unaffected', async () => {
  const { url, opened } = await start();
  const open = async (network: string, cookie?: string) =>
    (await readStream(url, { 'X-Forwarded-For': network, ...(cookie && { Cookie: cookie }) })).response.statusCode;
  const many = (count: number, network: string, cookie?: string) =>
    Promise.all(Array.from({ length: count }, () => open(network, cookie)));
  expect((await many(20, '192.0.2.1', 'session=ann')).every((status) => status === 200)).toBe(true);
  expect(await open('192.0.2.1', 'session=ann')).toBe(503);
  expect(await open('192.0.2.1', 'session=bob')).toBe(200);
  expect((await many(179, '192.0.2.1')).every((status) => status === 200)).toBe(true);
  expect(await open('192.0.2.1')).toBe(503);
  expect(await open('192.0.2.2', 'session=ann')).toBe(200);
  opened[0]?.end();
  await until(async () => (await open('192.0.2.1', 'session=ann')) === 200);
});

test('when the service stops, streams end cleanly and none opens', async () => {
  const { streams, url, gone } = await start();
  const readers = [await readStream(url), await readStream(url)];
  streams.close();
  await until(() => readers.every(({ ended, response }) => ended && response.complete));
  await until(() => gone() === 2);
  expect((await fetch(url)).status).toBe(503);
});

test('HEAD sends the headers of a stream, and ends', async () => {
  const { url, gone } = await start();
  const answer = await fetch(url, { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  await until(() => gone() === 1);
});
