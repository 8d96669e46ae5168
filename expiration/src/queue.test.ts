import { EventEmitter, once } from 'node:events';
import Queue from 'bull';
import Redis from 'ioredis';
import { parseEvent, publisher, type Bus, type OrderData } from '@ticketing/common';
import { aHold, anEvent, quiet, startNats, until } from '@ticketing/common/testing';
import { listeners } from './listeners';
import { ring } from './operations';
import { createQueue, type Timers } from './queue';
import { startRedis } from './testing';

let redis: Awaited<ReturnType<typeof startRedis>>;
let nats: Awaited<ReturnType<typeof startNats>>;
let bus: Bus;
let ear: Bus;
let timers: Timers;
/** When each order's timer fired, by order. */
const rung = new Map<string, number[]>();
const ringsOf = (id: string) => rung.get(id) ?? [];

beforeAll(async () => {
  [redis, nats] = await Promise.all([startRedis(), startNats()]);
  bus = nats.bus('expiration');
  ear = nats.bus('ear');
  ear.subscribe('expiration:complete', ({ text, ack }) => {
    const { aggregateId, data } = parseEvent('expiration:complete', text);
    expect(aggregateId).toBe(data.orderId);
    rung.set(data.orderId, [...ringsOf(data.orderId), Date.now()]);
    ack();
  });
  bus.start();
  ear.start();
  timers = createQueue(redis.url, ring(publisher(bus)), quiet);
  await until(() => bus.ready && ear.ready && timers.ready());
});
afterAll(async () => {
  await timers.close();
  await Promise.all([bus.close(), ear.close()]);
  await Promise.all([redis.stop(), nats.stop()]);
});

const anOrder = (expiresIn: number, changes: Partial<OrderData> = {}): OrderData =>
  aHold({ expiresAt: new Date(Date.now() + expiresIn).toISOString(), ...changes });
const created = (...orders: OrderData[]) =>
  listeners(timers)['order:created']!.handle(orders.map((order) => anEvent('order:created', 0, order)));
const cancelled = (order: OrderData) =>
  listeners(timers)['order:cancelled']!.handle([
    anEvent('order:cancelled', 1, { ...order, status: 'cancelled', reason: 'buyer' }),
  ]);
/** How many timers are set, including fired but unpublished ones. */
async function pending() {
  const client = new Redis(redis.url);
  const keys = await client.keys('bull:order:expiration:*');
  await client.quit();
  return keys.filter((key) => /:[0-9a-f]{24}$/.test(key)).length;
}

describe('a timer', () => {
  test('fires once, not early, and is removed', async () => {
    const orders = [anOrder(1_000), anOrder(1_500), anOrder(2_000)];
    await created(...orders);
    for (const { id, expiresAt } of orders) {
      const rang = await until(() => ringsOf(id)[0]);
      expect(rang).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    }
    await until(async () => (await pending()) === 0);
    for (const { id } of orders) expect(ringsOf(id)).toHaveLength(1);
  });

  test('fires at once if its time has passed', async () => {
    const [past, next] = [anOrder(-3_600_000), anOrder(3_600_000)];
    await created(past, next);
    await until(() => ringsOf(past.id).length === 1);
    expect(ringsOf(next.id)).toHaveLength(0);
    await cancelled(next);
  });

  test('fires once if set twice; if set again after it fired, it harmlessly fires again', async () => {
    const order = anOrder(600_000);
    await Promise.all([created(order, order), created(order)]);
    expect(await pending()).toBe(1);
    const queue = new Queue('order:expiration', redis.url);
    await (await queue.getJob(order.id))?.promote();
    await queue.close();
    await until(async () => (await pending()) === 0);
    await until(() => ringsOf(order.id).length === 1);
    await created({ ...order, expiresAt: new Date().toISOString() });
    await until(() => ringsOf(order.id).length === 2);
    await until(async () => (await pending()) === 0);
  });

  test('is removed with its order, in whatever order the events arrived', async () => {
    const order = anOrder(600_000);
    await created(order);
    expect(await pending()).toBe(1);
    await cancelled(order);
    await cancelled(order);
    await cancelled(anOrder(1_000));
    expect(await pending()).toBe(0);
  });
});

test('an order that ends while its timer fires is not a failure', async () => {
  const order = anOrder(0);
  const ringing = new EventEmitter();
  const others = createQueue(`${redis.url}/1`, () => once(ringing, 'heard').then(() => undefined), quiet);
  await others.schedule([{ data: order, trace: 'test' }]);
  await until(() => ringing.listenerCount('heard') === 1);
  await others.cancel(order.id);
  ringing.emit('heard');
  await others.close();
});

test('a timer lost between Redis and the worker still fires soon', async () => {
  const order = anOrder(600_000);
  const client = new Redis(`${redis.url}/3`);
  const rang: unknown[] = [];
  const others = createQueue(`${redis.url}/3`, (timer) => Promise.resolve(void rang.push(timer)), quiet);
  await others.schedule([{ data: order, trace: 'test' }]);
  // Where Bull's first step of handing it over leaves it, if the second one never happens.
  await client
    .multi()
    .zrem('bull:order:expiration:delayed', order.id)
    .lpush('bull:order:expiration:active', order.id)
    .exec();
  await until(() => rang.length > 0, 50_000);
  expect(rang).toEqual([{ orderId: order.id, trace: 'test' }]);
  await others.close();
  await client.quit();
});

test('a timer removed on its way to the worker does not fire, and leaves nothing behind', async () => {
  const [removed, order] = [anOrder(0), anOrder(0)];
  const client = new Redis(`${redis.url}/2`);
  await client.lpush('bull:order:expiration:wait', removed.id);
  const rang: unknown[] = [];
  const others = createQueue(`${redis.url}/2`, (timer) => Promise.resolve(void rang.push(timer)), quiet);
  await others.schedule([{ data: order, trace: 'test' }]);
  await until(async () => !(await client.keys('*')).some((key) => /:[0-9a-f]{24}|wait|active|completed/.test(key)));
  expect(rang).toEqual([{ orderId: order.id, trace: 'test' }]);
  await others.close();
  await client.quit();
});

describe('outages', () => {
  /** Timers interrupted by the outage resume within half a minute. */
  const soon = <T>(condition: () => T | Promise<T>) => until(condition, 40_000);

  test('Redis killed: timers survive, and overdue ones fire once it is back', async () => {
    const [early, later] = [anOrder(500), anOrder(4_000)];
    await created(early, later);
    await redis.kill();
    await soon(() => !timers.ready());
    await soon(() => Date.now() > Date.parse(early.expiresAt));
    await redis.start();
    await soon(() => timers.ready());
    await soon(() => ringsOf(early.id).length > 0);
    const rang = await soon(() => ringsOf(later.id)[0]);
    await soon(async () => (await pending()) === 0);
    expect(rang).toBeGreaterThanOrEqual(Date.parse(later.expiresAt));
  });

  test('Redis down while a timer is set: it is set once Redis is back', async () => {
    await redis.kill();
    await soon(() => !timers.ready());
    const order = anOrder(500);
    const setting = soon(() =>
      created(order).then(
        () => true,
        () => false,
      ),
    );
    await redis.start();
    await setting;
    await soon(async () => ringsOf(order.id).length > 0 && (await pending()) === 0);
  });

  test('Redis refuses writes: setting a timer fails, so that its event is handled again', async () => {
    const client = new Redis(redis.url);
    const order = anOrder(500);
    await client.config('SET', 'min-replicas-to-write', '1');
    const refused = await created(order).catch((error: unknown) => error);
    await client.config('SET', 'min-replicas-to-write', '0');
    expect(String(refused)).toContain('NOREPLICAS');
    await client.script('FLUSH');
    await client.quit();
    await created(order);
    await soon(async () => ringsOf(order.id).length > 0 && (await pending()) === 0);
  });

  test('NATS down when a timer fires: it fires again until that is published', async () => {
    await nats.kill();
    await soon(() => !bus.ready);
    const order = anOrder(0);
    await created(order);
    await soon(async () => (await triesOf(order.id)) >= 2);
    expect(await pending()).toBe(1);
    await nats.start();
    await soon(() => ringsOf(order.id).length > 0);
    await soon(async () => (await pending()) === 0);
  });

  async function triesOf(id: string) {
    const client = new Redis(redis.url);
    const tries = await client.hget(`bull:order:expiration:${id}`, 'attemptsMade');
    await client.quit();
    return Number(tries);
  }
});

describe('dead letters', () => {
  test('are each stored once until they are handled', async () => {
    await timers.deadLetters.park('order:created', 'good', new Error('first'));
    await timers.deadLetters.park('order:created', 'good', new Error('again'));
    await timers.deadLetters.park('order:cancelled', 'bad', 'no error');
    const seen: string[] = [];
    const handle = (subject: string, text: string) => {
      seen.push(`${subject} ${text}`);
      return text === 'bad' ? Promise.reject(new Error('still bad')) : Promise.resolve();
    };
    expect(await timers.deadLetters.redrive(handle)).toEqual({ done: 1, left: 1 });
    expect(await timers.deadLetters.redrive(handle)).toEqual({ done: 0, left: 1 });
    expect(seen.sort()).toEqual(['order:cancelled bad', 'order:cancelled bad', 'order:created good']);
  });
});
