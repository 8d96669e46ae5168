import express from 'express';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { admission } from './admission';
import { createApp, Router, serverOf } from './http';
import { answerErrors } from './replies';
import { Streams } from './stream';
import { quiet, readStream, refusal, serve, until } from './testing';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Routes, of which `/wait` responds when the test says so, and the number of requests waiting there. */
function waiting() {
  const ends: (() => void)[] = [];
  const streams = new Streams();
  stops.push(() => Promise.resolve(streams.close()));
  const routes = Router()
    .get('/wait', (_req, res) => void ends.push(() => res.json('done')))
    .get('/events', (req, res) => void streams.open(req, res))
    .get('/now', (_req, res) => void res.json('now'));
  return { routes, ends };
}

async function start(app: express.Express) {
  const { url, stop } = await serve(app);
  stops.push(stop);
  const ask = async (path: string, network: string) => {
    const answer = await fetch(url + path, { headers: { 'x-forwarded-for': network } });
    return { status: answer.status, body: await answer.json() };
  };
  return { url, ask };
}

test('limits a network to 300 concurrent requests; other networks are unaffected, and it recovers', async () => {
  const { routes, ends } = waiting();
  const { ask } = await start(createApp({ routes, missing: () => [], log: quiet }));
  const all = Array.from({ length: 300 }, () => ask('/wait', '10.0.0.1'));
  await until(() => ends.length === 300);
  expect(await ask('/now', '10.0.0.1')).toEqual({ status: 429, body: refusal('too-many-requests') });
  expect(await ask('/now', '10.0.0.2')).toEqual({ status: 200, body: 'now' });
  expect((await ask('/healthz', '10.0.0.1')).status).toBe(200);
  for (const end of ends) end();
  expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true);
  expect(await ask('/now', '10.0.0.1')).toEqual({ status: 200, body: 'now' });
});

test('refuses a request with hundreds of header fields: each takes up many times its length in memory', async () => {
  const { url, ask } = await start(createApp({ ...waiting(), missing: () => [], log: quiet }));
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, '1']));
  const answer = await fetch(`${url}/now`, { headers: many(100) });
  expect([answer.status, await answer.json()]).toEqual([400, refusal('request-unreadable')]);
  expect((await fetch(`${url}/now`, { headers: many(80) })).status).toBe(200);
  expect((await ask('/now', '10.0.0.1')).status).toBe(200);
});

test('refuses them also where Node.js drops most of them', async () => {
  const server = serverOf(createApp({ ...waiting(), missing: () => [], log: quiet }), quiet);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const statusWith = async (count: number) => {
    const headers = Object.fromEntries(Array.from({ length: count }, (_, at) => [`x${at}`, '1']));
    const [{ statusCode }] = (await once(get({ port, path: '/now', headers, agent: false }), 'response')) as [
      IncomingMessage,
    ];
    return statusCode;
  };
  // Besides Host and Connection.
  for (const count of [98, 99, 126, 127, 500, 1_200])
    expect([count, await statusWith(count)]).toEqual([count, count > 98 ? 400 : 200]);
  server.close();
});

test('limits all networks together; aborted requests and open streams do not count', async () => {
  const { routes, ends } = waiting();
  const app = express().set('trust proxy', 1);
  app.use(admission({ total: 2, each: 2 }), routes, answerErrors(quiet));
  const { url, ask } = await start(app);
  const readers = await Promise.all([1, 2, 3].map(() => readStream(`${url}/events`)));
  const first = ask('/wait', '10.0.0.1');
  await until(() => ends.length === 1);
  const given = get(`${url}/wait`).on('error', () => undefined);
  await until(() => ends.length === 2);
  expect(await ask('/now', '10.0.0.3')).toEqual({ status: 503, body: refusal('unavailable') });
  given.destroy();
  await until(async () => (await ask('/now', '10.0.0.3')).status === 200);
  ends[0]?.();
  expect((await first).status).toBe(200);
  for (const reader of readers) reader.close();
});
