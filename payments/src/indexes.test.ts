import { deskCookieOf, newId, profiledDesk } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import request from 'supertest';
import { Payments } from './store';
import { sellersIn, startPayments, type World } from './testing';

let world: World;
beforeAll(async () => (world = await startPayments()));
afterAll(() => world.stop());

const database = () => mongoose.connection.db!;

test('an order has one payment: of two requests at once, one finds that of the other', async () => {
  const order = await world.order();
  await world.pay(order).expect(201);
  const { _id, ...payment } = await Payments.findOne({ orderId: order.id }).orFail().lean();
  await expect(Payments.collection.insertOne({ ...payment, outbox: [] })).rejects.toThrow('E11000');
  expect(await Payments.find({ orderId: order.id }, { _id: 1 }).lean()).toEqual([{ _id }]);
});

test('every query uses an index, however many there are', async () => {
  const { sale, onboard, settled, get, accountOf } = sellersIn(world);
  await database().command({ profile: 2 });
  const order = await sale();
  await onboard(order);
  await world.tell(order, 'released');
  await settled(order, 'paid');
  await get('payouts?limit=1', order);
  const { stripeId, payout } = (await world.payment(order))!;
  await world.emulator.stripe.refunds.create({ payment_intent: stripeId ?? '' });
  await world.status(order, 'refunded');
  await world.confirm(order.sellerId);
  const ask = (path: string) =>
    request(world.server).get(`/api/payments/support/${path}`).set('Cookie', deskCookieOf()).expect(200);
  for (const q of [order.id, order.sellerId, stripeId, payout?.transferId, await accountOf(order), 'du_1', newId()])
    await ask(`find?q=${q}`);
  await ask(`payments/${order.id}`);
  await ask('queue');
  await world.payments.reconcile();
  await world.audit();
  await database().command({ profile: 0 });
  const profiled = await database().collection('system.profile').find({}).toArray();
  const scanned = profiled.filter(({ planSummary }) => planSummary === 'COLLSCAN');
  expect(profiled.filter(({ planSummary }) => String(planSummary).startsWith('IXSCAN')).length).toBeGreaterThan(20);
  expect(scanned.map(({ ns, command }) => `${ns} ${JSON.stringify(command)}`.slice(0, 300))).toEqual([]);
});

test('each page of the desk reads about what it shows, however many payments there are', async () => {
  const { sale, onboard, settled } = sellersIn(world);
  const order = await sale();
  await onboard(order);
  await world.tell(order, 'released');
  await settled(order, 'paid');
  const payment = (await Payments.findOne({ orderId: order.id }).lean())!;
  const standing = ['paid', 'failed', 'waiting'] as const;
  const another = (at: number) => ({
    ...{ ...payment, _id: new mongoose.Types.ObjectId(), orderId: newId() },
    ...{ sellerId: at < 100 ? order.sellerId : newId(), stripeId: `pi_${at}`, disputeId: `du_${at}` },
    ...(at % 4 === 0 && { frozenAt: new Date() }),
    payout: { ...payment.payout, status: standing[at % 3], transferId: `tr_${at}`, isWithheld: at % 5 === 0 },
  });
  await Payments.collection.insertMany(Array.from({ length: 1_000 }, (_, at) => another(at)) as never[]);
  const pages = {
    find: [order.id, order.sellerId, 'pi_7', 'tr_7', 'du_7', newId()].map((q) => `find?q=${q}`),
    'payments/{orderId}': [`payments/${order.id}`],
    queue: ['queue'],
  };
  const { read, wasteful } = await profiledDesk('/api/payments/support', pages, (path) =>
    request(world.server).get(path).set('Cookie', deskCookieOf()).expect(200),
  );
  expect([...read]).toEqual(
    expect.arrayContaining(['payments', 'orders', 'sellers', 'users', 'audits', 'deadletters']),
  );
  expect(wasteful).toEqual([]);
});
