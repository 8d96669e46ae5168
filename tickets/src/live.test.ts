import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TicketBody } from '@ticketing/common';
import {
  anEvent,
  appOf,
  aTicket,
  cookieOf,
  newId,
  refusal,
  readStream,
  serve,
  testSessions,
  until,
} from '@ticketing/common/testing';
import { LiveTickets } from './live';
import { routes } from './routes';
import { aCaller, anOrder, startTickets, testTerms } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
let one: Awaited<ReturnType<typeof startReplica>>;
let two: Awaited<ReturnType<typeof startReplica>>;
/** Readers of everything, one at each. */
let ears: Reader[];

beforeAll(async () => {
  tickets = await startTickets();
  [one, two] = [await startReplica(), await startReplica()];
  ears = [await follow(`${one.url}/events`), await follow(`${two.url}/events`)];
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await tickets.stop();
});

/** Another replica of the service, with its own connection to NATS. */
async function startReplica() {
  const bus = tickets.nats.bus('tickets');
  const live = new LiveTickets(bus.watch);
  bus.start();
  const server = await serve(appOf(routes(tickets.operations, testSessions, live, testTerms)));
  await until(() => bus.ready);
  return {
    bus,
    live,
    url: `${server.url}/api/tickets`,
    async stop() {
      live.streams.close();
      await server.stop();
      await bus.close();
    },
  };
}

const seller = aCaller();
const listing = { title: 'Concert', price: 2_050 };

/** A new listing, once every replica knows it: later readers are told only what happens to it from then on. */
async function listed(): Promise<TicketBody> {
  const answer = await fetch(one.url, {
    method: 'POST',
    headers: { Cookie: cookieOf(seller), 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...listing, price: 20.5 }),
  });
  const listed = (await answer.json()) as TicketBody;
  await until(() => ears.every((ear) => toldOf(ear, listed.id).length > 0));
  return listed;
}
const hold = (id: string, seq = 1, version = 0) => tickets.deliver(anOrder(id, seq, version, 'created'));
const release = (id: string, seq = 1, version = 1) => tickets.deliver(anOrder(id, seq, version, 'cancelled'));
const show = async (id: string) => (await (await fetch(`${one.url}/${id}`)).json()) as TicketBody;

type Reader = Awaited<ReturnType<typeof readStream>>;
const toldOf = (reader: Reader, id: string) =>
  reader.events.flatMap(({ event, data }) =>
    event === 'ticket' && (data as TicketBody).id === id ? (data as TicketBody) : [],
  );
/** A stream whose reader knows its position. */
async function follow(url: string, headers?: Record<string, string>) {
  const reader = await readStream(url, headers);
  await until(() => reader.lastId !== '' || reader.events.length > 0);
  return reader;
}

test('a machine clock that is set back delays no change', async () => {
  const { id } = await listed();
  const reader = await follow(`${one.url}/events?ids=${id}`);
  await hold(id);
  await until(() => toldOf(reader, id).length === 1);
  const now = Date.now.bind(Date);
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 960_000);
  await release(id);
  await until(() => toldOf(reader, id).length === 2).finally(() => clock.mockRestore());
  reader.close();
});

test('readers of every replica receive a listing and each change, as the API shows it', async () => {
  const readers = [await follow(`${one.url}/events`), await follow(`${two.url}/events`)];
  const { id } = await listed();
  for (const reader of readers) await until(() => toldOf(reader, id).length === 1);
  await hold(id);
  const held = await show(id);
  expect(held.status).toBe('held');
  for (const reader of readers) {
    await until(() => toldOf(reader, id).length === 2);
    expect(toldOf(reader, id)[1]).toEqual(held);
    reader.close();
  }
});

test('a reader that names listings receives only those', async () => {
  const [mine, other] = [await listed(), await listed()];
  const reader = await follow(`${two.url}/events?ids=${mine.id.toUpperCase()},${newId()}`);
  await hold(other.id);
  await hold(mine.id);
  await until(() => toldOf(reader, mine.id).length === 1);
  expect(toldOf(reader, other.id)).toEqual([]);
  reader.close();
});

test('a reader that resumes at another replica receives what it missed, the newest of each listing', async () => {
  const [first, second] = [await listed(), await listed()];
  const reader = await follow(`${one.url}/events?ids=${first.id},${second.id}`);
  await hold(first.id);
  await until(() => toldOf(reader, first.id).length > 0);
  reader.close();
  const ear = await follow(`${two.url}/events`);
  await release(first.id);
  await hold(first.id, 2);
  await hold(second.id);
  await until(() => toldOf(ear, second.id).length === 1);

  const back = await follow(`${two.url}/events?ids=${first.id},${second.id}`, { 'Last-Event-ID': reader.lastId });
  await until(() => toldOf(back, second.id).length === 1);
  expect(toldOf(back, first.id)).toEqual([await show(first.id)]);
  expect(back.events.some(({ event }) => event === 'refetch')).toBe(false);

  const again = await readStream(`${two.url}/events?ids=${first.id}`, { 'Last-Event-ID': back.lastId });
  await hold(second.id, 2);
  await release(first.id, 2);
  await until(() => toldOf(again, first.id).length > 0);
  expect(toldOf(again, first.id).map(({ status }) => status)).toEqual(['available']);
  for (const stream of [ear, back, again]) stream.close();
});

test('a reader at an unknown position refetches', async () => {
  const late = await startReplica();
  for (const lastId of ['0.0', '900000.900000', 'nonsense']) {
    const reader = await readStream(`${late.url}/events`, { 'Last-Event-ID': lastId });
    await until(() => reader.events.length > 0);
    expect(reader.events[0]).toEqual({ event: 'refetch', data: {} });
    expect(reader.lastId).toMatch(/^ticket:created=\d+,/);
    reader.close();
  }
  await late.stop();
});

test('a reader that missed too much refetches', async () => {
  const newest = aTicket();
  const reader = await follow(`${one.url}/events?ids=${newest.id}`);
  const from = reader.lastId;
  const description = 'x'.repeat(2_000);
  const writer = tickets.nats.bus('writer');
  writer.start();
  await until(() => writer.ready);
  for (const ticket of [...Array.from({ length: 40 }, () => aTicket({ description })), newest])
    await writer.publish('ticket:created', JSON.stringify(anEvent('ticket:created', 0, ticket)));
  await until(() => toldOf(reader, newest.id).length === 1);
  const back = await follow(`${one.url}/events`, { 'Last-Event-ID': from });
  expect(back.events).toEqual([{ event: 'refetch', data: {} }]);
  await writer.close();
  for (const stream of [reader, back]) stream.close();
});

test('streams survive an outage of NATS, and catch up afterwards', async () => {
  const { id } = await listed();
  const readers = [await follow(`${one.url}/events?ids=${id}`), await follow(`${two.url}/events?ids=${id}`)];
  await tickets.nats.kill();
  await until(() => !one.bus.ready && !two.bus.ready);
  await hold(id);
  await tickets.nats.start();
  for (const reader of readers) {
    await until(() => toldOf(reader, id).some(({ status }) => status === 'held'));
    expect(reader.ended).toBe(false);
    reader.close();
  }
});

test('an unparsable event harms no stream', async () => {
  const reader = await follow(`${one.url}/events`);
  const writer = tickets.nats.bus('writer');
  writer.start();
  await until(() => writer.ready);
  for (const text of ['{', 'null', '{"data":{}}', '\u0000']) await writer.publish('ticket:updated', text);
  await writer.close();
  const { id } = await listed();
  await until(() => toldOf(reader, id).length === 1);
  expect(reader.events.every(({ event }) => event === 'ticket')).toBe(true);
  reader.close();
});

test.each([
  ['empty', ''],
  ['a comma', ','],
  ['no id', 'abc'],
  ['an id and an empty one', `${newId()},`],
  ['an id and an invalid one', `${newId()},${'g'.repeat(24)}`],
  ['an operator', '{"$gt":""}'],
  ['too many', Array.from({ length: 101 }, newId).join(',')],
])('refuses ids that are %s', async (_what, ids) => {
  const answer = await fetch(`${one.url}/events?ids=${encodeURIComponent(ids)}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual(refusal('ids-malformed', 'ids', { max: 100 }));
});

test('refuses ids given twice, and accepts a hundred', async () => {
  expect((await fetch(`${one.url}/events?ids=${newId()}&ids=${newId()}`)).status).toBe(400);
  const reader = await follow(`${one.url}/events?ids=${Array.from({ length: 100 }, newId).join(',')}`);
  expect(reader.response.statusCode).toBe(200);
  reader.close();
});

/** Opens streams from another process, each from its own network, so that only their server side is in this one. */
const OPEN_STREAMS = `
const [url, count] = process.argv.slice(1);
let open = 0;
for (let index = 0; index < Number(count); index++) {
  const headers = { 'X-Forwarded-For': '192.0.' + (index >> 8) + '.' + (index & 255) };
  require('node:http').get(url, { agent: false, headers }, (response) => {
    response.resume();
    if (++open === Number(count)) console.log('open');
  });
}
`;

test('a thousand readers cost at most 50 MB, and all receive events', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  /** Live memory in V8 and outside it: unlike the resident size, garbage and kernel reclaiming do not affect it. */
  const liveMegabytes = () => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1024 / 1024;
  };
  const before = liveMegabytes();
  const readers = spawn(process.execPath, ['-e', OPEN_STREAMS, `${one.url}/events`, '1000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(readers.stdout, 'data');
  const reader = await follow(`${one.url}/events`);
  for (let round = 0; round < 20; round++) {
    const { id } = await listed();
    await until(() => toldOf(reader, id).length === 1);
  }
  const cost = liveMegabytes() - before;
  reader.close();
  readers.kill();
  await once(readers, 'exit');
  expect(cost).toBeLessThan(50);
});

test('after NATS lost its store everyone refetches: open streams and resuming ones', async () => {
  const { id } = await listed();
  const reader = await follow(`${one.url}/events`);
  await hold(id);
  await until(() => toldOf(reader, id).length === 1);
  const from = reader.lastId;
  await tickets.nats.kill();
  await until(() => !one.bus.ready && !two.bus.ready);
  await tickets.nats.wipe();
  await tickets.nats.start();
  await until(() => one.bus.ready && two.bus.ready);
  await release(id);
  await until(() => reader.events.some(({ event }) => event === 'refetch'));
  await hold(id, 2);
  await until(() => toldOf(reader, id).at(-1)?.version === 3);
  const back = await readStream(`${two.url}/events`, { 'Last-Event-ID': from });
  await until(() => back.events.length > 0);
  expect(back.events[0]).toEqual({ event: 'refetch', data: {} });
  for (const stream of [reader, back]) stream.close();
});
