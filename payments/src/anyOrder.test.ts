import type { Outbox } from '@ticketing/common';
import fc from 'fast-check';
import { debtOf } from './debts';
import { faultsOf, sumsOf } from './domain/ledger';
import { mortal, type Death } from './testing/mortal';
import { Audits, Payments, Sellers } from './store';
import { sellersIn, startPayments, type TestOrder, type World } from './testing';

/** Any sequence of events, Stripe's responses, and crashes: nobody is paid twice, and the ledger matches Stripe. */
let world: World;
let sellers: ReturnType<typeof sellersIn>;
const life = mortal();
const problems: string[] = [];

beforeAll(async () => {
  world = await startPayments((outbox: Outbox) => {
    const commit = outbox.commit.bind(outbox);
    outbox.commit = async (document, events, cause) => {
      await commit(document, events, cause);
      if (document instanceof Payments) problems.push(...faultsOf(document));
    };
  }, life.through);
  sellers = sellersIn(world);
  await world.emulator.stripe.paymentIntents.create({
    ...{ amount: 10_000_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
});
afterAll(async () => {
  life.close();
  await world.stop();
});

const quietly = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined);
const stripeIdOf = async (order: TestOrder) => (await world.payment(order))?.stripeId ?? '';
const disputesOf = async (order: TestOrder) =>
  (await world.emulator.stripe.disputes.list({ payment_intent: await stripeIdOf(order) })).data;
const transferOf = async (order: TestOrder) => (await sellers.payout(order))?.transferId ?? 'none';

const acts = {
  released: (order: TestOrder) => world.tell(order, 'released'),
  refunded: (order: TestOrder) => world.tell(order, 'refunded'),
  again: (order: TestOrder) => world.tell(order, 'complete'),
  check: (order: TestOrder) => world.reconcile(order),
  twice: (order: TestOrder) => Promise.all([world.tell(order, 'released'), world.reconcile(order)]),
  'dashboard refunds': async (order: TestOrder) =>
    world.emulator.stripe.refunds.create({ payment_intent: await stripeIdOf(order) }),
  'dashboard reverses': async (order: TestOrder) =>
    world.emulator.stripe.transfers.createReversal(await transferOf(order), { amount: 700 }),
  'bank rejects a refund': async (order: TestOrder) => {
    const { data } = await world.emulator.stripe.refunds.list({ payment_intent: await stripeIdOf(order) });
    await world.emulator.control('POST', `/refunds/${data[0]?.id ?? ''}/fail`);
  },
  dispute: async (order: TestOrder) =>
    (await disputesOf(order)).length === 0 &&
    world.emulator.control('POST', `/payment_intents/${await stripeIdOf(order)}/dispute`),
  won: async (order: TestOrder) =>
    world.emulator.control('POST', `/disputes/${(await disputesOf(order))[0]?.id ?? ''}/close`, { outcome: 'won' }),
  lost: async (order: TestOrder) =>
    world.emulator.control('POST', `/disputes/${(await disputesOf(order))[0]?.id ?? ''}/close`, { outcome: 'lost' }),
  spends: async (order: TestOrder) =>
    world.emulator.control('POST', '/payouts', { account: await sellers.accountOf(order) }),
};
type Act = keyof typeof acts;
const paths = ['/v1/transfers', '/v1/refunds', '/v1/transfers/*/reversals', '/v1/disputes/*'];
const death = fc.record({ at: fc.constantFrom<Death['at']>('write', 'call', 'answer'), number: fc.nat({ max: 4 }) });
const trouble = fc.oneof(
  { arbitrary: death, weight: 4 },
  fc.record({
    path: fc.constantFrom(...paths),
    kind: fc.constantFrom('lose-answer', 'lose-request'),
    times: fc.constant(2),
  }),
  fc.record({
    path: fc.constantFrom(...paths),
    kind: fc.constant('error-500'),
    when: fc.constantFrom('before', 'after'),
  }),
  fc.record({ kind: fc.constantFrom('lost', 'doubled', 'reordered'), times: fc.constant(3) }),
);
const move = fc.record({
  sale: fc.nat({ max: 1 }),
  act: fc.constantFrom(...(Object.keys(acts) as Act[])),
  trouble: fc.option(trouble, { freq: 2 }),
});

type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** Every way to die while there are writes and Stripe calls. */
const deadly = (['write', 'call', 'answer'] as const).map((at): [Move[]] => [
  [{ sale: 0, act: 'refunded', trouble: { at, number: 0 } }],
]);

/** Lets everything settle, as it would in time. */
async function rest(sales: TestOrder[]) {
  await world.emulator.control('DELETE', '/faults');
  for (let round = 0; round < 30; round++) {
    for (const sale of sales) await world.reconcile(sale);
    const payments = await Promise.all(sales.map(world.payment));
    // For settled payments, only the audit notices what no webhook reported.
    if (payments.every((payment) => payment && !payment.checkAt)) await world.audit();
    if ((await Promise.all(sales.map(world.payment))).every((payment) => payment && !payment.checkAt)) break;
    // As orders would: a refund event makes its order refunded.
    for (const [index, payment] of payments.entries()) {
      const order = sales[index];
      if (order && payment?.status === 'refunded') await world.tell(order, 'refunded');
      const [dispute] = order ? await disputesOf(order) : [];
      // The bank decides eventually, whether or not it got our evidence.
      const isOpen = dispute?.status === 'under_review' || dispute?.status === 'needs_response';
      if (order && isOpen && round > 5) await acts.won(order);
    }
  }
}

test('any sequence of events, responses and crashes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 10 }), async (moves) => {
      problems.splice(0);
      for (const model of [Payments, Audits]) await model.collection.deleteMany({});
      const first = await sellers.sale();
      await sellers.onboard(first);
      const sales = [first, await sellers.sale(first.sellerId)];
      for (const { sale, act, trouble: now } of moves) {
        if (now && 'at' in now) life.plan(now);
        else if (now) await world.fault({ ...('path' in now && { method: 'POST' }), ...now });
        const order = sales[sale];
        if (order) await quietly(acts[act](order));
        life.plan(undefined);
      }
      await rest(sales);
      expect(problems).toEqual([]);
      let platform = 0;
      for (const sale of sales) {
        const payment = await world.payment(sale);
        const sums = sumsOf(payment?.ledger ?? []);
        // A dispute lost after the money was refunded: the buyer has it twice, at the platform's cost.
        platform += sums.platform + Math.max(0, sums.refund + sums.dispute - 2_050);
        const intent = payment?.stripeId ?? '';
        const [transfers, refunds, disputes] = [
          (await world.emulator.stripe.transfers.list({ transfer_group: sale.id })).data,
          (await world.emulator.stripe.refunds.list({ payment_intent: intent })).data,
          await disputesOf(sale),
        ];
        const sum = (items: { amount: number }[]) => items.reduce((all, { amount }) => all + amount, 0);
        expect(transfers.length).toBeLessThanOrEqual(1);
        expect({ checkAt: payment?.checkAt, ...sums }).toMatchObject({
          checkAt: null,
          buyer: -2_050,
          refund: sum(refunds.filter(({ status }) => status === 'succeeded')),
          dispute: sum(disputes.filter(({ status }) => status === 'lost')),
          stripe: transfers.reduce((all, { amount, amount_reversed: back }) => all + amount - back, 0),
        });
      }
      const seller = await Sellers.findById(first.sellerId).lean();
      for (const sale of sales) platform -= await tookByHand(sale);
      expect(platform).toBe(0 - debtOf(seller ?? {}));
    }),
    { numRuns: 15, examples: deadly },
  );
  expect([...life.deaths].sort()).toEqual(['answer', 'call', 'write']);
}, 600_000);

/** What someone reversed of a sale that stands: the platform has it. */
async function tookByHand(order: TestOrder): Promise<number> {
  const payment = await world.payment(order);
  return payment?.status === 'captured' && !payment.givingBack ? (payment.payout?.reversed ?? 0) : 0;
}
