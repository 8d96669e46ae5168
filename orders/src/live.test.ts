import type { OrderBody, SaleBody } from '@ticketing/common';
import {
  aHold,
  anEvent,
  appOf,
  cookieOf,
  newId,
  readStream,
  serve,
  testSessions,
  until,
} from '@ticketing/common/testing';
import { LiveOrders } from './live';
import { routes } from './routes';
import { aCaller, aListing, aSale, HOUR, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
let one: Awaited<ReturnType<typeof startReplica>>;
let two: Awaited<ReturnType<typeof startReplica>>;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  orders = await startOrders();
  [one, two] = [await startReplica(), await startReplica()];
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await orders.stop();
});

/** Another replica of the service, with its own connection to NATS. */
async function startReplica(operations = orders.operations) {
  const bus = orders.nats.bus('orders');
  const live = new LiveOrders(bus.watch, operations);
  bus.start();
  const server = await serve(appOf(routes(operations, testSessions, live)));
  await until(() => bus.ready);
  stops.push(async () => {
    live.streams.close();
    await server.stop();
    await bus.close();
  });
  return { bus, url: `${server.url}/api/orders` };
}

const buyer = aCaller();
const cause = { trace: 'test' };
async function held() {
  const listing = aListing();
  await orders.deliver(listing);
  return orders.operations.place({ buyer: buyer.id, ticketId: listing.data.id, network: 'test' }, cause);
}
const events = (replica: { url: string }, id: string, lastId?: string | number) =>
  readStream(`${replica.url}/${id}/events`, {
    Cookie: cookieOf(buyer),
    ...(lastId !== undefined && { 'Last-Event-ID': String(lastId) }),
  });
const show = (id: string) => orders.operations.show(id, buyer.id);
type Reader = Awaited<ReturnType<typeof events>>;
const told = (reader: Reader) => reader.events.map(({ data }) => (data as OrderBody).status);

test('a buyer receives the order and each of its states to the end, from every replica', async () => {
  const { id } = await held();
  const readers = [await events(one, id), await events(two, id)];
  for (const reader of readers) {
    await until(() => reader.events.length === 1);
    expect(reader.events[0]).toEqual({ event: 'order', data: await show(id) });
    expect(reader.lastId).toBe('0');
  }
  await orders.follow(id);
  await orders.operations.authorize(id, { ...cause, version: 1 });
  for (const reader of readers) await until(() => reader.events.length === 2);
  await orders.operations.complete(id, { ...cause, version: 2 });
  for (const reader of readers) {
    await until(() => reader.events.length === 3);
    expect(reader.events[2]?.data).toEqual(await show(id));
    expect(reader.events[2]?.data).toHaveProperty('pass');
  }
  await orders.operations.claim(id, buyer.id, { reason: 'not-admitted', text: 'Sent away' }, cause);
  for (const reader of readers) await until(() => reader.events.length === 4);
  await orders.operations.decide(id, { decision: 'refund', why: 'A pity', by: 'eve' }, cause);
  for (const reader of readers) {
    await until(() => reader.ended);
    expect(told(reader)).toEqual(['created', 'awaiting:payment', 'complete', 'complete', 'refunded']);
    expect(reader.events[3]?.data).toMatchObject({ claim: { status: 'open', text: null } });
    expect(reader.lastId).toBe('4');
  }
});

test('a released sale is final: its buyer need not wait for more', async () => {
  const startsAt = new Date(Date.now() + HOUR).toISOString();
  const { id } = await aSale(orders, { startsAt, timeZone: 'Europe/Berlin' }, newId(), buyer.id);
  const reader = await events(one, id);
  await until(() => reader.events.length === 1);
  orders.skew(48 * HOUR);
  await orders.operations.reviewSales();
  orders.skew(0);
  await until(() => reader.ended);
  expect(reader.events[1]?.data).toMatchObject({ status: 'complete', releasedAt: expect.any(String) as string });
  expect((await events(one, id, reader.lastId)).response.statusCode).toBe(204);
});

test('a seller receives each change of their sales from every replica, without the buyer or claim texts', async () => {
  const seller = aCaller();
  const open = async ({ url }: { url: string }, caller = seller) =>
    readStream(`${url}/sales/events`, { Cookie: cookieOf(caller) });
  const readers = [await open(one), await open(two)];
  const stranger = await open(one, aCaller());
  expect((await fetch(`${one.url}/sales/events`)).status).toBe(401);
  const { id, buyer } = await aSale(orders, {}, seller.id);
  await orders.operations.claim(id, buyer, { reason: 'not-admitted', text: 'Sent away' }, cause);
  await orders.operations.giveBack(id, seller.id, cause);
  for (const { events } of readers) {
    await until(() => events.length === 3);
    expect(events.map(({ event, data }) => [event, (data as SaleBody).status])).toEqual([
      ['sale', 'complete'],
      ['sale', 'complete'],
      ['sale', 'refunded'],
    ]);
    expect(events[1]?.data).toMatchObject({ id, claim: { status: 'open', text: null, answer: null } });
    expect(JSON.stringify(events)).not.toContain(buyer);
  }
  expect(stranger.events).toEqual([]);
  for (const reader of [...readers, stranger]) reader.close();
});

test('others receive nothing', async () => {
  const { id } = await held();
  const asks = (cookie?: string, path = id) =>
    fetch(`${one.url}/${path}/events`, { headers: cookie ? { Cookie: cookie } : {} });
  expect((await asks()).status).toBe(401);
  expect((await asks(cookieOf(aCaller()))).status).toBe(401);
  expect((await asks(cookieOf(buyer), newId())).status).toBe(404);
  expect((await asks(cookieOf(buyer), 'abc')).status).toBe(400);
  const [other, reader] = [await held(), await events(one, id)];
  await orders.operations.cancel(other.id, buyer.id, cause);
  await orders.operations.cancel(id, buyer.id, cause);
  await until(() => reader.ended);
  expect(reader.events.every(({ data }) => (data as OrderBody).id === id)).toBe(true);
});

test('a client that resumes at the current version receives nothing until it changes', async () => {
  const { id } = await held();
  const reader = await events(two, id, 0);
  await orders.operations.cancel(id, buyer.id, cause);
  await until(() => reader.ended);
  expect(told(reader)).toEqual(['cancelled']);
});

test('a client that missed a change receives the current state', async () => {
  const { id } = await held();
  await orders.follow(id);
  await orders.operations.authorize(id, { ...cause, version: 1 });
  for (const lastId of [0, 'nonsense', 99]) {
    const reader = await events(one, id, lastId);
    await until(() => reader.events.length === 1);
    expect(told(reader)).toEqual(['awaiting:payment']);
    reader.close();
  }
});

test('the final state is sent once; a client that resumes after it is told not to return', async () => {
  const { id } = await held();
  await orders.operations.cancel(id, buyer.id, cause);
  const first = await events(one, id);
  await until(() => first.ended);
  expect(told(first)).toEqual(['cancelled']);
  const again = await events(one, id, first.lastId);
  expect(again.response.statusCode).toBe(204);
});

test('an older version never follows a newer one, in any order of events', async () => {
  const order = await held();
  const reader = await events(one, order.id);
  await until(() => reader.events.length === 1);
  const { id, userId, reason, expiresAt, ticket } = order;
  const data = aHold({ id, userId, reason, expiresAt, ticket: { ...ticket, price: 2_050, userId: newId() } });
  const writer = orders.nats.bus('writer');
  writer.start();
  await until(() => writer.ready);
  const publish = (subject: 'order:awaiting-payment' | 'order:created', version: number, status: OrderBody['status']) =>
    writer.publish(subject, JSON.stringify(anEvent(subject, version, { ...data, status })));
  await publish('order:awaiting-payment', 1, 'awaiting:payment');
  await writer.publish('order:created', '{"poison":');
  await publish('order:created', 0, 'created');
  await publish('order:awaiting-payment', 1, 'awaiting:payment');
  await publish('order:awaiting-payment', 2, 'awaiting:payment');
  await until(() => reader.lastId === '2');
  expect(reader.events.map(({ data }) => (data as OrderBody).version)).toEqual([0, 1, 2]);
  await writer.close();
  reader.close();
});

test('streams survive an outage of NATS, and catch up afterwards', async () => {
  const { id } = await held();
  const readers = [await events(one, id), await events(two, id)];
  for (const reader of readers) await until(() => reader.events.length === 1);
  await orders.nats.kill();
  await until(() => !one.bus.ready && !two.bus.ready);
  await orders.operations.cancel(id, buyer.id, cause);
  await orders.nats.start();
  for (const reader of readers) {
    await until(() => reader.ended);
    expect(told(reader)).toEqual(['created', 'cancelled']);
  }
});

test('when NATS has lost its store, streams end, so that clients reconnect and read again', async () => {
  const { id } = await held();
  const reader = await events(one, id);
  await until(() => reader.events.length === 1);
  await orders.nats.kill();
  await orders.nats.wipe();
  await orders.nats.start();
  await until(() => one.bus.ready && two.bus.ready);
  await until(async () => {
    await held();
    return reader.ended;
  });
  await orders.operations.cancel(id, buyer.id, cause);
  await until(async () => {
    const back = await events(one, id, reader.lastId);
    await until(() => back.ended);
    return told(back).includes('cancelled');
  });
});

test('a change between reading the order and opening the stream is not lost', async () => {
  const { id } = await held();
  let meanwhile: () => Promise<void> = () => Promise.resolve();
  let readings = 0;
  const replica = await startReplica({
    ...orders.operations,
    async show(...args) {
      const order = await orders.operations.show(...args);
      readings++;
      if (order.status === 'created') await meanwhile();
      return order;
    },
  });
  const witness = await events(replica, id);
  await until(() => readings === 2);
  meanwhile = async () => {
    await orders.operations.cancel(id, buyer.id, cause);
    await until(() => witness.ended);
  };
  const reader = await events(replica, id);
  await until(() => reader.ended);
  expect(told(reader)).toEqual(['created', 'cancelled']);
});
