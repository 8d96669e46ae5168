import { model, Schema, Types } from 'mongoose';
import { aggregate, type Aggregate } from './aggregate';
import type { Bus } from './bus';
import { systemClock } from './clock';
import { parseEvent } from './contract';
import { makeEvent } from './envelope';
import { collectionOf } from './mongo';
import { Brokers, restoring } from './restoring';
import { quiet, startMongo, startNats, until } from './testing';

type Account = Aggregate & { email: string };

const schema = new Schema<Account>({ email: String });
schema.plugin(aggregate);
const Accounts = model('RestoredAccount', schema);
const owned = [
  {
    model: Accounts,
    snapshot: ({ _id, email }: Account) => ({
      subject: 'user:updated' as const,
      data: { id: _id.toString(), email },
    }),
  },
];

let mongo: Awaited<ReturnType<typeof startMongo>>;
let nats: Awaited<ReturnType<typeof startNats>>;
let bus: Bus;
const heard: (string | undefined)[] = [];

beforeAll(async () => {
  [mongo, nats] = await Promise.all([startMongo(Accounts, Brokers), startNats()]);
  await collectionOf(Accounts).insertOne({
    _id: new Types.ObjectId(),
    version: 3,
    outbox: [],
    email: 'ann@test',
  } as never);
  bus = nats.bus('auth');
  bus.subscribe('user:updated', ({ text, ack }) => {
    heard.push(parseEvent('user:updated', text).data.email);
    ack();
  });
  bus.start();
});
afterAll(async () => {
  await nats.stop();
  await mongo.stop();
});

const named = () => until(() => (bus.ready ? bus.store : undefined), 30_000);
const process = (of = bus) => restoring(of, owned, quiet, systemClock)[0]!;
async function restart({ isLost }: { isLost: boolean }) {
  const before = await named();
  await nats.kill();
  if (isLost) await nats.wipe();
  await nats.start();
  await until(() => !bus.ready || bus.store !== before || !isLost);
  return { before, now: await named() };
}
const told = async () => (await Brokers.findById('nats').lean())?.store;

test('nothing is republished to a new broker, or one that restarts with its store', async () => {
  await named();
  await process().run();
  expect(await told()).toBe(bus.store);
  const { before, now } = await restart({ isLost: false });
  expect(now).toBe(before);
  await process().run();
  expect(heard).toEqual([]);
});

test('everything is republished, once, to one that lost its store', async () => {
  const { before, now } = await restart({ isLost: true });
  expect(now).not.toBe(before);
  const [one, other] = [process(), process()];
  await Promise.all([one.run(), other.run()]);
  await until(() => heard.length > 0);
  await until(async () => (await told()) === now);
  for (const each of [one, other, process()]) await each.run();
  await bus.publish('user:updated', another());
  await until(() => heard.includes('bob@test'));
  expect(heard).toEqual(['ann@test', 'bob@test']);
});

test('if it goes down meanwhile, everything is republished again, by another process once the first is presumed dead', async () => {
  await restart({ isLost: true });
  heard.length = 0;
  const dying = process({ ...bus, ready: true, store: bus.store, publish: () => Promise.reject(new Error('away')) });
  await expect(dying.run()).rejects.toThrow('away');
  await process().run();
  expect(heard).toEqual([]);
  expect(await told()).not.toBe(bus.store);
  await Brokers.updateOne({ _id: 'nats' }, { until: new Date(0) });
  await process().run();
  await until(() => heard.length === 1);
  expect(await told()).toBe(bus.store);
});

test('no other process republishes everything meanwhile, however long it takes', async () => {
  const { now: store } = await restart({ isLost: true });
  heard.length = 0;
  let [ahead, goOn] = [0, () => undefined as void];
  const pause = new Promise<void>((resolve) => (goOn = resolve));
  const clock = { now: () => new Date(Date.now() + ahead) };
  const slow: Bus['publish'] = (...event) => pause.then(() => bus.publish(...event));
  const run = (publish: Bus['publish']) => restoring({ ready: true, store, publish }, owned, quiet, clock)[0]!.run();
  const leaseOf = async () => (await Brokers.findById('nats').lean())?.until.getTime() ?? 0;
  jest.useFakeTimers({ doNotFake: BUT_INTERVALS });
  const telling = run(slow);
  await until(() => jest.getTimerCount() > 0);
  for (ahead = 50_000; ahead <= 200_000; ahead += 50_000) {
    jest.advanceTimersByTime(15_000);
    await until(async () => (await leaseOf()) > clock.now().getTime() + 50_000);
  }
  jest.useRealTimers();
  await run(bus.publish);
  expect(heard).toEqual([]);
  goOn();
  await telling;
  await until(() => heard.length === 1);
  expect(await told()).toBe(store);
});

/** What fake timers leave alone: servers are real. */
const BUT_INTERVALS = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
];

/** What follows everything published. */
const another = () => {
  const id = new Types.ObjectId().toString();
  const data = { id, email: 'bob@test' };
  return JSON.stringify(
    makeEvent({ subject: 'user:updated', data }, { aggregateId: id, version: 1, at: new Date(), trace: 'test' }),
  );
};
