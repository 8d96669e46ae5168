import fc from 'fast-check';
import mongoose from 'mongoose';
import { TICKET_SORTS, type OrderStatus } from '@ticketing/common';
import { aTicket, newId, until } from '@ticketing/common/testing';
import { snapshot } from './bodies';
import * as store from './store';
import { aCaller, anOrder, noDetails, startTickets, type OrderEvent } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());

const cause = { trace: 'test' };
const seller = aCaller().id;
const concert = { title: 'Concert', price: 2_050, ...noDetails };
const dearer = { ...concert, title: 'Dearer', price: 3_000 };
const load = (id: string) => store.Tickets.findById(id).lean();
const listed = async () => (await tickets.operations.list(seller, concert, cause)).id;

/** A ticket's whole history: two orders that are released, and one that buys it. */
function story(ticketId: string): OrderEvent[] {
  const steps: OrderStatus[][] = [
    ['created', 'cancelled'],
    ['created', 'cancelled'],
    ['created', 'complete'],
  ];
  return steps.flatMap((states, index) => {
    const id = newId();
    return states.map((status, version) => anOrder(ticketId, index + 1, version, status, id));
  });
}

describe('a ticket follows its orders', () => {
  test('to the newest event, in any order, with duplicates and in any batches', async () => {
    const indexes = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], { minLength: 12 });
    await fc.assert(
      fc.asyncProperty(indexes, fc.integer({ min: 1, max: 12 }), async (order, size) => {
        const id = await listed();
        const events = story(id);
        const shuffled = order.flatMap((index) => events[index] ?? []);
        for (let from = 0; from < shuffled.length; from += size)
          await tickets.operations.follow(shuffled.slice(from, from + size));
        expect(await load(id)).toMatchObject({
          status: 'sold',
          orderId: events.at(-1)?.data.id,
          followed: { seq: 3, version: 1 },
        });
      }),
      { numRuns: 30 },
    );
  });

  test('and publishes each state once, in consecutive versions', async () => {
    const id = await listed();
    for (const event of story(id)) await tickets.deliver(event, event);
    await until(() => tickets.heardOf(id).length === 7);
    expect(tickets.heardOf(id).map(({ version, data: { status, seq } }) => `${version} ${status} ${seq}`)).toEqual([
      '0 available 0',
      '1 held 1',
      '2 available 1',
      '3 held 2',
      '4 available 2',
      '5 held 3',
      '6 sold 3',
    ]);
  });

  test('for many tickets in one batch', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, listed));
    await tickets.operations.follow(ids.flatMap(story));
    for (const id of ids) expect(await load(id)).toMatchObject({ status: 'sold', version: 1 });
  });

  test('while two processes and its seller change it concurrently', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await listed();
      const events = story(id);
      await Promise.allSettled([
        tickets.operations.follow(events.slice(0, 4)),
        tickets.operations.follow(events.slice(2)),
        tickets.operations.edit(id, seller, dearer, cause),
      ]);
      expect(await load(id)).toMatchObject({
        status: 'sold',
        orderId: events.at(-1)?.data.id,
        followed: { seq: 3, version: 1 },
      });
    }
  });

  test('an unknown one fails, so that the event is kept, and affects no other', async () => {
    const id = await listed();
    const stray = anOrder(newId(), 1, 0, 'created');
    await expect(tickets.operations.follow([anOrder(id, 1, 0, 'created'), stray])).rejects.toThrow(
      `An order holds ticket ${stray.data.ticket.id}, which is not there`,
    );
    expect(await load(id)).toMatchObject({ status: 'available', version: 0 });
  });
});

describe('what tickets publishes about a held listing', () => {
  const heldTold = (id: string) => until(() => tickets.heardOf(id).find(({ data }) => data.status === 'held'));

  test('is its number of edits, and no edit follows', async () => {
    const id = await listed();
    await tickets.operations.edit(id, seller, dearer, cause);
    await tickets.operations.edit(id, seller, concert, cause);
    await tickets.deliver(anOrder(id, 1, 0, 'created'));
    await expect(tickets.operations.edit(id, seller, dearer, cause)).rejects.toThrow(
      expect.objectContaining({ code: 'listing-held' }),
    );
    expect((await heldTold(id)).data).toMatchObject({ edition: 2, seq: 1, withdrawing: false });
  });

  test('is that it was withdrawn earlier', async () => {
    const id = await listed();
    await tickets.operations.withdraw(id, seller, cause);
    await tickets.deliver(anOrder(id, 1, 0, 'created'));
    expect((await heldTold(id)).data).toMatchObject({ withdrawing: true, seq: 1 });
  });

  test('is published again when the order is', async () => {
    const id = await listed();
    const order = newId();
    await tickets.deliver(anOrder(id, 1, 0, 'created', order), anOrder(id, 1, 1, 'created', order));
    await until(() => tickets.heardOf(id).length === 3);
    expect(tickets.heardOf(id).map(({ data }) => data.status)).toEqual(['available', 'held', 'held']);
  });

  test('stays sold when the money is refunded', async () => {
    const id = await listed();
    const order = newId();
    await tickets.deliver(anOrder(id, 1, 2, 'complete', order), anOrder(id, 1, 3, 'refunded', order));
    expect(await load(id)).toMatchObject({ status: 'sold', orderId: order, sellsUntil: null });
  });

  test('of concurrent edits and holds, each edit is either published or refused', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await listed();
      const edits = await Promise.allSettled([
        tickets.operations.edit(id, seller, dearer, cause),
        tickets.deliver(anOrder(id, 1, 0, 'created')),
        tickets.operations.edit(id, seller, { ...concert, price: 4_000 }, cause),
      ]);
      const made = [edits[0], edits[2]].filter(({ status }) => status === 'fulfilled').length;
      expect(await load(id)).toMatchObject({ status: 'held', edition: made });
    }
  });
});

describe('a hold that races a withdrawal', () => {
  test('wins; the listing is withdrawn once the hold is released', async () => {
    const id = await listed();
    const [created, cancelled] = story(id);
    await tickets.operations.withdraw(id, seller, cause);
    if (created) await tickets.deliver(created);
    expect(await load(id)).toMatchObject({ status: 'held', orderId: created?.data.id });
    if (cancelled) await tickets.deliver(cancelled);
    expect(await load(id)).toMatchObject({ status: 'withdrawn', orderId: null });
  });

  test('at the same moment ends as held, whichever came first', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await listed();
      const order = newId();
      const [, withdrawal] = await Promise.allSettled([
        tickets.deliver(anOrder(id, 1, 0, 'created', order)),
        tickets.operations.withdraw(id, seller, cause),
      ]);
      expect(await load(id)).toMatchObject({ status: 'held', orderId: order });
      await tickets.deliver(anOrder(id, 1, 1, 'cancelled', order));
      expect((await load(id))?.status).toBe(withdrawal.status === 'fulfilled' ? 'withdrawn' : 'available');
    }
  });
});

describe('the store', () => {
  test('has a snapshot event for every state', async () => {
    const id = await listed();
    const ticket = await store.Tickets.findById(id).lean<store.StoredTicket>();
    const data = aTicket({ id, title: 'Concert', price: 2_050, userId: seller });
    expect(snapshot(ticket!)).toEqual([{ subject: 'ticket:updated', data }]);
    const subjectsOf = (withdrawnFor?: string) =>
      snapshot({ ...ticket!, status: 'withdrawn', withdrawnFor }).map(({ subject }) => subject);
    expect(subjectsOf('It is a copy.')).toEqual(['ticket:updated', 'ticket:withdrawn']);
    for (const other of [undefined, 'account-frozen']) expect(subjectsOf(other)).toEqual(['ticket:updated']);
  });

  test('uses indexes only', async () => {
    const { db } = mongoose.connection;
    await db?.command({ profile: 2 });
    const id = await listed();
    for (const sort of TICKET_SORTS) {
      const search = { sort, limit: 20 };
      await tickets.operations.browse(search);
      await tickets.operations.browse({ ...search, after: { value: 1, id } });
    }
    await tickets.operations.retireBegun();
    await tickets.operations.listingsOf(seller, { limit: 20, after: { value: 0, id } });
    await tickets.operations.totalsOf(seller);
    await tickets.operations.count();
    await tickets.operations.show(id);
    await tickets.operations.edit(id, seller, dearer, cause);
    await tickets.operations.follow(story(id));
    const profile = db?.collection('system.profile');
    await until(() => profile?.findOne({ planSummary: /occurredAt/ }));
    await db?.command({ profile: 0 });
    const plans = (await profile?.find({ ns: /tickets/, planSummary: { $exists: true } }).toArray()) ?? [];
    const used = [...new Set(plans.map(({ planSummary }) => String(planSummary)))];
    for (const index of ['status', 'facets', 'userId', 'outbox']) expect(used.join()).toContain(index);
    expect(used.filter((plan) => plan.includes('COLLSCAN'))).toEqual([]);
    expect(plans.filter(({ hasSortStage }) => hasSortStage)).toEqual([]);
  });
});
