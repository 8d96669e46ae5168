import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Bus, Sighting } from './bus';
import type { Subject } from './contract';
import { startNats, until } from './testing';

let nats: Awaited<ReturnType<typeof startNats>>;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  nats = await startNats();
});
afterEach(async () => {
  nats.resume();
  for (const close of closers.splice(0)) await close();
});
afterAll(() => nats.stop());

function open(...args: Parameters<typeof nats.bus>) {
  const bus = nats.bus(...args);
  closers.push(() => bus.close());
  return bus;
}

async function start(bus: Bus) {
  bus.start();
  await until(() => bus.ready);
  return bus;
}

/** Collects what arrives on a subject. */
function hear(bus: Bus, subject: Subject, { ack = true } = {}) {
  const heard: string[] = [];
  bus.subscribe(subject, (delivery) => {
    heard.push(delivery.text);
    if (ack) delivery.ack();
  });
  return heard;
}

/** Everything the server has stored on a subject, up to what is published now. */
async function storedOn(subject: Subject) {
  const reader = open('reader');
  const heard = hear(reader, subject);
  await start(reader);
  await reader.publish(subject, 'the end');
  await until(() => heard.includes('the end'));
  return new Set(heard);
}

/** Publishes many texts at once; `settled` says which were acknowledged and how many were not. */
function publishMany(bus: Bus, subject: Subject, count: number) {
  const acknowledged: string[] = [];
  let failures = 0;
  const publishing = Array.from({ length: count }, async (_, index) => {
    try {
      await bus.publish(subject, `text ${index}`);
      acknowledged.push(`text ${index}`);
    } catch {
      failures++;
    }
  });
  const settled = Promise.all(publishing).then(() => ({ acknowledged, failures }));
  return { acknowledged, settled };
}

/** A proxy to the server that can be stalled and cut. */
async function openProxy(to = nats.port) {
  const sockets = new Set<Socket>();
  let stalled = false;
  let swallowed = 0;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => void (stalled ? (swallowed += 1) : to.write(chunk)));
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  closers.push(async () => {
    cut();
    server.close();
    await once(server, 'close');
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    /** Swallows everything sent from now on, in both directions. */
    stall: (on = true) => void (stalled = on),
    /** How many chunks were swallowed. */
    swallowed: () => swallowed,
  };
}

test('delivers what is published', async () => {
  const bus = open();
  const heard = hear(bus, 'user:created');
  await start(bus);
  await bus.publish('user:created', 'Grüße');
  await until(() => heard.length === 1);
  expect(heard).toEqual(['Grüße']);
});

test('publishing rejects before the start, after the end and without a server', async () => {
  const bus = open();
  await expect(bus.publish('user:updated', 'too early')).rejects.toThrow('not connected');
  await start(bus);
  await nats.kill();
  await until(() => !bus.ready);
  await expect(bus.publish('user:updated', 'to nobody')).rejects.toThrow('not connected');
  await nats.start();
  await until(() => bus.ready);
  await bus.close();
  await expect(bus.publish('user:updated', 'too late')).rejects.toThrow('not connected');
  expect(await storedOn('user:updated')).toEqual(new Set(['the end']));
});

test('gives up on a connection that gets no response, and opens another', async () => {
  const proxy = await openProxy();
  proxy.stall();
  const bus = open('writer', 'writer', proxy.port);
  bus.start();
  await until(() => proxy.swallowed() > 0);
  proxy.stall(false);
  // Sooner than the pings would notice, which need an established connection.
  await until(() => bus.ready, 14_000);
});

test('publishes that never reached the server reject when their connection is cut', async () => {
  const proxy = await openProxy();
  const bus = await start(open('writer', 'writer', proxy.port));
  proxy.stall();
  const { settled } = publishMany(bus, 'ticket:created', 50);
  proxy.cut();
  expect(await settled).toEqual({ acknowledged: [], failures: 50 });

  proxy.stall(false);
  await until(() => bus.ready);
  expect(await storedOn('ticket:created')).toEqual(new Set(['the end']));
});

test.each([
  ['a cut connection', 'ticket:updated'],
  ['a killed server', 'order:created'],
] as const)('%s in the middle of publishes: what was acknowledged is stored', async (fault, subject) => {
  const proxy = await openProxy();
  const bus = await start(open('writer', 'writer', proxy.port));
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  /** Publishes one after another, several at a time, until one of them fails. */
  const publishOn = async (writer: number) => {
    for (let index = 0; failures.length === 0; index++) {
      const text = `writer ${writer}, text ${index}`;
      await bus.publish(subject, text).then(
        () => acknowledged.push(text),
        (error: unknown) => failures.push(error),
      );
    }
  };
  const writers = Array.from({ length: 50 }, (_, writer) => publishOn(writer));
  await until(() => acknowledged.length > 0);
  if (fault === 'a cut connection') proxy.cut();
  else {
    await nats.kill();
    await nats.start();
  }
  await Promise.all(writers);

  await until(() => bus.ready);
  const stored = await storedOn(subject);
  expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
});

test('after kill -9 of the server, subscriptions get whatever was not acknowledged, and new messages', async () => {
  const bus = open();
  const heard = hear(bus, 'order:completed', { ack: false });
  let ready = 0;
  bus.onReady(() => ready++);
  await start(bus);
  await bus.publish('order:completed', 'old');
  await until(() => heard.length === 1);

  await nats.kill();
  await nats.start();
  await until(() => bus.ready);
  expect(ready).toBe(2);
  await bus.publish('order:completed', 'new');
  await until(() => heard.includes('new'));
  await until(() => heard.filter((text) => text === 'old').length > 1);
});

test('notices a paused server by its pings, rejects what is pending and recovers once it resumes', async () => {
  const bus = await start(open());
  await nats.pause();
  await expect(bus.publish('order:cancelled', 'into the void')).rejects.toThrow();
  expect(bus.ready).toBe(false);
  nats.resume();
  await until(() => bus.ready);
});

test('a group of processes shares the messages', async () => {
  const [one, two] = [open('pair'), open('pair')];
  const [heardByOne, heardByTwo] = [hear(one, 'payment:created'), hear(two, 'payment:created')];
  await start(one);
  await start(two);
  const { settled } = publishMany(one, 'payment:created', 40);
  const { acknowledged } = await settled;
  await until(() => heardByOne.length + heardByTwo.length === 40);
  expect(heardByOne).not.toHaveLength(0);
  expect(heardByTwo).not.toHaveLength(0);
  expect([...heardByOne, ...heardByTwo].sort()).toEqual(acknowledged.sort());
});

/** Collects what a process sees of a subject. */
function watch(bus: Bus, subject: Subject) {
  const seen: Sighting[] = [];
  bus.watch(subject, (sighting) => void seen.push(sighting));
  return seen;
}

test('a watcher sees every message, independent of the group and other watchers, from the newest on', async () => {
  const [one, two] = [open('pair'), open('pair')];
  const [seenByOne, seenByTwo] = [watch(one, 'user:created'), watch(two, 'user:created')];
  const heard = hear(one, 'user:created');
  const writer = await start(open('writer'));
  for (const text of ['first', 'second']) await writer.publish('user:created', text);
  await start(one);
  await start(two);
  await writer.publish('user:created', 'third');
  for (const seen of [seenByOne, seenByTwo]) {
    await until(() => seen.length === 2);
    expect(seen.map(({ sequence }) => sequence)).toEqual(seenByOne.map(({ sequence }) => sequence));
    expect(seen.map(({ text }) => text)).toEqual(['second', 'third']);
    expect(seen.map(({ gap }) => gap)).toEqual([true, false]);
  }
  await until(() => heard.includes('third'));
});

test('a watcher resumes after a lost connection and after kill -9 of the server, and sees each message once', async () => {
  const proxy = await openProxy();
  const bus = open('watcher', 'watcher', proxy.port);
  const seen = watch(bus, 'payment:authorized');
  const writer = await start(open('writer'));
  await start(bus);
  await writer.publish('payment:authorized', 'before');
  await until(() => seen.length === 1);

  proxy.stall();
  await writer.publish('payment:authorized', 'while cut off');
  proxy.cut();
  proxy.stall(false);
  await until(() => seen.length === 2);

  await nats.kill();
  await nats.start();
  await until(() => bus.ready && writer.ready);
  await writer.publish('payment:authorized', 'after');
  await until(() => seen.length === 3);
  expect(seen.map(({ text }) => text)).toEqual(['before', 'while cut off', 'after']);
  expect(seen.map(({ gap }) => gap)).toEqual([false, false, false]);
});

test('a watcher that throws misses only that message, and does not disturb subscribers', async () => {
  const bus = open();
  const seen: string[] = [];
  bus.watch('user:updated', ({ text }) => {
    if (text === 'poison') throw new Error('of a watcher');
    seen.push(text);
  });
  let ready = 0;
  bus.onReady(() => ready++);
  await start(bus);
  for (const text of ['poison', 'fine']) await bus.publish('user:updated', text);
  await until(() => seen.includes('fine'));
  expect(ready).toBe(1);
});

test.each([
  ['has fewer messages', ['one', 'two', 'three'], []],
  ['has as many', ['one'], ['unseen']],
  ['has more', ['one', 'two'], ['unseen', 'unseen too', 'seen', 'seen too']],
])('notices a gap when a server lost its store, %s since', async (_, before, meanwhile) => {
  const fresh = await startNats();
  closers.push(() => fresh.stop());
  const proxy = await openProxy(fresh.port);
  const bus = fresh.bus('watcher', 'watcher', proxy.port);
  const seen = watch(bus, 'order:created');
  const writer = fresh.bus('writer');
  await Promise.all([start(bus), start(writer)]);
  for (const text of before) await writer.publish('order:created', text);
  await until(() => seen.length === before.length);
  await fresh.kill();
  proxy.stall();
  await fresh.wipe();
  await fresh.start();
  await until(() => writer.ready);
  for (const text of meanwhile) await writer.publish('order:created', text);
  proxy.stall(false);
  proxy.cut();
  await until(() => bus.ready);
  await writer.publish('order:created', 'the newest');
  await until(() => seen.some(({ text }) => text === 'the newest'));
  const since = seen.slice(before.length);
  expect(since.map(({ gap }) => gap)).toEqual([true, ...since.slice(1).map(() => false)]);
  const places = seen.map(({ sequence }) => sequence);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(new Set(places).size).toBe(places.length);
});

test('redelivers a message whose handler threw', async () => {
  const bus = open();
  const heard: string[] = [];
  bus.subscribe('payment:failed', ({ text, ack }) => {
    heard.push(text);
    if (heard.length === 1) throw new Error('of a receiver');
    ack();
  });
  await start(bus);
  const writer = await start(open('writer'));
  await writer.publish('payment:failed', 'once more');
  await until(() => heard.length === 2);
});

test('a process that returns under its id takes over at once from one that hangs', async () => {
  const proxy = await openProxy();
  const hanging = open('orders', 'orders-1', proxy.port);
  const inHand = hear(hanging, 'expiration:complete', { ack: false });
  await start(hanging);
  await hanging.publish('expiration:complete', 'ring');
  await until(() => inHand.length === 1);
  proxy.stall();

  const fresh = open('orders', 'orders-1');
  const heard = hear(fresh, 'expiration:complete');
  await start(fresh);
  // Sooner than an unacknowledged message is redelivered.
  await until(() => heard.includes('ring'), 10_000);

  proxy.stall(false);
  await expect(hanging.publish('expiration:complete', 'from the past')).rejects.toThrow();
  await fresh.publish('expiration:complete', 'now');
  await until(() => heard.includes('now'));
  expect(heard).not.toContain('from the past');
});
