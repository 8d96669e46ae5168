import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { model, Schema, Types } from 'mongoose';
import { parseEvent } from './contract';
import { makeEvent } from './envelope';
import { collectionOf } from './mongo';
import { aggregate, UNSENT, type Aggregate } from './aggregate';
import { Brokers } from './restoring';
import type { ServiceOptions } from './service';
import { answers, freePort, startMongo, startNats, until } from './testing';

/** A service in its own process, which inserts an account when its test says so. */
const SERVICE = `
const { createInterface } = require('node:readline');
const { model, Schema, Types } = require('mongoose');
const { aggregate, causeOf, NameInput, Router, runService, validateBody } = require(${JSON.stringify(join(__dirname, '../dist/index.js'))});
const schema = new Schema({ email: String });
schema.plugin(aggregate);
schema.index({ email: 1 }, { unique: true, partialFilterExpression: { email: { $type: 'string' } } });
const Accounts = model('ServiceAccount', schema);
const { env } = process;
const config = { HOST: '127.0.0.1', LOG_LEVEL: 'info', NATS_CLUSTER_ID: 'ticketing', ...JSON.parse(env.CONFIG) };
runService({
  name: 'a-service',
  config,
  aggregates: [
    { model: Accounts, snapshot: ({ _id, email }) => ({ subject: 'user:updated', data: { id: _id.toString(), email } }) },
  ],
  start: ({ outbox }) => ({
    routes: Router().get('/accounts', async (req, res) => {
      console.log('a request is under way');
      await new Promise((resolve) => process.stdin.once('data', resolve));
      const _id = new Types.ObjectId();
      const data = { id: _id.toString(), email: 'late@test' };
      await outbox.insert(Accounts, { _id, email: data.email }, [{ subject: 'user:created', data }], causeOf(req));
      res.json(data);
    }).post('/names', validateBody(NameInput), (req, res) => {
      res.json({ ...req.body, trailers: req.rawTrailers.length / 2 });
    }),
  }),
});
`;

const schema = new Schema<Aggregate & { email: string }>({ email: String });
schema.plugin(aggregate);
const Accounts = model('ServiceAccount', schema);

let mongo: Awaited<ReturnType<typeof startMongo>>;
let nats: Awaited<ReturnType<typeof startNats>>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  [mongo, nats] = await Promise.all([startMongo(Accounts), startNats()]);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await mongo.clear();
});
afterAll(async () => {
  await nats.stop();
  await mongo.stop();
});

async function startService(...options: string[]) {
  const PORT = await freePort();
  const config = { PORT, MONGO_URI: mongo.uri, NATS_URL: `nats://127.0.0.1:${nats.port}`, NATS_CLIENT_ID: `a-${PORT}` };
  const child = spawn(process.execPath, [...options, '-e', SERVICE], {
    env: { ...process.env, CONFIG: JSON.stringify(config) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = `http://127.0.0.1:${PORT}`;
  return { child, url, said: (words: string) => output.includes(words) };
}

describe('in one process', () => {
  let running: Awaited<ReturnType<typeof startService>>;
  beforeAll(async () => {
    running = await startService();
    // It outlasts the first test.
    children.pop();
    await until(() => answers(`${running.url}/readyz`), 50_000);
  });
  afterAll(() => running.child.kill('SIGKILL'));

  test('a service without a support desk reads the bodies of its routes, and few trailers', async () => {
    const { url } = running;
    const headers = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' };
    const sent = request(`${url}/names`, { method: 'POST', headers });
    sent.addTrailers(Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`x${at}`, '1'])));
    sent.end(JSON.stringify({ name: 'Ann' }));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const { name, trailers } = (await json(response)) as { name: string; trailers: number };
    expect(name).toBe('Ann');
    expect(trailers).toBeLessThan(150);
  });

  test('a stopping service answers requests in progress, publishes their results and accepts no more', async () => {
    const heard: string[] = [];
    const bus = nats.bus('ear');
    bus.subscribe('user:created', ({ text, ack }) => {
      heard.push(parseEvent('user:created', text).data.email);
      ack();
    });
    bus.start();
    const { child, url, said } = running;
    const answer = fetch(`${url}/accounts`);
    await until(() => said('a request is under way'));
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await until(() => said('stopping'));
    await until(async () => !(await answers(`${url}/healthz`)));
    child.stdin.write('go on\n');
    const { status, headers } = await answer;
    expect(status).toBe(200);
    expect(headers.get('connection')).toBe('close');
    expect(await exited).toEqual([0, null]);
    await until(() => heard.includes('late@test'));
  });
});

test('a service answers no request before its indexes exist: without them nothing is unique', async () => {
  await Accounts.collection.dropIndex('email_1').catch(() => undefined);
  for (const _id of [new Types.ObjectId(), new Types.ObjectId()])
    await Accounts.collection.insertOne({ _id, version: 0, outbox: [], email: 'twice@test' });
  const { url, said } = await startService();
  await until(() => said('MongoDB is not available yet'), 50_000);
  const served = until(() => said('a request is under way')).then(
    () => 'served',
    () => 'refused',
  );
  expect(await Promise.race([served, fetch(`${url}/accounts`).then(({ status }) => status)])).toBe(503);
  await Accounts.collection.deleteOne({ email: 'twice@test' });
  await until(() => answers(`${url}/readyz`), 50_000);
});

test('a service with little memory publishes a long backlog, however large', async () => {
  const documents = 60;
  const entries = 120;
  const at = new Date(Date.now() - 60_000);
  for (let count = 0; count < documents; count++) {
    const _id = new Types.ObjectId();
    const data = { id: _id.toString(), email: `${'x'.repeat(8_000)}@test` };
    const outbox = Array.from({ length: entries }, (_, version) =>
      makeEvent({ subject: 'user:updated', data }, { aggregateId: data.id, version, at, trace: 'a trace' }),
    );
    await collectionOf(Accounts).insertOne({ _id, version: entries, outbox });
  }
  const { child } = await startService('--max-old-space-size=96');
  await until(async () => {
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    return (await collectionOf(Accounts).countDocuments(UNSENT)) === 0;
  }, 150_000);
}, 180_000);

test('a service republishes everything once the broker has lost its store, and not before', async () => {
  const _id = new Types.ObjectId();
  await collectionOf(Accounts).insertOne({ _id, version: 4, outbox: [], email: 'kept@test' } as never);
  const heard: (string | undefined)[] = [];
  const bus = nats.bus('ear');
  bus.subscribe('user:updated', ({ text, ack }) => {
    const { aggregateId, republished, data } = parseEvent('user:updated', text);
    if (aggregateId === _id.toString()) heard.push(`${data.email} ${republished}`);
    ack();
  });
  bus.start();
  const { url } = await startService();
  await until(() => answers(`${url}/readyz`), 50_000);
  await until(() => collectionOf(Brokers).findOne(), 50_000);
  expect(heard).toEqual([]);
  await nats.kill();
  await nats.wipe();
  await nats.start();
  await until(() => heard.length > 0, 50_000);
  expect(heard).toEqual(['kept@test true']);
});
/** None of these compiles: a service changes its aggregates through the outbox, and only one without any publishes. */
export const forbidden = (options: ServiceOptions): ServiceOptions[] => [
  // @ts-expect-error: it gets no `publish`
  { ...options, publishes: false, start: ({ publish }) => ({ close: publish as never }) },
  // @ts-expect-error: it gets no bus, only `watch`
  { ...options, publishes: false, start: ({ bus }) => ({ close: bus as never }) },
  // @ts-expect-error: it has aggregates
  { ...options, publishes: true, aggregates: [], start: () => ({}) },
];
