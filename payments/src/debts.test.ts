import { newId, until } from '@ticketing/common/testing';
import { Payments, Sellers } from './store';
import { book, debtOf, reserve, restore } from './debts';
import { sellersIn, startPayments, type TestOrder, type World } from './testing';

const [PRICE, FEE, SHARE] = [2_050, 102, 1_948];

let world: World;
let sellers: ReturnType<typeof sellersIn>;
beforeAll(async () => {
  world = await startPayments();
  sellers = sellersIn(world);
  // The marketplace has its own money, from which it refunds what is gone.
  await world.emulator.stripe.paymentIntents.create({
    ...{ amount: 1_000_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
});
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

/** A paid sale whose seller has paid out everything except `left` to their bank. */
const spent = async (left = 0) => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  await world.tell(order, 'released');
  const account = await sellers.accountOf(order);
  await world.emulator.control('POST', '/payouts', { account, amount: SHARE - left });
  return order;
};
const undo = async (order: TestOrder) => {
  await world.tell(order, 'refunded');
  await sellers.settled(order, 'reversed');
};
const debt = async (order: TestOrder) => (await sellers.seller(order)).debt;

it('reverses the transfer of a refunded order', async () => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  await world.tell(order, 'released');
  await world.tell(order, 'refunded');
  await sellers.settled(order, 'reversed');
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: SHARE }]);
  expect(await world.money(order)).toMatchObject({ refunded: PRICE });
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, refund: PRICE });
  expect(await sellers.kinds(order)).toEqual(['captured', 'paid', 'undone', 'refunded', 'reversed']);
  expect(await debt(order)).toBe(0);
});

it('what the seller no longer has becomes their debt, once', async () => {
  const order = await spent(500);
  await world.tell(order, 'refunded');
  await world.complaint('the payout of a refunded sale could not be reversed: the seller owes it');
  await world.tell(order, 'refunded');
  await world.reconcile(order);
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 500 }]);
  expect(await sellers.payout(order)).toMatchObject({ status: 'reversed', reversed: 500, owed: SHARE - 500 });
  expect(await sellers.balances(order)).toEqual({
    ...{ buyer: -PRICE, refund: PRICE },
    ...{ stripe: SHARE - 500, platform: 500 - SHARE },
  });
  expect(await debt(order)).toBe(14.48);
  await world.untilAtRest(order);
});

it('is settled by their next payouts: all of one, and part of another', async () => {
  const first = await spent(500);
  await undo(first);
  await Sellers.updateOne({ _id: first.sellerId }, { $push: { debts: { orderId: newId(), amount: 1_000 } } });
  const [second, third] = [await sellers.sale(first.sellerId), await sellers.sale(first.sellerId)];
  await world.tell(second, 'released');
  await world.tell(third, 'released');
  expect(await sellers.told(second)).toMatchObject({ status: 'paid', settled: 19.48, amount: 0 });
  expect(await sellers.transfers(second)).toEqual([]);
  expect(await sellers.balances(second)).toEqual({ buyer: -PRICE, fee: FEE, platform: SHARE });
  expect(await sellers.told(third)).toMatchObject({ status: 'paid', settled: 5, amount: 14.48 });
  expect(await sellers.transfers(third)).toEqual([{ amount: SHARE - 500, reversed: 0 }]);
  expect(await debt(first)).toBe(0);
});

it('two concurrent payouts settle it once', async () => {
  const first = await spent();
  await undo(first);
  const others = await Promise.all(Array.from({ length: 4 }, () => sellers.sale(first.sellerId)));
  await Promise.all(others.map((order) => world.tell(order, 'released')));
  for (const order of others) await sellers.settled(order, 'paid');
  const payouts = await Promise.all(others.map(sellers.told));
  expect(payouts.reduce((sum, payout) => sum + (payout?.settled ?? 0), 0)).toBe(19.48);
  expect(await debt(first)).toBe(0);
});

it('debts settled by an undone sale are owed again', async () => {
  const first = await spent();
  await undo(first);
  const second = await sellers.sale(first.sellerId);
  await world.tell(second, 'released');
  expect(await debt(first)).toBe(0);
  await world.tell(second, 'refunded');
  await until(async () => (await debt(first)) === 19.48);
  expect(await sellers.balances(second)).toEqual({ buyer: -PRICE, refund: PRICE });
});

it('debts for which a waiting payout had reserved money are owed again if its sale is undone', async () => {
  const order = await sellers.sale();
  await book(order.sellerId, newId(), 500);
  const seller = await Sellers.findById(order.sellerId).orFail().lean();
  // As left by a process that dies before it sends the rest.
  expect(await reserve(seller._id, order.id, SHARE)).toBe(500);
  const payout = { status: 'due', reason: 'debts', amount: 0, settled: 0, reversed: 0, owed: 0, attempt: 0 };
  await Payments.collection.updateOne(
    { orderId: order.id },
    { $set: { payout: { ...payout, isWithheld: true, at: new Date() } }, $inc: { version: 1 } },
  );
  await world.tell(order, 'released');
  await until(async () => (await sellers.payout(order))?.isWithheld === false);
  expect(await sellers.told(order)).toMatchObject({ status: 'waiting', wait: 'account' });
  await world.tell(order, 'refunded');
  await until(async () => debtOf((await Sellers.findById(order.sellerId).lean()) ?? {}) === 500);
});

it('a debt shrinks when its transfer is reversed after all', async () => {
  const order = await spent();
  await undo(order);
  const { transferId, accountId } = (await sellers.payout(order)) ?? {};
  await world.emulator.stripe.transfers.create({ amount: 900, currency: 'usd', destination: accountId ?? '' });
  await world.emulator.stripe.transfers.createReversal(transferId ?? '', { amount: 900 });
  await until(async () => (await sellers.payout(order))?.reversed === 900);
  expect(await debt(order)).toBe(10.48);
  expect(await sellers.balances(order)).toMatchObject({ platform: 900 - SHARE, stripe: SHARE - 900 });
});

it('raises an alarm if a transfer is reversed by hand after its debt was settled, and keeps the money for the next debt', async () => {
  const first = await spent();
  await undo(first);
  const second = await sellers.sale(first.sellerId);
  await world.tell(second, 'released');
  await sellers.settled(second, 'paid');
  const { transferId, accountId } = (await sellers.payout(first)) ?? {};
  await world.emulator.stripe.transfers.create({ amount: 900, currency: 'usd', destination: accountId ?? '' });
  await world.emulator.stripe.transfers.createReversal(transferId ?? '', { amount: 900 });
  await world.complaint('someone else reversed a transfer whose debt was already settled: the seller paid twice');
  await Sellers.updateOne({ _id: first.sellerId }, { $push: { debts: { orderId: newId(), amount: 1_000 } } });
  expect(await debt(first)).toBe(1);
});

it('every write is keyed by the order: a repeat after a crash changes nothing', async () => {
  const [sellerId, one, other] = [newId(), newId(), newId()];
  const owed = async () => debtOf((await Sellers.findById(sellerId).lean()) ?? {});
  const _id = (await Sellers.create({ _id: sellerId }))._id;
  await Promise.all([book(sellerId, one, 1_000), book(sellerId, one, 1_000)]);
  expect(await owed()).toBe(1_000);
  expect(await Promise.all([reserve(_id, other, 600), reserve(_id, other, 600)])).toEqual([600, 600]);
  expect(await owed()).toBe(400);
  expect(await Promise.all(['a', 'b', 'c'].map((id) => reserve(_id, id, 300)))).toEqual(
    expect.arrayContaining([300, 100, 0]),
  );
  await Promise.all([restore(sellerId, other), restore(sellerId, other)]);
  expect(await owed()).toBe(600);
  expect(await reserve(_id, other, 600)).toBe(0);
  await book(sellerId, one, 0);
  expect(await owed()).toBe(0);
});
