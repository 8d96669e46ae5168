import { newId, startMongo, startNats, startProcess, TEST_KEY, until } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { startTestEmulator } from '../../infra/local/stripe/src/testing';
import { Declines, Orders, Payments, Users } from './store';

/** The service as it is deployed, with a database, a bus and Stripe's emulator: nobody tells it of any order. */
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
  });
  stop = async () => {
    await service.stop();
    await Promise.all([mongo.stop(), nats.stop(), stripe.close()]);
  };
});
afterAll(() => stop());

test('settles a payment that a crash left unsettled, without any event', async () => {
  const [_id, userId] = [new Types.ObjectId(), newId()];
  const orderId = _id.toString();
  const order = { _id, userId, status: 'cancelled', expiresAt: new Date(0), price: 2_050, version: 1 };
  await Orders.collection.insertOne(order);
  await Payments.collection.insertOne({
    orderId,
    amount: 2_050,
    status: 'pending',
    attempt: 1,
    method: { token: 'tok_visa' },
    startedAt: new Date(0),
    checkAt: new Date(0),
    version: 0,
    outbox: [],
  });
  const payment = () => Payments.findOne({ orderId }).lean();
  await until(async () => (await payment())?.status === 'released', 50_000);
  expect(await payment()).toMatchObject({ checkAt: null });
});
