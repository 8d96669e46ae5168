import { setTimeout as delay } from 'node:timers/promises';
import type { Bus, Delivery } from './bus';
import { Consumer } from './consumer';
import type { Subject, UserData } from './contract';
import type { DeadLetters } from './deadletters';
import { batch, each, type Listeners } from './listeners';
import { anEvent, newId, quiet, setClockAhead, until } from './testing';

/** A bus whose messages the test delivers by hand. */
class HandBus implements Bus {
  readonly ready = true;
  readonly acknowledged: string[] = [];
  private readonly receivers = new Map<Subject, (delivery: Delivery) => void>();
  private sequence = 0;
  publish = () => Promise.resolve();
  subscribe = (subject: Subject, deliver: (delivery: Delivery) => void) => void this.receivers.set(subject, deliver);
  watch = () => undefined;
  start = () => undefined;
  onReady = () => undefined;
  close = () => Promise.resolve();

  deliver(subject: Subject, text: string, key = `${subject}/${++this.sequence}`) {
    this.receivers.get(subject)?.({ key, text, ack: () => void this.acknowledged.push(text) });
    return key;
  }
}

const textOf = (subject: 'user:created' | 'user:updated', id: string, version: number) =>
  JSON.stringify(anEvent(subject, version, { id, email: `${version}@test` } satisfies UserData));

function consume(listeners: Listeners) {
  const bus = new HandBus();
  const parked: { subject: string; text: string; error: unknown }[] = [];
  const deadLetters: DeadLetters = {
    park: (subject, text, error) => Promise.resolve(void parked.push({ subject, text, error })),
    redrive: () => Promise.resolve({ done: 0, left: 0 }),
  };
  const consumer = new Consumer(bus, deadLetters, quiet);
  consumer.listen(listeners);
  return { bus, parked, consumer };
}

/** Calls that the test settles one by one. */
function gate() {
  const calls: { emails: string[]; done(): void; fail(error: Error): void }[] = [];
  const enter = (emails: string[]) =>
    new Promise<void>((resolve, reject) => void calls.push({ emails, done: resolve, fail: reject }));
  return { calls, enter };
}

/** Until it is handled or parked, in milliseconds: the pauses between tries alone take seven to nine seconds. */
const ALL_TRIES = 50_000;

const outage = Object.assign(new Error('connection refused'), { name: 'MongoNetworkError' });

test('acknowledges a message only once it has been handled', async () => {
  const { calls, enter } = gate();
  const { bus } = consume({ 'user:created': each(({ data }) => enter([data.email])) });
  const text = textOf('user:created', newId(), 0);
  bus.deliver('user:created', text);
  await until(() => calls.length === 1);
  expect(bus.acknowledged).toEqual([]);
  calls[0]?.done();
  await until(() => bus.acknowledged.length === 1);
  expect(bus.acknowledged).toEqual([text]);
});

test('handles events of one aggregate in order, across subjects, and others concurrently', async () => {
  const { calls, enter } = gate();
  const { bus } = consume({
    'user:created': each(({ data }) => enter([data.email])),
    'user:updated': each(({ data }) => enter([data.email])),
  });
  const [id, other] = [newId(), newId()];
  bus.deliver('user:created', textOf('user:created', id, 0));
  bus.deliver('user:updated', textOf('user:updated', id, 1));
  bus.deliver('user:updated', textOf('user:updated', id, 2));
  bus.deliver('user:updated', textOf('user:updated', other, 7));
  const handled = () => calls.map(({ emails }) => emails[0]);
  await until(() => calls.length === 2);
  expect(handled()).toEqual(['0@test', '7@test']);
  calls[0]?.done();
  await until(() => calls.length === 3);
  expect(handled()).toEqual(['0@test', '7@test', '1@test']);
  calls[2]?.done();
  await until(() => calls.length === 4);
  expect(handled()).toEqual(['0@test', '7@test', '1@test', '2@test']);
});

test('a batch takes everything that has arrived, at most two hundred, and the next one follows', async () => {
  const { calls, enter } = gate();
  const { bus } = consume({ 'user:created': batch((events) => enter(events.map(({ data }) => data.email))) });
  for (let count = 0; count < 250; count++) bus.deliver('user:created', textOf('user:created', newId(), count));
  await until(() => calls.length === 1);
  expect(calls[0]?.emails).toHaveLength(200);
  expect(bus.acknowledged).toHaveLength(0);
  calls[0]?.done();
  await until(() => calls.length === 2);
  expect(calls[1]?.emails).toHaveLength(50);
  expect(bus.acknowledged).toHaveLength(200);
  calls[1]?.done();
  await until(() => bus.acknowledged.length === 250);
});

test('drops a message that is redelivered while it is being handled; handles it again afterwards', async () => {
  const { calls, enter } = gate();
  const { bus } = consume({ 'user:created': each(({ data }) => enter([data.email])) });
  const id = newId();
  const text = textOf('user:created', id, 0);
  const key = bus.deliver('user:created', text);
  bus.deliver('user:created', text, key);
  bus.deliver('user:created', textOf('user:created', id, 1));
  await until(() => calls.length === 1);
  calls[0]?.done();
  await until(() => calls.length === 2);
  bus.deliver('user:created', text, key);
  calls[1]?.done();
  await until(() => calls.length === 3);
  expect(calls.map(({ emails }) => emails[0])).toEqual(['0@test', '1@test', '0@test']);
});

test('handles a different event under the key of one in progress, as after a server lost its store', async () => {
  const { calls, enter } = gate();
  const { bus } = consume({ 'user:created': each(({ data }) => enter([data.email])) });
  const [old, fresh] = [textOf('user:created', newId(), 1), textOf('user:created', newId(), 2)];
  const key = bus.deliver('user:created', old);
  bus.deliver('user:created', fresh, key);
  await until(() => calls.length === 2);
  calls[0]?.done();
  await until(() => bus.acknowledged.length > 0);
  expect(bus.acknowledged).toEqual([old]);
  calls[1]?.done();
  await until(() => bus.acknowledged.length === 2);
  expect(bus.acknowledged).toEqual([old, fresh]);
});

test('parks a message that keeps failing, with its error, and continues with those behind it', async () => {
  let tries = 0;
  const { bus, parked } = consume({
    'user:updated': each(({ version }) =>
      version === 1 && ++tries ? Promise.reject(new Error('poison')) : Promise.resolve(),
    ),
  });
  const [id, other] = [newId(), newId()];
  const [poison, behind, beside] = [
    textOf('user:updated', id, 1),
    textOf('user:updated', id, 2),
    textOf('user:updated', other, 3),
  ];
  for (const text of [poison, behind, beside]) bus.deliver('user:updated', text);
  await until(() => bus.acknowledged.length === 3, ALL_TRIES);
  expect(bus.acknowledged).toEqual([beside, poison, behind]);
  expect(tries).toBe(8);
  expect(parked).toEqual([{ subject: 'user:updated', text: poison, error: new Error('poison') }]);
});

test('handles a batch with a poison event one by one, and parks only that event', async () => {
  const { bus, parked } = consume({
    'user:created': batch((events) =>
      events.some(({ version }) => version === 3) ? Promise.reject(new Error('poison')) : Promise.resolve(),
    ),
  });
  const texts = Array.from({ length: 6 }, (_, version) => textOf('user:created', newId(), version));
  for (const text of texts) bus.deliver('user:created', text);
  await until(() => bus.acknowledged.length === 6, ALL_TRIES);
  expect(parked.map(({ text }) => text)).toEqual([texts[3]]);
});

test('an outage does not count as a try: the event waits until it is over, however long that takes', async () => {
  let tries = 0;
  const { bus, parked } = consume({
    'user:created': each(() => (++tries <= 8 ? Promise.reject(outage) : Promise.resolve())),
  });
  bus.deliver('user:created', textOf('user:created', newId(), 0));
  await until(() => bus.acknowledged.length === 1, ALL_TRIES);
  expect(tries).toBe(9);
  expect(parked).toEqual([]);
});

test.each(['not JSON', '{}', textOf('user:updated', newId(), 0)])(
  'a message that is not an event of its subject is parked: %s',
  async (text) => {
    const { bus, parked } = consume({ 'user:created': each(() => Promise.reject(new Error('never called'))) });
    bus.deliver('user:created', text);
    await until(() => bus.acknowledged.length === 1);
    expect(parked).toEqual([{ subject: 'user:created', text, error: expect.any(Error) as Error }]);
  },
);

test('draining finishes what is in progress, takes nothing new and leaves failing messages unacknowledged', async () => {
  const { calls, enter } = gate();
  const { bus, consumer } = consume({ 'user:created': each(({ data }) => enter([data.email])) });
  const failing = newId();
  const last = textOf('user:created', newId(), 0);
  bus.deliver('user:created', last);
  bus.deliver('user:created', textOf('user:created', failing, 1));
  bus.deliver('user:created', textOf('user:created', failing, 2));
  await until(() => calls.length === 2);
  const drained = consumer.drain(60_000);
  bus.deliver('user:created', textOf('user:created', newId(), 3));
  // Also if the machine's clock is set.
  const setBack = setClockAhead(3_600_000);
  expect(await Promise.race([drained.then(() => 'drained'), delay(100, 'waiting')])).toBe('waiting');
  setBack();
  calls[0]?.done();
  calls[1]?.fail(outage);
  await drained;
  expect(bus.acknowledged).toEqual([last]);
  expect(calls).toHaveLength(2);
});
