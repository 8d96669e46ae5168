import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  aHeldTicket,
  clockAhead,
  newId,
  startMongo,
  startNats,
  startProcess,
  TEST_KEY,
  until,
} from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { Orders, Tickets } from './store';

/**
 * The service as deployed, with a database and a bus, but without timers or payments. Its machine's clock is
 * ahead, which must not matter.
 */
let stop: () => Promise<void>;
let env: Record<string, string>;
beforeAll(async () => {
  const [mongo, nats] = await Promise.all([startMongo(Orders, Tickets), startNats()]);
  env = { MONGO_URI: mongo.uri, NATS_URL: `nats://127.0.0.1:${nats.port}`, JWT_KEY: TEST_KEY };
  const service = startProcess(__dirname, { ...env, NODE_OPTIONS: clockAhead(16 * 60_000) });
  stop = async () => {
    await service.stop();
    await Promise.all([mongo.stop(), nats.stop()]);
  };
});
afterAll(() => stop());

const LONG = 50_000;

/** An order in the database; `changes` override a new one. */
async function anOrder(changes: object) {
  const _id = new Types.ObjectId();
  await Orders.collection.insertOne({
    _id,
    userId: newId(),
    status: 'created',
    reason: null,
    expiresAt: new Date(Date.now() + 900_000),
    seq: 1,
    ticket: aHeldTicket(),
    version: 0,
    outbox: [],
    ...changes,
  });
  return Object.assign(() => Orders.findById(_id).lean(), { id: _id.toString() });
}

test('an overdue order expires even if no timer fires', async () => {
  const order = await anOrder({ expiresAt: new Date(Date.now() - 1_000) });
  await until(async () => (await order())?.status === 'cancelled', LONG);
  expect(await order()).toMatchObject({ reason: 'expired' });
});

test('an order expires at its time by the clock of the database', async () => {
  const fresh = await anOrder({});
  // Of two sweeps, the second starts once the first has ended.
  for (const round of [1, 2]) {
    const order = await anOrder({ expiresAt: new Date(Date.now() - round) });
    await until(async () => (await order())?.status === 'cancelled', LONG);
  }
  expect(await fresh()).toMatchObject({ status: 'created' });
});

test('an unanswered order is published again', async () => {
  const order = await anOrder({ checkAt: new Date(Date.now() - 1_000) });
  await until(async () => ((await order())?.version ?? 0) > 0, LONG);
  await until(async () => (await order())?.outbox.length === 0, LONG);
});

test('a sale that is due is released', async () => {
  const past = new Date(Date.now() - 1_000);
  const order = await anOrder({ status: 'complete', completedAt: past, releaseAt: past, dueAt: past });
  await until(async () => (await order())?.releasedAt, LONG);
  await until(async () => (await order())?.outbox.length === 0, LONG);
});

test('a command decides a claim, and the service publishes it', async () => {
  const order = await anOrder({
    status: 'complete',
    claim: {
      reason: 'not-admitted',
      text: 'Closed',
      status: 'answered',
      answer: 'Open',
      openedAt: new Date(),
      answerBy: new Date(),
    },
  });
  const args = ['decide', order.id, 'refund', '--why', 'Seen the photo', '--by', 'eve'];
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(__dirname, '../dist/index.js'), ...args], {
    env: { NATS_CLIENT_ID: 'decider', ...env },
  });
  expect(stdout).toContain('"decision":"refund"');
  expect(await order()).toMatchObject({
    status: 'refunded',
    reason: 'claim',
    history: [{ decision: 'refund', why: 'Seen the photo', by: 'eve', at: expect.any(Date) as Date }],
  });
  await until(async () => (await order())?.outbox.length === 0, LONG);
});
