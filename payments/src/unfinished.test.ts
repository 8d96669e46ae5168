import { note, takeDue } from './checks';
import { debtOf } from './debts';
import type { Payment } from './domain/payment';
import { Payments, Sellers } from './store';
import { sellersIn, startPayments, type TestOrder, type World } from './testing';
import { meanwhile } from './testing/meanwhile';

/** Crashes, timeouts and conflicts in the middle of a step: whatever was started is finished, without news. */
const [PRICE, SHARE] = [2_050, 1_948];

let world: World;
let sellers: ReturnType<typeof sellersIn>;
const { tamper, before, isDue, clear } = meanwhile();

beforeAll(async () => {
  world = await startPayments(tamper);
  sellers = sellersIn(world);
  await world.emulator.stripe.paymentIntents.create({
    ...{ amount: 1_000_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
});
afterEach(async () => {
  clear();
  await world.emulator.control('DELETE', '/faults');
});
afterAll(() => world.stop());

const stripeIdOf = async (order: TestOrder) => (await world.payment(order))?.stripeId ?? '';
const sold = async (sellerId?: string) => {
  const order = await sellers.sale(sellerId);
  if (!sellerId) await sellers.onboard(order);
  return order;
};
const dies = () => Promise.reject(new Error('killed'));
const killed = (work: unknown) => expect(work).rejects.toThrow('killed');
const settles = ({ payout }: Payment) => Boolean(payout?.settled);
/** A seller who owes a whole share. */
const indebted = async () => {
  const order = await sold();
  await world.tell(order, 'released');
  await world.emulator.control('POST', '/payouts', { account: await sellers.accountOf(order) });
  await world.tell(order, 'refunded');
  await sellers.settled(order, 'reversed');
  return order;
};
const debt = async ({ sellerId }: TestOrder) => debtOf((await Sellers.findById(sellerId).lean()) ?? {});

it('a release that arrives while Stripe does not respond is paid later', async () => {
  const order = await sold();
  await world.fault({ kind: 'lose-request', method: 'GET', path: '/v1/payment_intents/*', times: 2 });
  await world.tell(order, 'released');
  expect(await sellers.transfers(order)).toEqual([]);
  await world.emulator.control('DELETE', '/faults');
  await world.tell(order, 'complete');
  await world.reconcile(order);
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

it('a transfer is reversed even if Stripe does not respond after the refund', async () => {
  const order = await sold();
  await world.tell(order, 'released');
  await world.fault({ kind: 'lost', times: 20 });
  await world.fault({ kind: 'lose-request', path: '/v1/transfers/*/reversals', times: 2 });
  await world.tell(order, 'refunded');
  expect(await world.payment(order)).toMatchObject({ status: 'refunded', payout: { status: 'paid' } });
  await world.reconcile(order);
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: SHARE }]);
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, refund: PRICE });
});

describe('a debt that a payout was about to settle', () => {
  it('is owed again if its sale is undone after the process died', async () => {
    const first = await indebted();
    const second = await sold(first.sellerId);
    before(settles, dies);
    await killed(world.tell(second, 'released'));
    expect(await debt(first)).toBe(0);
    await world.emulator.stripe.refunds.create({ payment_intent: await stripeIdOf(second) });
    await world.status(second, 'refunded');
    await world.tell(second, 'refunded');
    await world.reconcile(second);
    expect(await debt(first)).toBe(SHARE);
    expect(await sellers.balances(second)).toEqual({ buyer: -PRICE, refund: PRICE });
  });

  it('is owed again if its sale was undone meanwhile', async () => {
    const first = await indebted();
    const second = await sold(first.sellerId);
    const happens = async () => {
      await world.emulator.stripe.refunds.create({ payment_intent: await stripeIdOf(second) });
      await world.status(second, 'refunded');
    };
    before(settles, happens);
    await world.tell(second, 'released');
    await world.tell(second, 'refunded');
    await world.reconcile(second);
    expect(await debt(first)).toBe(SHARE);
  });
});

it('a debt settled by another payout is not taken from the seller as well', async () => {
  const first = await sold();
  const [second, third] = [await sold(first.sellerId), await sold(first.sellerId)];
  await world.tell(first, 'released');
  await world.emulator.control('POST', '/payouts', { account: await sellers.accountOf(first) });
  // The debt is recorded with the seller, and the process dies before it is in the payment.
  await world.fault({ kind: 'lost', times: 20 });
  before(({ payout }) => payout?.status === 'reversed', dies);
  await killed(world.tell(first, 'refunded'));
  expect(await debt(first)).toBe(SHARE);
  await world.tell(second, 'released');
  await world.tell(third, 'released');
  expect(await sellers.transfers(second)).toEqual([]);
  expect(await sellers.transfers(third)).toEqual([{ amount: SHARE, reversed: 0 }]);
  await sellers.settled(first, 'reversed');
  expect(await debt(first)).toBe(0);
  const paid = await Promise.all([first, second, third].map(sellers.balances));
  expect(paid.reduce((sum, { stripe = 0 }) => sum + stripe, 0)).toBe(2 * SHARE);
  expect(await sellers.transfers(first)).toEqual([{ amount: SHARE, reversed: 0 }]);
});

describe('a webhook that was answered', () => {
  const dispute = async (order: TestOrder) =>
    world.emulator.control('POST', `/payment_intents/${await stripeIdOf(order)}/dispute`);

  it('survives concurrent writes', async () => {
    const order = await sold();
    await Payments.updateOne({ orderId: order.id }, { checkAt: new Date(Date.now() + 60_000) });
    const happens = async () => {
      await world.fault({ kind: 'lost', times: 20 });
      await dispute(order);
      // Another replica answers the webhook, and dies.
      await note(order.id, new Date());
    };
    // One has called Stripe, and is about to write that nothing is left to do.
    before(({ checkAt }) => checkAt === null, happens);
    await world.payments.settle(order.id, { trace: 'test' }, true);
    expect(isDue()).toBe(false);
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ dispute: 'answered' });
  });

  it('survives older events of the order', async () => {
    const order = await sold();
    await world.fault({ kind: 'lost', times: 20 });
    await dispute(order);
    await note(order.id, new Date());
    // Another replica has taken it for a check, and dies.
    await takeDue(new Date());
    await world.payments.settle(order.id, { trace: 'test' });
    await world.tell(order, 'complete');
    await world.reconcile(order);
    expect(await world.payment(order)).toMatchObject({ dispute: 'answered' });
  });
});
