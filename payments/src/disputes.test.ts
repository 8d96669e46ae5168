import { until } from '@ticketing/common/testing';
import { sellersIn, startPayments, type TestOrder, type World } from './testing';

const [PRICE, FEE, SHARE] = [2_050, 102, 1_948];

let world: World;
let sellers: ReturnType<typeof sellersIn>;
beforeAll(async () => {
  world = await startPayments();
  sellers = sellersIn(world);
});
beforeEach(() => void world.complaints.splice(0));
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const stripeIdOf = async (order: TestOrder) => (await world.payment(order))?.stripeId ?? '';
const disputed = async (order: TestOrder) => {
  const made = await world.emulator.control('POST', `/payment_intents/${await stripeIdOf(order)}/dispute`);
  return (made as { id: string }).id;
};
const close = (id: string, outcome: 'won' | 'lost') =>
  world.emulator.control('POST', `/disputes/${id}/close`, { outcome });
const dispute = (order: TestOrder, status: string) =>
  until(async () => {
    if ((await world.payment(order))?.dispute === status) return true;
    await world.reconcile(order);
    return false;
  });
const sold = async () => {
  const order = await sellers.sale();
  await sellers.onboard(order);
  return order;
};

it('a payout waits while the bank decides, and continues if it is won', async () => {
  const order = await sold();
  const id = await disputed(order);
  await dispute(order, 'answered');
  expect(world.complaints).toEqual(['the buyer disputes the charge']);
  expect(await sellers.balances(order)).toEqual({
    ...{ buyer: -PRICE, fee: FEE, seller: SHARE },
    ...{ dispute: PRICE, platform: -PRICE },
  });
  await world.tell(order, 'released');
  expect(await sellers.told(order)).toMatchObject({ status: 'waiting', wait: 'dispute' });
  expect(await sellers.transfers(order)).toEqual([]);
  await close(id, 'won');
  await sellers.settled(order, 'paid');
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, fee: FEE, stripe: SHARE });
});

it('a payout checks for disputes first, even without a webhook', async () => {
  const order = await sold();
  await world.fault({ kind: 'lost', times: 20 });
  await disputed(order);
  await world.tell(order, 'released');
  expect(await sellers.transfers(order)).toEqual([]);
  expect(await sellers.told(order)).toMatchObject({ wait: 'dispute' });
});

it.each([
  ['an answer', undefined],
  ['a lost response', { kind: 'lose-answer', times: 2 }],
  ['a lost request', { kind: 'lose-request', times: 2 }],
  ['a failure that is kept', { kind: 'error-500' }],
])('evidence is submitted once: with %s', async (_what, fault) => {
  const order = await sold();
  if (fault) await world.fault({ ...fault, method: 'POST', path: '/v1/disputes/*' });
  const id = await disputed(order);
  await dispute(order, 'answered');
  const { evidence, status } = await world.emulator.stripe.disputes.retrieve(id);
  expect(status).toBe('under_review');
  expect(evidence.product_description).toBe('Ticket: Concert');
  expect(evidence.uncategorized_text).toContain(`Order ${order.id}`);
});

it('evidence says when the buyer opened the ticket and used their proof of purchase', async () => {
  const order = await sold();
  const [readAt, usedAt] = ['2031-03-08T10:00:00.000Z', '2031-03-09T18:00:00.000Z'];
  await world.tell({ ...order, readAt, usedAt }, 'claimed');
  const id = await disputed(order);
  await dispute(order, 'answered');
  const { evidence } = await world.emulator.stripe.disputes.retrieve(id);
  expect(evidence.uncategorized_text).toContain(`opened the ticket that was handed over on ${readAt}`);
  expect(evidence.uncategorized_text).toContain(`was used at the entrance on ${usedAt}`);
});

it('a lost one counts as a refund by the bank, and nobody is paid', async () => {
  const order = await sold();
  const id = await disputed(order);
  await dispute(order, 'answered');
  await close(id, 'lost');
  await world.status(order, 'refunded');
  expect(await world.payment(order)).toMatchObject({ cause: 'dispute' });
  await world.heard(order, 'payment:authorized', 'payment:created', 'payment:refunded');
  expect(world.causeOf(order)).toBe('dispute');
  await world.tell(order, 'refunded');
  await world.reconcile(order);
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, dispute: PRICE });
  expect(await sellers.told(order)).toMatchObject({ status: 'void' });
  expect(await world.payment(order)).toMatchObject({ checkAt: null });
  expect(await world.money(order)).toMatchObject({ refunded: 0 });
});

it('a lost one reverses the transfer of a seller who was paid', async () => {
  const order = await sold();
  await world.tell(order, 'released');
  await sellers.settled(order, 'paid');
  const id = await disputed(order);
  await dispute(order, 'answered');
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
  await close(id, 'lost');
  await sellers.settled(order, 'reversed');
  expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: SHARE }]);
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, dispute: PRICE });
});

it.each(['won', 'lost'] as const)(
  'an order that is refunded meanwhile gives the money back once: %s',
  async (outcome) => {
    const order = await sold();
    await world.fault({ kind: 'lost', times: 20 });
    const id = await disputed(order);
    await world.tell(order, 'refunded');
    expect(await world.payment(order)).toMatchObject({ status: 'captured', givingBack: true });
    await world.emulator.control('DELETE', '/faults');
    await close(id, outcome);
    await until(async () => {
      await world.reconcile(order);
      return (await world.payment(order))?.status === 'refunded';
    });
    expect(await world.payment(order)).toMatchObject({ cause: null });
    expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, [outcome === 'won' ? 'refund' : 'dispute']: PRICE });
    expect((await world.emulator.stripe.disputes.retrieve(id)).evidence).toEqual({});
  },
);

it('of a refunded charge is contested: the buyer would be paid twice', async () => {
  const order = await sold();
  await world.tell(order, 'refunded');
  await world.status(order, 'refunded');
  const id = await disputed(order);
  await dispute(order, 'answered');
  const { evidence } = await world.emulator.stripe.disputes.retrieve(id);
  expect(evidence.uncategorized_text).toContain('we refunded the charge');
  await close(id, 'won');
  await dispute(order, 'won');
  expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, refund: PRICE });
});

describe('Stripe’s dashboard', () => {
  it('refunds a sale whose seller was paid: the transfer is reversed', async () => {
    const order = await sold();
    await world.tell(order, 'released');
    await world.emulator.stripe.refunds.create({ payment_intent: await stripeIdOf(order) });
    await world.status(order, 'refunded');
    expect(await world.payment(order)).toMatchObject({ cause: 'dashboard' });
    await sellers.settled(order, 'reversed');
    expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: SHARE }]);
  });

  it('refunds a part: the payout waits for a person', async () => {
    const order = await sold();
    await world.emulator.stripe.refunds.create({ payment_intent: await stripeIdOf(order), amount: 50 });
    await world.complaint('someone else refunded a part');
    await world.tell(order, 'released');
    expect(await sellers.told(order)).toMatchObject({ wait: 'refused', refusal: 'partially-refunded' });
    expect(await sellers.balances(order)).toMatchObject({ refund: 50, platform: -50, seller: SHARE });
  });

  it('reverses a transfer: that is recorded, and it is not paid again', async () => {
    const order = await sold();
    await world.tell(order, 'released');
    const { transferId } = (await sellers.payout(order)) ?? {};
    await world.emulator.stripe.transfers.createReversal(transferId ?? '', { amount: 1_000 });
    await until(async () => (await sellers.payout(order))?.reversed === 1_000);
    expect(await sellers.payout(order)).toMatchObject({ status: 'paid' });
    await world.emulator.stripe.transfers.createReversal(transferId ?? '');
    await until(async () => (await sellers.payout(order))?.status === 'reversed');
    expect(await sellers.balances(order)).toEqual({ buyer: -PRICE, fee: FEE, platform: SHARE });
    await world.reconcile(order);
    expect(await sellers.transfers(order)).toHaveLength(1);
  });
});
