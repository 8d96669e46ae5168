import { Leavers, type ExportBody, type LeaverData } from '@ticketing/common';
import { aLeaver, anEvent, cookieOf, earOfLeavers, newId, unexported, until } from '@ticketing/common/testing';
import request from 'supertest';
import * as debts from './debts';
import { held, unnamed } from './exports';
import { Sellers, Users } from './store';
import { readEmail } from './people';
import { sellersIn, startPayments, type World } from './testing';

let world: World;
let sellers: ReturnType<typeof sellersIn>;
let paid: LeaverData[];
beforeAll(async () => {
  world = await startPayments();
  sellers = sellersIn(world);
  paid = await earOfLeavers(world.nats, 'user:paid');
});
afterAll(() => world.stop());

const hear = (subject: 'user:settled' | 'user:deleted' | 'user:updated', version: number, data: object) =>
  world.deliver(anEvent(subject, version, data as never));
/** Checks someone for whom orders says that nothing is open; returns whether that was published. */
async function isPaid(id: string) {
  const leaver = aLeaver(id);
  for (const version of [1, 1]) await hear('user:settled', version, leaver);
  await world.payments.checkLeavers();
  const { checkAt } = await Leavers.findById(id).orFail().lean();
  await until(() => checkAt ?? paid.some(({ since }) => since === leaver.since));
  return checkAt === null;
}

test('someone who sold nothing is paid', async () => {
  expect(await isPaid(newId())).toBe(true);
});

test('a seller gets their share first', async () => {
  const sale = await sellers.sale();
  await sellers.onboard(sale);
  expect(await isPaid(sale.sellerId)).toBe(false);
  await world.tell(sale, 'released');
  await sellers.settled(sale, 'paid');
  expect(await isPaid(sale.sellerId)).toBe(true);
});

test('a seller settles their debts first', async () => {
  const [sellerId, orderId] = [newId(), newId()];
  await debts.book(sellerId, orderId, 500);
  expect(await isPaid(sellerId)).toBe(false);
  await debts.book(sellerId, orderId, 0);
  expect(await isPaid(sellerId)).toBe(true);
});

test('the address of someone who has left is gone, and late or duplicate events do not bring it back', async () => {
  const order = await world.order();
  const id = order.sellerId;
  await world.confirm(id, 'ann@test.com');
  await sellers.onboard({ sellerId: id });
  expect(JSON.stringify(await everywhere(id))).toMatch(/seller@test|ann@test/);
  const deleted = { id, deletedAt: new Date().toISOString() };
  for (const version of [9, 9]) await hear('user:deleted', version, deleted);
  for (const version of [1, 8]) await hear('user:updated', version, { id, email: 'ann@test.com' });
  expect(await readEmail(id)).toBeUndefined();
  expect(await Users.findById(id).lean()).toMatchObject({ email: null, confirmedAt: null, version: 9 });
  expect(JSON.stringify(await everywhere(id))).not.toMatch(/seller@test|ann@test/);
  expect(await Sellers.findById(id).lean()).toMatchObject({ accountId: expect.any(String) });
});

const everywhere = (id: string) => Promise.all([Users.findById(id).lean(), Sellers.findById(id).lean()]);

test('an export has what someone paid and was paid, and nothing about the other side', async () => {
  expect(unexported(held, unnamed)).toEqual([]);
  const sale = await sellers.sale();
  await world.signUp(sale, 'buyer@test.com');
  await sellers.sale();
  const get = async (id: string) => {
    const cookie = cookieOf({ id, email: 'someone@test.com' });
    const answer = await request(world.server).get('/api/payments/export').set('Cookie', cookie).expect(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="ticketing-payments.json"',
    });
    return answer.body as ExportBody;
  };
  const [ofBuyer, ofSeller] = [await get(sale.userId), await get(sale.sellerId)];
  expect(ofBuyer.account).toMatchObject([{ id: sale.userId, email: 'buyer@test.com' }]);
  expect(ofBuyer.payments).toMatchObject([{ orderId: sale.id, status: 'captured', received: 2_050 }]);
  expect(ofBuyer.payouts).toEqual([]);
  expect(ofSeller.payments).toEqual([]);
  expect(ofSeller.payouts).toMatchObject([{ orderId: sale.id, received: 2_050, title: 'Concert' }]);
  expect(JSON.stringify(ofSeller)).not.toMatch(/buyer@test|pi_|tok_|ledger/);
  expect(JSON.stringify(ofBuyer)).not.toContain(sale.sellerId);
});
