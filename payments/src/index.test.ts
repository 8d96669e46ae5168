import { clockAhead, newId, startMongo, startNats, startProcess, TEST_KEY, until } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { startTestEmulator } from '../../infra/local/stripe/src/testing';
import { Declines, Orders, Payments, Users } from './store';

/**
 * The service as deployed, with a database, a bus and Stripe's emulator, but without any order events. Its machine's
 * clock is ahead, which must not matter.
 */
let stop: () => Promise<void>;
beforeAll(async () => {
  const [mongo, nats, stripe] = await Promise.all([
    startMongo(Payments, Orders, Users, Declines),
    startNats(),
    startTestEmulator(),
  ]);
  const service = startProcess(__dirname, {
    MONGO_URI: mongo.uri,
    NATS_URL: `nats://127.0.0.1:${nats.port}`,
    JWT_KEY: TEST_KEY,
    STRIPE_KEY: 'sk_test_key',
    STRIPE_WEBHOOK_SECRET: 'whsec_test',
    STRIPE_URL: stripe.url,
    NODE_OPTIONS: clockAhead(16 * 60_000),
  });
  stop = async () => {
    await service.stop();
    await Promise.all([mongo.stop(), nats.stop(), stripe.close()]);
  };
});
afterAll(() => stop());

/** A payment left by a process that died before Stripe responded, and its order. */
async function aPayment(order: object, startedAt: Date) {
  const [_id, userId] = [new Types.ObjectId(), newId()];
  const orderId = _id.toString();
  await Orders.collection.insertOne({ _id, userId, price: 2_050, version: 1, ...order });
  await Payments.collection.insertOne({
    orderId,
    amount: 2_050,
    status: 'pending',
    attempt: 1,
    method: { token: 'tok_visa' },
    startedAt,
    checkAt: new Date(0),
    version: 0,
    outbox: [],
  });
  return () => Payments.findOne({ orderId }).lean();
}

test('settles a payment that a crash left unsettled, without any event', async () => {
  const payment = await aPayment({ status: 'cancelled', expiresAt: new Date(0) }, new Date(0));
  await until(async () => (await payment())?.status === 'released', 50_000);
  expect(await payment()).toMatchObject({ checkAt: null });
});

test("continues a payment until its order's expiry by the database's clock", async () => {
  const now = new Date();
  const payment = await aPayment({ status: 'created', expiresAt: new Date(now.getTime() + 600_000) }, now);
  await until(async () => (await payment())?.status !== 'pending', 50_000);
  expect(await payment()).toMatchObject({ status: 'authorized' });
});
