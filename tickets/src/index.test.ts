import { aTicket, newId, startMongo, startNats, startProcess, TEST_KEY, until } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { findable } from './domain/facets';
import { Tickets } from './store';

/** The service as it is deployed, with a database and a bus. */
let stop: () => Promise<void>;
beforeAll(async () => {
  const [mongo, nats] = await Promise.all([startMongo(Tickets), startNats()]);
  const service = startProcess(__dirname, {
    MONGO_URI: mongo.uri,
    NATS_URL: `nats://127.0.0.1:${nats.port}`,
    JWT_KEY: TEST_KEY,
    DELIVERY_KEY: TEST_KEY,
    BARCODE_KEY: TEST_KEY,
  });
  stop = async () => {
    await service.stop();
    await Promise.all([mongo.stop(), nats.stop()]);
  };
});
afterAll(() => stop());

const LONG = 50_000;

/** A listing as an old version has written it; `more` is what it wrote besides. */
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

test('a listing whose event has started leaves the lists', async () => {
  const begun = new Date(Date.now() - 60_000);
  const lists = findable({ ...aTicket(), category: 'music', startsAt: begun } as never);
  const ticket = await anOldListing({ ...lists, startsAt: begun, sellsUntil: begun });
  await until(async () => (await ticket())?.sellsUntil === null, LONG);
});
