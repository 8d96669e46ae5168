import {
  aTicket,
  clockAhead,
  newId,
  startMongo,
  startNats,
  startProcess,
  TEST_KEY,
  until,
} from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { findable } from './domain/facets';
import { Tickets } from './store';

/** The service as deployed, with a database and a bus. Its machine's clock is ahead, which must not matter. */
let stop: () => Promise<void>;
beforeAll(async () => {
  const [mongo, nats] = await Promise.all([startMongo(Tickets), startNats()]);
  const service = startProcess(__dirname, {
    MONGO_URI: mongo.uri,
    NATS_URL: `nats://127.0.0.1:${nats.port}`,
    JWT_KEY: TEST_KEY,
    DELIVERY_KEY: TEST_KEY,
    BARCODE_KEY: TEST_KEY,
    NODE_OPTIONS: clockAhead(16 * 60_000),
  });
  stop = async () => {
    await service.stop();
    await Promise.all([mongo.stop(), nats.stop()]);
  };
});
afterAll(() => stop());

const LONG = 50_000;

/** A listing as written by an old version; `more` adds fields. */
async function anOldListing(more: object) {
  const _id = new Types.ObjectId();
  const seller = { userId: newId(), status: 'available', orderId: null, followed: { seq: 0, version: -1 } };
  await Tickets.collection.insertOne({
    _id,
    title: 'Concert',
    price: 2_050,
    ...seller,
    version: 0,
    outbox: [],
    ...more,
  });
  return () => Tickets.findById(_id).lean();
}

test('a listing missing from all lists becomes searchable', async () => {
  const ticket = await anOldListing({});
  await until(async () => (await ticket())?.sellsUntil, LONG);
});

test('a listing leaves the lists once its event has started by the clock of the database', async () => {
  const startingIn = (ms: number) => {
    const startsAt = new Date(Date.now() + ms);
    const lists = findable({ ...aTicket(), category: 'music', startsAt } as never);
    return anOldListing({ ...lists, startsAt, sellsUntil: startsAt });
  };
  const soon = await startingIn(600_000);
  const begun = await startingIn(-60_000);
  await until(async () => (await begun())?.sellsUntil === null, LONG);
  expect((await soon())?.sellsUntil).toBeInstanceOf(Date);
});
