import { setTimeout as delay } from 'node:timers/promises';
import type * as Timers from 'node:timers/promises';
import { model, Schema, Types } from 'mongoose';
import { register } from 'prom-client';
import type { Bus } from './bus';
import { parseEvent, type Event, type UserData } from './contract';
import { collectionOf } from './mongo';
import { aggregate, UNSENT, type Aggregate } from './aggregate';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { sweep } from './sweep';
import { newId, quiet, setClockAhead, startMongo, startNats, until } from './testing';

/** Makes the next pause last until the returned function is called. */
function holdPause(): () => void {
  let end: () => void = () => undefined;
  const pause = new Promise<void>((resolve) => (end = resolve));
  const timers = jest.requireActual<typeof Timers>('node:timers/promises');
  const setTimeout = jest.spyOn(timers, 'setTimeout').mockReturnValueOnce(pause);
  return () => {
    setTimeout.mockRestore();
    end();
  };
}

interface Account extends Aggregate {
  email: string;
}

const schema = new Schema<Account>({ email: String });
schema.plugin(aggregate);
const Accounts = model('RelayedAccount', schema);

let mongo: Awaited<ReturnType<typeof startMongo>>;
let nats: Awaited<ReturnType<typeof startNats>>;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [mongo, nats] = await Promise.all([startMongo(Accounts), startNats()]);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await mongo.clear();
});
afterAll(async () => {
  await nats.stop();
  await mongo.stop();
});

/** A query as recorded by MongoDB's profiler. */
interface Query {
  planSummary: string;
}

/** A process of a service: it changes accounts and publishes what has happened. */
function open(bus: Bus) {
  register.removeSingleMetric('ticketing_outbox_unsent');
  const relay = new Relay(bus, [Accounts], quiet);
  const outbox = new Outbox(relay);
  closers.push(
    () => relay.close(),
    () => bus.close(),
  );
  return {
    relay,
    async insert(email: string, ...more: string[]) {
      const _id = new Types.ObjectId();
      const events = [email, ...more].map((each) => ({
        subject: 'user:created' as const,
        data: { id: _id.toString(), email: each },
      }));
      await outbox.insert(Accounts, { _id, email }, events, { trace: 'a trace' });
      return _id;
    },
  };
}

async function start(bus: Bus) {
  bus.start();
  await until(() => bus.ready);
  return bus;
}

/** The email addresses of all accounts published on the real server. */
async function listen() {
  const bus = nats.bus('listeners');
  closers.push(() => bus.close());
  const heard: string[] = [];
  bus.subscribe('user:created', ({ text, ack }) => {
    heard.push(parseEvent('user:created', text).data.email);
    ack();
  });
  await start(bus);
  return heard;
}

const unsent = () => collectionOf(Accounts).countDocuments(UNSENT);
/** A bus whose publications the test acknowledges by hand. */
function handBus() {
  const published: { text: string; acknowledge(): void; fail(error: Error): void }[] = [];
  const bus: Bus = {
    ready: true,
    publish: (_subject, text) =>
      new Promise<void>((resolve, reject) => void published.push({ text, acknowledge: resolve, fail: reject })),
    subscribe: () => undefined,
    watch: () => undefined,
    start: () => undefined,
    onReady: () => undefined,
    close() {
      for (const { fail } of published) fail(new Error('closed'));
      return Promise.resolve();
    },
  };
  const of = (email: string) => published.filter(({ text }) => text.includes(`"${email}"`));
  return { bus, published, of };
}

test('publishes what is committed and removes it from the outbox', async () => {
  const heard = await listen();
  const service = open(await start(nats.bus()));
  await service.insert('at once');
  await until(() => heard.includes('at once'));
  await until(async () => (await unsent()) === 0);
});

test('keeps what is committed while NATS is down, and publishes it afterwards', async () => {
  const heard = await listen();
  const bus = await start(nats.bus());
  const service = open(bus);
  await nats.kill();
  await until(() => !bus.ready);
  await service.insert('while away');
  expect(await unsent()).toBe(1);
  await nats.start();
  await until(() => heard.includes('while away'));
  await until(async () => (await unsent()) === 0);
});

test('publishes what a dead process left behind', async () => {
  const heard = await listen();
  await open(nats.bus()).insert('of a process that never published');
  expect(await unsent()).toBe(1);
  open(await start(nats.bus()));
  await until(() => heard.includes('of a process that never published'));
  await until(async () => (await unsent()) === 0);
});

test('kill -9 of NATS during 300 commits: every event arrives', async () => {
  const heard = await listen();
  const service = open(await start(nats.bus()));
  const emails = Array.from({ length: 300 }, (_, index) => `commit ${index}`);
  const committing = emails.map(async (email, index) => {
    await until(() => index < heard.length + 100, 50_000);
    await service.insert(email);
  });
  await until(() => heard.length > 20);
  await nats.kill();
  await nats.start();
  await Promise.all(committing);
  // Those of other tests may be delivered again.
  await until(() => emails.every((email) => heard.includes(email)));
  await until(async () => (await unsent()) === 0);
});

test('removes an entry only once it is acknowledged', async () => {
  const { bus, published, of } = handBus();
  const service = open(bus);
  const [slow, quick] = [await service.insert('slow'), await service.insert('quick')];
  await until(() => published.length === 2);
  of('quick')[0]?.acknowledge();
  await until(async () => (await unsent()) === 1);
  expect((await Accounts.findById(quick))?.outbox).toHaveLength(0);
  expect((await Accounts.findById(slow))?.outbox).toHaveLength(1);
  expect(published).toHaveLength(2);
  of('slow')[0]?.acknowledge();
  await until(async () => (await unsent()) === 0);
});

test("closing waits for what is in progress, also if the machine's clock is set", async () => {
  const { bus, published } = handBus();
  const service = open(bus);
  await service.insert('in progress');
  await until(() => published.length === 1);
  // It waits only so long.
  const time = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
  const closed = service.relay.close().then(() => 'closed');
  const setBack = setClockAhead(3_600_000);
  expect(await Promise.race([closed, delay(100, 'waiting')])).toBe('waiting');
  setBack();
  published[0]?.acknowledge();
  expect(await closed).toBe('closed');
  time.mockRestore();
  expect(await unsent()).toBe(0);
});

test('keeps what NATS rejects, and publishes it again under the same id', async () => {
  const { bus, published } = handBus();
  await open(bus).insert('refused at first');
  await until(() => published.length === 1);
  published[0]?.fail(new Error('no ack'));
  await until(() => published.length === 2);
  expect(published[1]?.text).toBe(published[0]?.text);
  expect(await unsent()).toBe(1);
  published[1]?.acknowledge();
  await until(async () => (await unsent()) === 0);
});

test('the sweep leaves alone what is about to be published', async () => {
  const { bus, published } = handBus();
  let sweepAgain: () => void = () => undefined;
  const service = open({ ...bus, onReady: (listener) => void (sweepAgain = listener) });
  const end = holdPause();
  await service.insert('first');
  await new Promise(setImmediate);
  expect(published).toHaveLength(1);
  // It waits to be published with others.
  await service.insert('second');
  await collectionOf(Accounts).updateMany({}, { $set: { 'outbox.$[].occurredAt': new Date(0).toISOString() } });
  const sweeps = jest.spyOn(collectionOf(Accounts), 'find');
  // Once another sweep begins, the first has ended.
  await until(() => (sweepAgain(), published.length > 1 || sweeps.mock.calls.length > 1));
  sweeps.mockRestore();
  expect(published).toHaveLength(1);
  end();
  await until(() => published.length === 2);
});

test('publishes the events of one change in order', async () => {
  const { bus, published } = handBus();
  await open(bus).insert('first', 'second', 'third');
  await until(() => published.length === 3);
  expect(published.map(({ text }) => (JSON.parse(text) as Event<'user:created'>).data.email)).toEqual([
    'first',
    'second',
    'third',
  ]);
});

test('a change without events delays nothing', async () => {
  const { bus, published } = handBus();
  const { relay } = open(bus);
  relay.publish(Accounts, new Types.ObjectId(), []);
  relay.publish(Accounts, new Types.ObjectId(), [{ id: newId() } as Event]);
  await until(() => published.length === 1);
});

test('publishes a single event at once, and events in a burst together', async () => {
  const { bus } = handBus();
  let turn = 0;
  const publishedOn: number[] = [];
  const { relay } = open({ ...bus, publish: () => Promise.resolve(void publishedOn.push(turn)) });
  const commit = () => relay.publish(Accounts, new Types.ObjectId(), [{ id: newId() } as Event]);
  const nextTurn = async () => {
    await new Promise(setImmediate);
    turn++;
  };
  const end = holdPause();
  commit();
  await nextTurn();
  expect(publishedOn).toEqual([0]);
  for (let index = 0; index < 100; index++) {
    commit();
    await nextTurn();
  }
  end();
  await until(() => publishedOn.length === 101);
  expect(new Set(publishedOn).size).toBe(2);
});

test('the sweep uses its index, and leaves events in progress alone', async () => {
  const { db } = Accounts.collection.conn;
  if (!db) throw new Error('mongoose is not connected');
  const { bus, published } = handBus();
  const service = open(bus);
  await Promise.all(Array.from({ length: 100 }, (_, index) => service.insert(`slow ${index}`)));
  await db.command({ profile: 2 });
  const sweeps = () =>
    db
      .collection<Query>('system.profile')
      .find({ op: 'query', ns: /accounts$/, nreturned: { $gt: 0 } })
      .toArray();
  const [one] = await until(async () => ((await sweeps()).length >= 2 ? sweeps() : undefined));
  await db.command({ profile: 0 });
  expect(one?.planSummary).toBe('IXSCAN { outbox.occurredAt: 1 }');
  expect(published).toHaveLength(100);
});

test('a sweep ends even if it could publish nothing', async () => {
  const entries = Array.from({ length: 30 }, (_, index) => `entry ${index}`);
  await open(handBus().bus).insert(...(entries as [string, ...string[]]));
  const asked: string[] = [];
  await sweep(Accounts, new Date(Date.now() + 60_000).toISOString(), (event) => {
    asked.push((event as Event<'user:created'>).data.email);
    return Promise.resolve(false);
  });
  expect(asked).toEqual(entries.slice(0, 10));
});

test('a sweep picks up everything left behind, however much', async () => {
  const _ids = Array.from({ length: 1_200 }, () => new Types.ObjectId());
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  await collectionOf(Accounts).insertMany(
    _ids.map((_id) => {
      const aggregateId = _id.toString();
      const data: UserData = { id: aggregateId, email: 'left' };
      return {
        _id,
        version: 0,
        outbox: [{ id: newId(), subject: 'user:created', aggregateId, version: 0, occurredAt, trace: 'a trace', data }],
      };
    }),
  );
  const heard = await listen();
  open(await start(nats.bus()));
  await until(async () => (await unsent()) === 0);
  await until(() => heard.filter((email) => email === 'left').length >= 1_200);
});

test('counts the documents with unsent events', async () => {
  const { bus, published } = handBus();
  const service = open(bus);
  await service.insert('with one event');
  await service.insert('with', 'three', 'events');
  await until(() => published.length === 4);
  expect(await register.getSingleMetricAsString('ticketing_outbox_unsent')).toMatch(/^ticketing_outbox_unsent 2$/m);
});
