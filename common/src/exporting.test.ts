import request from 'supertest';
import mongoose, { Schema } from 'mongoose';
import { countsIn } from './counts';
import { exporting, exportOf, type ExportPart } from './exporting';
import { Router } from './http';
import { appOf, cookieOf, newId, quiet, refusal, serve, startMongo, testSessions, unexported, until } from './testing';

const { Counts, limiter } = countsIn('exports');
const Things = mongoose.model(
  'Thing',
  new Schema({ userId: String, said: String, secret: String }, { collection: 'things', autoIndex: false }),
);
let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => {
  mongo = await startMongo(Counts, Things);
});
afterAll(() => mongo.stop());

const complaints: string[] = [];
const log = quiet.child({});
log.error = (_what: unknown, message?: string) => void complaints.push(String(message));

const things = exportOf('things', Things, (userId) => ({ userId }), ['said'], { userId: 'the caller', secret: 'one' });
const someone = () => ({ id: newId(), email: 'someone@test.com' });
/** The service's app, whose export has these parts. */
const app = (...parts: ExportPart[]) =>
  appOf(
    Router().get('/api/orders/export', testSessions.require, exporting('orders', parts, limiter('test', 3, 60))),
    log,
  );
const get = (at: Parameters<typeof request>[0], caller = someone()) =>
  request(at).get('/api/orders/export').set('Cookie', cookieOf(caller));

test("exports more documents than fit into a batch: only the caller's, and only the listed fields", async () => {
  const caller = someone();
  const own = Array.from({ length: 350 }, (_, at) => ({ userId: caller.id, said: `${at} "ü"`, secret: 'x' }));
  await Things.collection.insertMany([...own, { userId: newId(), said: 'of others', secret: 'x' }]);
  const { body } = await get(app(things, { ...things, name: 'again' }), caller).expect(200);
  expect(body).toMatchObject({ service: 'orders', userId: caller.id });
  const { things: found, again } = body as Record<string, { id: string; said: string }[]>;
  expect(found?.map(({ said }) => said)).toEqual(own.map(({ said }) => said));
  expect(again).toEqual(found);
  expect(JSON.stringify(body)).not.toMatch(/secret|of others/);
});

test('a truncated export is not valid JSON, is logged, and can be requested again', async () => {
  const caller = someone();
  let isBroken = true;
  const part: ExportPart = {
    name: 'orders',
    async *read(id) {
      yield* things.read(id);
      yield { said: 'something' };
      if (isBroken) throw new Error('broken');
    },
  };
  const server = await serve(app(part));
  const fetched = async () =>
    (await (
      await fetch(`${server.url}/api/orders/export`, { headers: { cookie: cookieOf(caller) } })
    ).json()) as object;
  await expect(fetched()).rejects.toThrow();
  await until(() => complaints.includes('response cut off'));
  isBroken = false;
  expect(await fetched()).toMatchObject({ orders: [{ said: 'something' }] });
  await server.stop();
});

test('a caller gets one at a time, and a limited number per hour; others are unaffected', async () => {
  const caller = someone();
  let [release, begun] = [() => {}, () => {}];
  const [isReleased, hasBegun] = [new Promise<void>((go) => (release = go)), new Promise<void>((go) => (begun = go))];
  const slow: ExportPart = {
    name: 'orders',
    async *read(id) {
      begun();
      if (id === caller.id) await isReleased;
      yield* things.read(id);
    },
  };
  const server = app(slow);
  const first = get(server, caller).then(({ status }) => status);
  await hasBegun;
  await get(server, caller).expect(429, refusal('too-many-exports'));
  await get(server).expect(200);
  release();
  expect(await first).toBe(200);
  for (const status of [200, 200, 429]) await get(server, caller).expect(status);
});

test('a reader who leaves in the middle is not logged', async () => {
  const caller = someone();
  let [sent, isEndless] = [0, true];
  const long: ExportPart = {
    name: 'orders',
    async *read() {
      for (; isEndless; sent++) yield await Promise.resolve({ said: 'x'.repeat(10_000) });
    },
  };
  const server = await serve(app(long));
  const before = complaints.length;
  const reader = new AbortController();
  const headers = { cookie: cookieOf(caller) };
  await fetch(`${server.url}/api/orders/export`, { headers, signal: reader.signal });
  // Until it waits for its reader.
  for (let last = -1; last < sent;) {
    last = sent;
    await new Promise((go) => setTimeout(go, 100));
  }
  isEndless = false;
  reader.abort();
  await until(async () => (await get(server.url, caller)).status === 200);
  expect(complaints.slice(before)).toEqual([]);
  await server.stop();
});

test('a reader who leaves is not logged', async () => {
  const caller = someone();
  let [isLeft, begun] = [() => {}, () => {}];
  const [left, hasBegun] = [new Promise<void>((go) => (isLeft = go)), new Promise<void>((go) => (begun = go))];
  const slow: ExportPart = {
    name: 'orders',
    async *read() {
      begun();
      await left;
      yield { said: 'something' };
    },
  };
  const server = await serve(app(slow));
  const reader = new AbortController();
  const headers = { cookie: cookieOf(caller) };
  const reading = fetch(`${server.url}/api/orders/export`, { headers, signal: reader.signal });
  await hasBegun;
  const before = complaints.length;
  reader.abort();
  await expect(reading.then((answer) => answer.text())).rejects.toThrow();
  isLeft();
  await until(async () => (await get(server.url, caller)).status === 200);
  expect(complaints).toHaveLength(before);
  await server.stop();
});

test('slow readers block others on their network, and nobody else', async () => {
  let [release, waiting] = [() => {}, 0];
  const isReleased = new Promise<void>((go) => (release = go));
  const slow: ExportPart = {
    name: 'orders',
    async *read(id) {
      if (slowly.has(id)) {
        waiting++;
        await isReleased;
      }
      yield* things.read(id);
    },
  };
  const slowly = new Set<string>();
  const server = app(slow);
  const from = (network: string, caller = someone()) => get(server, caller).set('X-Forwarded-For', network);
  const crowd = Array.from({ length: 20 }, someone);
  for (const { id } of crowd) slowly.add(id);
  const statuses: number[] = [];
  const unread = crowd.map((each) => from('203.0.113.1', each).then(({ status }) => statuses.push(status)));
  await until(() => waiting > 0);
  await from('203.0.113.2').expect(200);
  await until(() => waiting === 5 && statuses.length === 15);
  await from('203.0.113.1').expect(429, refusal('too-many-exports'));
  release();
  await Promise.all(unread);
  expect(statuses.sort()).toEqual([...Array<number>(5).fill(200), ...Array<number>(15).fill(429)]);
});

test('finds a field or a collection that is listed nowhere', () => {
  const others = Object.fromEntries(
    Object.values(mongoose.models)
      .filter((each) => each !== Things)
      .map(({ collection }) => [collection.name, 'of others']),
  );
  expect(unexported([things], others)).toEqual(['things.__v']);
  expect(unexported([{ ...things, left: { userId: 'the caller' } }], others)).toEqual(['things.secret', 'things.__v']);
  expect(unexported([], others)).toEqual(['things']);
});
