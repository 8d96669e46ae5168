import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { pino } from 'pino';
import express, { type Router } from 'express';
import type { Bus } from './bus';
import {
  EventDetails,
  parseEvent,
  type DataOf,
  type ErrorBody,
  type Event,
  type LeaverData,
  type OrderData,
  type PaymentData,
  type RefusalCode,
  type RefusalParams,
  type Subject,
  type TicketData,
} from './contract';
import type { Listeners } from './listeners';
import { createApp } from './http';
import { toItem } from './replies';
import { sessions, type Caller, type SessionKey } from './session';
import { buildIndexes, connectMongo, type Stored } from './mongo';
import { natsBus } from './nats';
import { holdToDescription } from './testing/described';
import { startMongod } from './testing/mongod';

/** What the services' suites share: real servers on free ports, and conditions to wait for. */

export { concernsOf } from './testing/concerns';
export { unexported } from './testing/exported';
export { answers, clockAhead, setClockAhead, startProcess } from './testing/process';
export { profiled, profiledDesk } from './testing/profile';

export const quiet = pino({ level: 'silent' });

/**
 * A separate database, connected as a service would be, with the indexes of `models`. It is in the mongod that the
 * files of a suite share (MONGOD_URI), or else in its own.
 */
export async function startMongo(...models: Stored[]) {
  const shared = process.env.MONGOD_URI;
  if (!shared) return startMongoWith([], ...models);
  const uri = `${shared}/${randomUUID()}`;
  return connected({ uri, drop: () => mongoose.connection.dropDatabase(), stop: () => Promise.resolve() }, models);
}

/** The same in its own mongod, with further arguments. */
export const startMongoWith = async (args: string[], ...models: Stored[]) =>
  connected(await startMongod(...args), models);

interface Database {
  uri: string;
  /** Drops it from a server that keeps running. */
  drop?: () => Promise<unknown>;
  stop: () => Promise<unknown>;
}

async function connected(server: Database, models: Stored[]) {
  const { uri } = server;
  await connectMongo(uri, 'test');
  for (const model of models) await buildIndexes(model);
  return {
    uri,
    clear,
    async stop() {
      // A test may have disconnected by itself.
      if (mongoose.connection.readyState === mongoose.ConnectionStates.connected) await server.drop?.();
      await mongoose.disconnect();
      await server.stop();
    },
  };
}

/** Deletes all documents. Most collections are empty after most tests: one query finds the others. */
async function clear() {
  const { db, collections } = mongoose.connection;
  const oneOf = ({ collectionName: coll }: { collectionName: string }) => ({
    $unionWith: { coll, pipeline: [{ $limit: 1 }, { $project: { _id: 0, coll: { $literal: coll } } }] },
  });
  const used = db?.aggregate<{ coll: string }>([{ $documents: [] }, ...Object.values(collections).map(oneOf)]);
  for (const { coll } of (await used?.toArray()) ?? []) await db?.collection(coll).deleteMany({});
}

/** A nats-streaming-server with a file store that can be killed and started again on the same port and data. */
export async function startNats() {
  const binary = process.env.NATS_STREAMING_SERVER ?? 'nats-streaming-server';
  const dir = await mkdtemp(join(tmpdir(), 'nats-'));
  const port = await freePort();
  const limits = ['--max_channels', '0', '--max_subs', '0', '--max_msgs', '0', '--max_bytes', '0', '--max_age', '0s'];
  const args = [
    '-a',
    '127.0.0.1',
    '-p',
    String(port),
    '-cid',
    'ticketing',
    '-store',
    'file',
    '-dir',
    dir,
    ...limits,
    '-hbi',
    '1s',
    '-hbt',
    '1s',
    '-hbf',
    '2',
  ];
  let server: ReturnType<typeof spawn>;
  const start = async () => {
    server = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const log: string[] = [];
    server.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    await until(() => log.some((line) => line.includes('Streaming Server is ready')));
  };
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  await start();
  const buses: Bus[] = [];
  return {
    port,
    start,
    kill,
    pause: () => pause(server),
    resume: () => void server.kill('SIGCONT'),
    /** Deletes everything it has stored; only while it is not running. */
    wipe: () => rm(dir, { recursive: true, force: true }),
    bus(group = 'test', clientId = `test-${randomUUID()}`, through = port) {
      const bus = natsBus({ url: `nats://127.0.0.1:${through}`, clusterId: 'ticketing', clientId, group, log: quiet });
      buses.push(bus);
      return bus;
    },
    /** Stops the server, and every bus that a test left open: its endless reconnecting would keep Jest from exiting. */
    async stop() {
      server.kill('SIGCONT');
      await Promise.all(buses.map((bus) => bus.close()));
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Stops a process until it gets a SIGCONT; resolves once none of its threads runs, which may take a while. */
export async function pause(server: ChildProcess): Promise<void> {
  server.kill('SIGSTOP');
  const threads = `/proc/${server.pid}/task`;
  const stateOf = (thread: string) => readFileSync(`${threads}/${thread}/stat`, 'utf8').split(') ').at(-1)?.charAt(0);
  if (existsSync(threads)) await until(() => readdirSync(threads).every((thread) => stateOf(thread) === 'T'));
}

/** Delivers events to a service's listeners as the bus would, one at a time; fails if nothing listens to one. */
export const deliverTo =
  (listeners: Listeners) =>
  async <S extends Subject>(...events: Event<S>[]) => {
    for (const event of events) {
      const listener = listeners[event.subject];
      if (!listener) throw new Error(`Nothing listens to ${event.subject}`);
      await listener.handle([event] as never);
    }
  };

/** The response that refuses a request with one error. */
export const refusal = (code: RefusalCode, field?: string, params?: RefusalParams): ErrorBody => ({
  errors: [toItem({ code, params }, field)],
});

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export const TEST_KEY = 'a key for tests';
/** Sessions that never end. */
export const testSessions = sessions([TEST_KEY], { has: () => false });

/** The Cookie header of a signed-in caller. */
export const cookieOf = (caller: Caller, key?: SessionKey) =>
  `session=${Buffer.from(JSON.stringify({ jwt: testSessions.sign(caller, key) })).toString('base64')}`;

/** The same, for someone whose account will be deleted. */
export const leaversCookieOf = (caller: Caller) => cookieOf(caller, { sid: newId(), generation: 1, isLeaving: true });

/** The data of an event about a leaver. */
export const aLeaver = (id = newId(), since = new Date().toISOString()): LeaverData => ({ id, since, generation: 1 });

/** Collects a service's events about the leavers it is done with. */
export async function earOfLeavers(nats: { bus(group: string): Bus }, subject: Subject) {
  const heard: LeaverData[] = [];
  const ids = new Set<string>();
  const bus = nats.bus('ear-of-leavers');
  bus.subscribe(subject, ({ text, ack }) => {
    const { id, data } = parseEvent(subject, text);
    // An event may be published, and delivered, more than once.
    if (!ids.has(id)) heard.push(data as LeaverData);
    ids.add(id);
    ack();
  });
  bus.start();
  await until(() => bus.ready);
  return heard;
}

/** The same for someone at the support desk. */
export const deskCookieOf = (id = newId()) =>
  cookieOf({ id, email: 'desk@test.com' }, { sid: newId(), generation: 0, role: 'support' });

/** A service's app, as served; a response that the API's description does not allow fails. */
export const appOf = (routes: Router, log = quiet) =>
  express()
    .use(holdToDescription)
    .use(createApp({ routes, missing: () => [], log }));

/** Serves an app on a free port. */
export async function serve(app: RequestListener) {
  const server = createHttpServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Reads an event stream as a browser does; `lastId` is what it would send in `Last-Event-ID`. */
export async function readStream(url: string, headers: Record<string, string> = {}) {
  const request = get(url, { headers, agent: false });
  request.on('error', () => undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const stream = {
    response,
    text: '',
    events: [] as { event: string; data: unknown }[],
    lastId: '',
    ended: false,
    close: () => void request.destroy(),
  };
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    stream.text += chunk;
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      stream.lastId = field('id') ?? stream.lastId;
      const data = field('data');
      if (data) stream.events.push({ event: field('event') ?? 'message', data: JSON.parse(data) as unknown });
    }
  });
  response.on('error', () => undefined).on('close', () => (stream.ended = true));
  return stream;
}

/**
 * Waits until a condition holds, and returns its value; fails after `timeout` milliseconds. The longer it has waited, the
 * less often it asks: many conditions are queries.
 */
export async function until<T>(condition: () => T | Promise<T>, timeout = 60_000): Promise<NonNullable<T>> {
  const started = Date.now();
  for (;;) {
    const result = await condition();
    if (result) return result;
    const waited = Date.now() - started;
    if (waited > timeout) throw new Error(`Not true after ${timeout} ms: ${condition.toString()}`);
    await delay(Math.min(10 + Math.max(waited, 0) / 20, 100));
  }
}

export const newId = () => new mongoose.Types.ObjectId().toString();

/** A listing as in its events, without optional values; `changes` override it. */
export const aTicket = (changes: Partial<TicketData> = {}): TicketData => ({
  id: newId(),
  title: 'Concert',
  price: 2_050,
  userId: newId(),
  description: null,
  ...EventDetails.parse({}),
  status: 'available',
  orderId: null,
  heldUntil: null,
  seq: 0,
  edition: 0,
  withdrawing: false,
  faceValue: null,
  deliveredAt: null,
  isScanned: null,
  deliverBy: null,
  missedAt: null,
  withdrawnAt: null,
  withdrawnBy: null,
  readAt: null,
  ...changes,
});

/** A ticket as in its order, without optional values; `changes` override it. */
export const aHeldTicket = (changes: Partial<OrderData['ticket']> = {}): OrderData['ticket'] => ({
  id: newId(),
  title: 'Concert',
  description: null,
  price: 2_050,
  userId: newId(),
  edition: 0,
  ...EventDetails.parse({}),
  ...changes,
});

/** An order as in its first event; `changes` override it. */
export const aHold = (changes: Partial<OrderData> = {}): OrderData => ({
  id: newId(),
  userId: newId(),
  status: 'created',
  reason: null,
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  seq: 1,
  completedAt: null,
  refundedAt: null,
  deliverBy: null,
  deliveredAt: null,
  releaseAt: null,
  releasedAt: null,
  readAt: null,
  usedAt: null,
  claim: null,
  ticket: aHeldTicket(),
  ...changes,
});

/** A payment as in its events. */
export const aPayment = (orderId: string): PaymentData => ({
  id: newId(),
  orderId,
  amount: 2_050,
  stripeId: 'pi_1',
  cause: null,
});

/** Sorts an aggregate's events as they were published: NATS preserves the order only within a subject. */
export const byVersion = (one: Event, other: Event) => one.version - other.version;

/** An event as the bus would deliver it. */
export const anEvent = <S extends Subject>(
  subject: S,
  version: number,
  data: DataOf<S>,
  aggregateId = 'id' in data ? data.id : 'orderId' in data ? data.orderId : 'userId' in data ? data.userId : data.about,
): Event<S> => ({
  id: randomUUID(),
  subject,
  aggregateId,
  version,
  occurredAt: new Date().toISOString(),
  trace: randomUUID(),
  data,
});
