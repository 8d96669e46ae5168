import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderBody } from '@ticketing/common';
import { atLength } from './config';
import { eventually } from './eventually';
import { expectSettled } from './outcome';
import { Person, type Refused } from './people';
import { System } from './stack';

/** Long enough for two hundred buyers and one payment on a busy machine. */
const WINDOW_SECONDS = 15;

/** Two processes of each service have every race that one has, and more. */
const REPLICAS = atLength ? [1, 2] : [2];
const HESITANT = atLength ? 120 : 40;

const range = (size: number) => Array.from({ length: size }, (_, index) => index);

describe.each(REPLICAS)('with %i replicas of each service', (replicas) => {
  let system: System;
  let seller: Person;
  let buyer: Person;
  let rival: Person;

  beforeAll(async () => {
    system = await System.start({ windowSeconds: WINDOW_SECONDS, replicas });
    [seller, buyer, rival] = await Promise.all([
      Person.signUp(system.url),
      Person.signUp(system.url),
      Person.signUp(system.url),
    ]);
  });

  afterAll(() => system.expectNothingLost());
  afterAll(() => system.stop());

  /** Whether an order was paid in time, which on a busy machine may run out before; otherwise it expired. */
  async function isSold(person: Person, order: OrderBody): Promise<boolean> {
    if ((await expectSettled(system, person, order)) === 'complete') return true;
    expect(await person.order(order.id)).toMatchObject({ reason: 'expired' });
    return false;
  }

  it('a ticket is sold', () =>
    eventually(async () => {
      const order = await buyer.hold((await seller.list('Piano Concerto', 80)).id);
      await buyer.pay(order.id);
      expect(await isSold(buyer, order)).toBe(true);
    }));

  it.each([2, 200])('of %i concurrent buyers exactly one gets the ticket', async (size) => {
    const { id } = await seller.list('The last one', 10);
    const buyers = system.crowd(size);
    const answers = await Promise.allSettled(buyers.map((each) => each.hold(id)));

    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Refused] : []));
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ status: 400, message: 'Ticket is already reserved' });

    const winners = buyers.filter((_, index) => answers[index]?.status === 'fulfilled');
    const orders = (await Promise.all(winners.map((each) => each.orders()))).flat();
    expect(orders).toHaveLength(size - refusals.length);
    // Whoever comes after the time of the first may get it: one after the other.
    const ends = orders.map(({ expiresAt }) => Date.parse(expiresAt)).sort((one, other) => one - other);
    for (const [index, end] of ends.slice(1).entries())
      expect(end - ends[index]!).toBeGreaterThanOrEqual(WINDOW_SECONDS * 1_000);
    expect(ends.length).toBeGreaterThan(0);
    for (const [index, winner] of winners.entries()) {
      const paid = await winner.pay(orders[index]!.id).catch((error: unknown) => error);
      if (paid instanceof Error) expect(paid).toMatchObject({ status: 400 });
      await isSold(winner, orders[index]!);
    }
  });

  it('twenty concurrent payments of one order charge it once', async () => {
    const order = await buyer.hold((await seller.list('Impatience', 10)).id);
    const answers = await Promise.allSettled(range(20).map(() => buyer.pay(order.id)));
    const paid = new Set(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.id : [])));
    const sold = await isSold(buyer, order);
    if (sold) expect(paid.size).toBe(1);
    // A buyer may have this many requests in progress; more are refused, and change nothing.
    for (const answer of answers)
      if (answer.status === 'rejected') expect(sold ? [429] : [400, 429]).toContain((answer.reason as Refused).status);
  });

  it('a concurrent payment and cancellation have one outcome', async () => {
    const held = await Promise.all(
      system.crowd(10).map(async (doubter) => {
        const order = await doubter.hold((await seller.list('Doubt', 10)).id);
        return { doubter, order };
      }),
    );
    await Promise.allSettled(held.flatMap(({ doubter, order: { id } }) => [doubter.pay(id), doubter.cancel(id)]));
    for (const { doubter, order } of held) await expectSettled(system, doubter, order);
  });

  // The bank is slow, so that the order's time ends while the authorization is in progress or just done.
  // How many end which way depends on the machine: a sale and an expiry each have their own tests.
  it('paid at the moment of expiry: both the ticket and its price change hands, or neither does', async () => {
    const SLOW_MS = 300;
    const earliest = 1_200;
    const step = 1_400 / HESITANT;
    const held = await Promise.all(
      system.crowd(HESITANT).map(async (hesitant) => {
        const order = await hesitant.hold((await seller.list('At the last minute', 10)).id);
        return { hesitant, order };
      }),
    );
    await system.bank.arm({
      kind: 'slow',
      delayMs: SLOW_MS,
      when: 'before',
      path: '/v1/payment_intents',
      times: HESITANT / 2,
    });
    await system.bank.arm({
      kind: 'slow',
      delayMs: SLOW_MS,
      when: 'after',
      path: '/v1/payment_intents',
      times: HESITANT / 2,
    });

    await Promise.all(
      held.map(async ({ hesitant, order }, index) => {
        await sleep(Date.parse(order.expiresAt) - Date.now() - earliest + index * step);
        const paid = await hesitant.pay(order.id).catch((error: unknown) => error);
        const outcome = await expectSettled(system, hesitant, order);
        if (paid instanceof Error) expect(paid).toMatchObject({ status: 400 });
        if (outcome === 'cancelled') {
          await rival.hold(order.ticket.id);
          expect(await hesitant.order(order.id)).toMatchObject({ status: 'cancelled', reason: 'expired' });
        }
      }),
    );
    await system.bank.disarm();
  });

  it('no money is left over from any of it', async () => {
    expect(await system.bank.totals()).toMatchObject({ held: 0, refunded: 0 });
  });
});
