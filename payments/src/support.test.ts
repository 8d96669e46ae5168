import { Audit, type PaymentQueueBody, type SupportPaymentBody } from '@ticketing/common';
import { anEvent, cookieOf, deskCookieOf, newId, until } from '@ticketing/common/testing';
import request from 'supertest';
import { nextPayout } from './domain/payout';
import { Audits, Orders, Payments, Sellers, Users } from './store';
import { refusal, sellersIn, startPayments, type TestOrder, type World } from './testing';
import { meanwhile } from './testing/meanwhile';

const [PRICE, SHARE] = [2_050, 1_948];
const HOUR = 3_600_000;

let world: World;
let sellers: ReturnType<typeof sellersIn>;
const { tamper, before, isDue } = meanwhile();
beforeAll(async () => {
  world = await startPayments(tamper);
  sellers = sellersIn(world);
});
beforeEach(async () => {
  for (const model of [Payments, Audits, Audit]) await model.collection.deleteMany({});
});
afterEach(() => world.emulator.control('DELETE', '/faults'));
afterAll(() => world.stop());

const desk = deskCookieOf();
const ask = (path: string, cookie = desk) =>
  request(world.server).get(`/api/payments/support/${path}`).set('Cookie', cookie);
const act = (
  { id }: Pick<TestOrder, 'id'>,
  action: string,
  cookie = desk,
  body: object = { reason: 'a stolen card' },
) => request(world.server).post(`/api/payments/support/payments/${id}/${action}`).set('Cookie', cookie).send(body);
const show = async ({ id }: TestOrder) => (await ask(`payments/${id}`).expect(200)).body as SupportPaymentBody;
const found = async (q: string) =>
  ((await ask(`find?q=${encodeURIComponent(q)}`).expect(200)).body as SupportPaymentBody[]).map(
    ({ orderId }) => orderId,
  );
const queue = async () => (await ask('queue').expect(200)).body as PaymentQueueBody;
const queued = async () => (await queue()).payouts.map(({ orderId, payout: { wait } }) => [orderId, wait]);

/** Publishes that an order's seller was frozen, or unfrozen. */
async function tellFrozen({ sellerId }: TestOrder, frozenAt: string | null) {
  const { version = 0 } = (await Users.findById(sellerId).lean()) ?? {};
  const data = { id: sellerId, email: 'seller@test.com', confirmedAt: new Date().toISOString(), frozenAt };
  await world.deliver(anEvent('user:updated', version + 1, data));
}
const freezeSeller = (order: TestOrder) => tellFrozen(order, new Date().toISOString());

/** Waits until a payment's next check is far off; a late webhook may bring it forward. */
const postponed = (order: TestOrder) =>
  until(async () => {
    await world.payments.reconcile();
    return ((await world.payment(order))?.checkAt?.getTime() ?? 0) - Date.now() > HOUR / 2;
  });

/** A sale whose seller can be paid. */
async function ready() {
  const order = await sellers.sale();
  await sellers.onboard(order);
  return order;
}

describe('for the desk alone', () => {
  const id = newId();
  test.each([
    ['get', 'find?q=x'],
    ['get', `payments/${id}`],
    ['get', 'queue'],
    ['post', `payments/${id}/freeze`],
    ['post', `payments/${id}/unfreeze`],
  ] as const)('%s %s', async (method, path) => {
    const send = (cookie: string) =>
      request(world.server)[method](`/api/payments/support/${path}`).set('Cookie', cookie).send();
    await send('').expect(401, refusal('sign-in-first'));
    await send(cookieOf({ id: newId(), email: 'ann@test.com' })).expect(403, refusal('support-only'));
    expect((await send(desk)).status).toBe(method === 'post' ? 400 : path.startsWith('payments') ? 404 : 200);
    expect(await Audit.countDocuments()).toBe(0);
  });
});

it('shows a payment with its ledger, and the state of its payout', async () => {
  const order = await ready();
  await world.tell(order, 'released');
  await sellers.settled(order, 'paid');
  expect(await show(order)).toMatchObject({
    ...{ orderId: order.id, sellerId: order.sellerId, status: 'captured', amount: 20.5, received: 20.5, fee: 1.02 },
    payout: {
      ...{ status: 'paid', wait: null, amount: 19.48, transferId: expect.stringMatching(/^tr_/) as string },
      ...{ frozenAt: null, sellerFrozenAt: null, paidAt: expect.any(String) as string },
    },
    ledger: [
      {
        lines: [
          { account: 'buyer', amount: -20.5 },
          { account: 'fee', amount: 1.02 },
          { account: 'seller', amount: 19.48 },
        ],
      },
      { lines: expect.arrayContaining([{ account: 'stripe', amount: 19.48 }]) as object[] },
    ],
  });
});

it('finds payments by the ids that identify them', async () => {
  const order = await ready();
  const second = await sellers.sale(order.sellerId);
  await world.tell(order, 'released');
  await sellers.settled(order, 'paid');
  const { _id, stripeId, payout } = (await world.payment(order))!;
  for (const q of [order.id, order.id.toUpperCase(), String(_id), stripeId!, ` ${payout!.transferId!} `])
    expect([q, await found(q)]).toEqual([q, [order.id]]);
  const account = await sellers.accountOf(order);
  for (const q of [order.sellerId, account]) expect([q, await found(q)]).toEqual([q, [second.id, order.id]]);
  for (const q of [
    '',
    'x',
    newId(),
    'pi_unknown',
    'acct_unknown',
    'ch_unknown',
    're_unknown',
    'ch_$',
    'pi_$',
    `tr_${'x'.repeat(9_000)}`,
    '{"$ne":1}',
  ])
    expect([q.slice(0, 20), await found(q)]).toEqual([q.slice(0, 20), []]);
  await ask('find?q[$ne]=x').expect(200, []);
});

it('finds payments by their charges and refunds, which Stripe knows', async () => {
  const order = await ready();
  await world.tell(order, 'refunded');
  await world.status(order, 'refunded');
  const { stripeId } = (await world.payment(order))!;
  const { data } = await world.emulator.stripe.refunds.list({ payment_intent: stripeId! });
  for (const q of [data[0]!.id, data[0]!.charge as string]) expect([q, await found(q)]).toEqual([q, [order.id]]);
});

describe('a payout that the desk withholds', () => {
  it('waits, is queued, and continues once released', async () => {
    const order = await ready();
    const { body } = await act(order, 'freeze').expect(200);
    const { frozenAt } = (body as SupportPaymentBody).payout;
    expect(frozenAt).not.toBeNull();
    await world.tell(order, 'released');
    await world.untilAtRest(order);
    expect(await sellers.transfers(order)).toEqual([]);
    expect(await sellers.told(order)).toMatchObject({ status: 'waiting', wait: 'withheld' });
    expect(await queued()).toEqual([[order.id, 'withheld']]);
    expect((await act(order, 'freeze').expect(200)).body).toMatchObject({ payout: { frozenAt } });
    await Promise.all([act(order, 'unfreeze').expect(200), act(order, 'unfreeze').expect(200)]);
    await sellers.settled(order, 'paid');
    expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
    expect(await queued()).toEqual([]);
    expect(await Audit.countDocuments({ target: order.id, reason: 'a stolen card' })).toBe(4);
  });

  it('is either withheld or sent, whichever came first', async () => {
    const freeze = async (order: TestOrder) => act(order, 'freeze');
    const release = (order: TestOrder) => world.tell(order, 'released');
    const isSent = async (order: TestOrder) => {
      await release(order);
      await sellers.settled(order, 'paid');
      return freeze(order);
    };
    const isWithheld = async (order: TestOrder) => {
      const answer = await freeze(order);
      await release(order);
      return answer;
    };
    const either = async (order: TestOrder) => (await Promise.all([freeze(order), release(order)]))[0];
    const outcomes = new Set<string>();
    for (const way of [isWithheld, either, either, either, either, isSent]) {
      const order = await ready();
      const { status, body } = await way(order);
      if (status === 200) {
        await world.untilAtRest(order);
        expect([await sellers.transfers(order), (await show(order)).payout.wait]).toEqual([[], 'withheld']);
      } else {
        expect([status, body]).toEqual([409, refusal('payout-not-waiting')]);
        await sellers.settled(order, 'paid');
        expect(await sellers.transfers(order)).toHaveLength(1);
      }
      outcomes.add(String(status));
    }
    expect([...outcomes].sort()).toEqual(['200', '409']);
  });

  it('is not sent by a transfer that was about to start', async () => {
    const order = await ready();
    before(
      ({ payout }) => payout?.status === 'sending',
      () => act(order, 'freeze').expect(200),
    );
    await world.tell(order, 'released');
    expect(isDue()).toBe(false);
    await world.untilAtRest(order);
    expect(await sellers.transfers(order)).toEqual([]);
  });

  it('cannot be withheld once it was sent, or its sale undone', async () => {
    const [paid, undone] = [await ready(), await ready()];
    await world.tell(paid, 'released');
    await sellers.settled(paid, 'paid');
    await world.tell(undone, 'refunded');
    await world.status(undone, 'refunded');
    for (const order of [paid, undone]) await act(order, 'freeze').expect(409, refusal('payout-not-waiting'));
    await act({ id: newId() }, 'freeze').expect(404, refusal('payment-not-found'));
  });

  it('does not block a refund, and leaves the queue with it', async () => {
    const order = await ready();
    await act(order, 'freeze').expect(200);
    await world.tell(order, 'refunded');
    await world.status(order, 'refunded');
    expect(await world.money(order)).toMatchObject({ refunded: PRICE });
    expect(await queued()).toEqual([]);
  });

  it('keeps what it had reserved for a debt, and the audit accepts that', async () => {
    const order = await ready();
    const debt = { orderId: newId(), amount: 500 };
    await Sellers.updateOne({ _id: order.sellerId }, { debts: [debt] });
    await world.tell(order, 'released');
    // As if it were frozen between reserving and booking.
    await sellers.settled(order, 'paid');
    const { payout, ledger } = (await world.payment(order))!;
    const before = { ...payout!, status: 'due', reason: 'debts', settled: 0, amount: 0, transferId: null };
    await Payments.collection.updateOne(
      { orderId: order.id },
      { $set: { payout: before, ledger: ledger.slice(0, 1), frozenAt: new Date(), checkAt: null } },
    );
    await world.audit();
    expect((await queue()).findings.filter(({ problem }) => problem.includes('settled'))).toEqual([]);
  });

  it('is neither withheld nor released by a party to its sale', async () => {
    const order = await ready();
    for (const person of [order.sellerId, order.userId])
      for (const action of ['freeze', 'unfreeze'])
        await act(order, action, deskCookieOf(person)).expect(403, refusal('own-account'));
    await act(order, 'freeze', desk, {}).expect(400);
    expect((await show(order)).payout.frozenAt).toBeNull();
  });
});

describe('a frozen seller', () => {
  it('is not paid until they are unfrozen, and then at once', async () => {
    const order = await ready();
    await freezeSeller(order);
    await world.tell(order, 'released');
    expect((await sellers.payout(order))?.isWithheld).toBe(true);
    expect((await show(order)).payout).toMatchObject({
      wait: 'withheld',
      frozenAt: null,
      sellerFrozenAt: expect.any(String) as string,
    });
    expect(await queued()).toEqual([[order.id, 'withheld']]);
    // It is checked again after an hour, whatever happens.
    await postponed(order);
    await world.reconcile(order);
    expect(await sellers.transfers(order)).toEqual([]);
    // Nothing that is not due yet is checked here.
    await postponed(order);
    await tellFrozen(order, null);
    await until(async () => {
      await world.payments.reconcile();
      return (await sellers.payout(order))?.status === 'paid';
    });
    expect(await sellers.transfers(order)).toEqual([{ amount: SHARE, reversed: 0 }]);
    expect(await queued()).toEqual([]);
  });

  it('is paid at the next check if the unfreezing was missed', async () => {
    const order = await ready();
    await freezeSeller(order);
    await world.tell(order, 'released');
    await Users.updateOne({ _id: order.sellerId }, { frozenAt: null });
    await sellers.settled(order, 'paid');
    expect(await sellers.transfers(order)).toHaveLength(1);
  });

  it('is not paid because of a late event', async () => {
    const order = await ready();
    await freezeSeller(order);
    await world.tell(order, 'released');
    const stale = { id: order.sellerId, email: 'seller@test.com', frozenAt: null };
    await world.deliver(anEvent('user:updated', 0, stale));
    await world.payments.reconcile();
    await world.reconcile(order);
    expect(await sellers.transfers(order)).toEqual([]);
  });

  it('whose sale is undone is not in the queue', async () => {
    const order = await ready();
    await freezeSeller(order);
    await world.tell(order, 'released');
    await world.tell(order, 'refunded');
    await world.status(order, 'refunded');
    expect(await queued()).toEqual([]);
  });

  it('without a Stripe account waits for that first', async () => {
    const order = await sellers.sale();
    await freezeSeller(order);
    await world.tell(order, 'released');
    expect((await sellers.payout(order))?.reason).toBe('account');
    const seller = { accountId: 'acct_1', isReady: true, isFrozen: true };
    const [payment, known] = [(await world.payment(order))!, (await Orders.findById(order.id).lean())!];
    expect(nextPayout(payment, known, seller, new Date())).toBe('withhold');
  });
});

it('queues payouts that Stripe refused, and those that wait because of a partial refund', async () => {
  const [refused, partly] = [await ready(), await ready()];
  await world.emulator.control('POST', '/payouts', { account: null });
  await world.tell(refused, 'released');
  await until(async () => (await sellers.payout(refused))?.status === 'failed');
  await world.emulator.stripe.refunds.create({
    payment_intent: (await world.payment(partly))?.stripeId ?? '',
    amount: 100,
  });
  await until(async () => (await world.payment(partly))?.refunded === 100);
  await world.tell(partly, 'released');
  const both = new Map((await queue()).payouts.map(({ orderId, payout: { refusal: why } }) => [orderId, why]));
  expect(both).toEqual(
    new Map([
      [refused.id, 'balance_insufficient'],
      [partly.id, 'partially-refunded'],
    ]),
  );
});

it('lists what the audit found, since when, until it is fixed', async () => {
  const order = await ready();
  await world.untilAtRest(order);
  const spoil = (set: object) => Payments.collection.updateOne({ orderId: order.id }, { $set: set });
  await spoil({ 'ledger.0.entries.fee': 7 });
  await world.audit();
  const [finding] = (await queue()).findings;
  expect(finding).toMatchObject({ orderId: order.id, problem: expect.stringContaining('line 0 (captured)') as string });
  await spoil({ 'ledger.0.entries.seller': 7 });
  await world.audit();
  const [later, ...more] = (await queue()).findings;
  expect([later?.at, more]).toEqual([finding?.at, []]);
  expect(later?.problem).not.toBe(finding?.problem);
  await spoil({ 'ledger.0.entries': { buyer: -PRICE, fee: 102, seller: SHARE } });
  await world.audit();
  expect((await queue()).findings).toEqual([]);
});
