import { deskCookieOf, newId } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import request from 'supertest';
import { sellersIn, startPayments, type World } from './testing';

let world: World;
beforeAll(async () => (world = await startPayments()));
afterAll(() => world.stop());

const database = () => mongoose.connection.db!;

test('whatever is looked for is found by an index, however many there are', async () => {
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
