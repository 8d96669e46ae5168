import {
  audited,
  Refusal,
  type Event,
  type OrderBody,
  type OrderData,
  type StoryEntry,
  type TicketData,
} from '@ticketing/common';
import {
  aHold,
  anEvent,
  aPayment,
  aTicket,
  cookieOf,
  deskCookieOf,
  newId,
  quiet,
  until,
} from '@ticketing/common/testing';
import request from 'supertest';
import type { Entry } from './domain/journal';
import { findEntries, Journal } from './journalStore';
import { Orders, Tickets } from './store';
import { printStory, readStory, toLines } from './story';
import { aListing, aSale, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => (orders = await startOrders()));
afterAll(() => orders.stop());

const [buyer, seller] = [newId(), newId()];
const cause = { trace: 'test' };

/** Gives events distinct times, in this order. */
const timed = (...events: Event[]) =>
  events.map((event, index) => ({ ...event, occurredAt: new Date(Date.UTC(2027, 0, 1, 10, 0, index)).toISOString() }));

/** An order in the database, and its events up to its completion. */
async function aPurchase() {
  const listing = aTicket({ userId: seller, price: 2_050 });
  const { id: ticketId } = listing;
  await orders.deliver(anEvent('ticket:created', 0, listing));
  const { id } = await orders.operations.place({ buyer, ticketId, network: 'test' }, cause);
  await Journal.deleteMany({});
  const held = aHold({ id, userId: buyer, seq: 1, ticket: (await orders.operations.show(id, buyer)) as never });
  const order: OrderData = { ...held, ticket: { ...held.ticket, id: ticketId, userId: seller, price: 2_050 } };
  const at = (changes: Partial<OrderData>): OrderData => ({ ...order, ...changes });
  const ticketAt = (changes: Partial<TicketData>) => ({ ...listing, ...changes });
  const payment = aPayment(id);
  const events = timed(
    anEvent('ticket:created', 0, listing),
    { ...anEvent('order:created', 0, order), by: buyer },
    { ...anEvent('ticket:updated', 1, ticketAt({ status: 'held', orderId: id, seq: 1 })), by: buyer },
    { ...anEvent('payment:authorized', 1, payment), by: buyer },
    anEvent('order:awaiting-payment', 1, at({ status: 'awaiting:payment' })),
    anEvent('payment:created', 2, payment),
    anEvent('order:completed', 2, at({ status: 'complete', completedAt: '2027-01-01T10:00:06.000Z' })),
    anEvent('ticket:updated', 2, ticketAt({ status: 'sold', orderId: id, seq: 1 })),
    anEvent(
      'message:sent',
      1,
      {
        ...{ id: `${id}/bought/${buyer}`, kind: 'bought', about: id, to: buyer },
        ...{ sentAt: null, parkedAt: '2027-01-01T10:00:08.000Z', problem: '550 <bob@example.com> unknown' },
      },
      newId(),
    ),
    anEvent('payout:paid', 3, {
      ...{ id: payment.id, orderId: id, userId: seller, title: 'Concert', amount: 1_900, settled: 48, reason: null },
      at: '2027-01-01T10:00:09.000Z',
    }),
  );
  return { id, ticketId, listing, events, order: at };
}

const hear = (events: Event[]) => orders.deliver(...events);
const told = (story: StoryEntry[]) => story.map(({ subject, version }) => `${subject}@${version}`);
const shuffled = <T>(items: T[]): T[] => items.map((_, index) => items[(index * 7) % items.length]!);

test('has every event in order, with its time, trace and caller, and what it changed', async () => {
  const { id, events } = await aPurchase();
  await hear(shuffled(events));
  const story = await readStory(id);
  expect(told(story)).toEqual(events.map(({ subject, version }) => `${subject}@${version}`));
  expect(story.map(({ at, trace, by }) => [at, trace, by])).toEqual(
    events.map(({ occurredAt, trace, by }) => [occurredAt, trace, by ?? null]),
  );
  expect(story[6]?.facts).toEqual({ status: 'complete', completedAt: '2027-01-01T10:00:06.000Z' });
  expect(story[3]?.facts).toEqual({ amount: 20.5, stripeId: 'pi_1' });
  expect(story[9]?.facts).toMatchObject({ amount: 19, settled: 0.48 });
  expect(JSON.stringify(story)).not.toContain('@example.com');
});

test('is the same however often and in whatever order its events arrive', async () => {
  const { id, events } = await aPurchase();
  await hear(events);
  const story = await readStory(id);
  await hear([...events].reverse());
  await Promise.all(shuffled(events).map((event) => hear([event])));
  expect(await readStory(id)).toEqual(story);
  expect(await Journal.countDocuments()).toBe(events.length);
});

test('restatements fill gaps, and give way to the event itself', async () => {
  const { id, events, order } = await aPurchase();
  const [completed] = events.filter(({ subject }) => subject === 'order:completed');
  const restated = { ...completed!, id: newId(), trace: 'restated', republished: true as const };
  await hear([restated]);
  expect(await readStory(id)).toMatchObject([{ subject: 'order:completed', facts: { restated: true } }]);
  await hear([completed!, restated]);
  expect(await readStory(id)).toMatchObject([{ trace: completed!.trace, by: null }]);
  expect((await readStory(id))[0]?.facts.restated).toBeUndefined();
  // A released sale is republished as completed, too.
  const released = order({ status: 'complete', completedAt: completed!.occurredAt, releasedAt: completed!.occurredAt });
  await hear([{ ...anEvent('order:completed', 9, released), republished: true }]);
  expect(await readStory(id)).toHaveLength(1);
});

test("leaves out others' orders of the same ticket", async () => {
  const { id, ticketId, listing, events } = await aPurchase();
  const other = newId();
  await hear(
    timed(
      ...events,
      anEvent('ticket:updated', 8, { ...listing, status: 'available', seq: 1 }),
      anEvent('ticket:updated', 9, { ...listing, status: 'held', orderId: other, seq: 2 }),
      anEvent('ticket:updated', 10, { ...listing, status: 'available', seq: 2 }),
    ),
  );
  const own = (await readStory(id)).filter(({ aggregateId }) => aggregateId === ticketId);
  expect(own.map(({ version }) => version)).toEqual([0, 1, 2, 8]);
});

test('has the decisions about the order', async () => {
  const { id } = await aSale(orders, {});
  const action = { action: 'refund', target: id, reason: 'Seen the photo', trace: 'the request', by: newId() };
  await audited(action, quiet, () => Promise.resolve());
  await Orders.updateOne(
    { _id: id },
    { $set: { history: [{ decision: 'pay', why: 'y', by: 'eve', at: new Date() }] } },
  );
  const { body } = await request(orders.app)
    .get(`/api/orders/support/orders/${id}/story`)
    .set('Cookie', deskCookieOf())
    .expect(200);
  const decisions = (body as StoryEntry[]).filter(({ subject }) => subject.startsWith('support:'));
  expect(decisions).toMatchObject([
    { subject: 'support:refund', trace: 'the request', by: action.by, facts: { reason: 'Seen the photo' } },
    { subject: 'support:decide', facts: { decision: 'pay', name: 'eve' } },
  ]);
});

test('an event that cannot be recorded blocks neither its own handling nor other events', async () => {
  const { id, events } = await aPurchase();
  const listing = aListing({ title: 'Anew' });
  // Too large for a MongoDB document.
  const broken = { ...listing, trace: 'x'.repeat(17 * 1024 * 1024) };
  const [, kept] = await Promise.allSettled([orders.deliver(broken), hear(events), hear([aListing()])]);
  expect(kept.status).toBe('fulfilled');
  expect(await readStory(id)).toHaveLength(events.length);
  await expect(orders.deliver(broken)).rejects.toThrow();
  expect(await Tickets.findById(listing.data.id).lean()).toMatchObject({ title: 'Anew' });
});

test('is read by one index, and no further than its end', async () => {
  const entry = (story: string, at: number): Entry => ({
    ...{ _id: newId(), story, subject: 'order:created', aggregateId: newId(), version: at, trace: 'x' },
    ...{ at: new Date(at), facts: {} },
  });
  const [mine, ...others] = Array.from({ length: 50 }, newId);
  const many = [mine!, `${mine}:0`].flatMap((story) => Array.from({ length: 30 }, (_, at) => entry(story, at)));
  await Journal.insertMany([
    ...many,
    ...others.flatMap((story) => Array.from({ length: 20 }, (_, at) => entry(story, at))),
  ]);
  const stories = [mine!, `${mine}:0`, `${mine}:1`];
  const explain = await findEntries(stories, 40).explain('executionStats');
  const { executionStats, queryPlanner } = explain as {
    executionStats: { totalDocsExamined: number; nReturned: number };
    queryPlanner: { winningPlan: object };
  };
  expect(executionStats).toMatchObject({ nReturned: 40, totalDocsExamined: 40 });
  expect(JSON.stringify(queryPlanner.winningPlan)).toContain('"SORT_MERGE"');
  expect(JSON.stringify(queryPlanner.winningPlan)).not.toMatch(/COLLSCAN|"SORT"/);
  expect((await findEntries(stories, 60).toArray()).map(({ version }) => version)).toEqual(
    Array.from({ length: 60 }, (_, index) => 29 - Math.floor(index / 2)),
  );
});

test('is printed as aligned lines', async () => {
  const { id, events } = await aPurchase();
  await hear(events);
  const lines = toLines(await readStory(id));
  expect(lines).toHaveLength(events.length);
  expect(new Set(lines.map((line) => line.indexOf('@'))).size).toBe(1);
  expect(lines[1]).toMatch(
    new RegExp(`^2027-01-01T10:00:01.000Z +order:created +${id}@0 +${buyer} +\\S+ +.*price=20.5`),
  );
  await expect(printStory(['x'])).rejects.toThrow('Usage');
  await expect(printStory([id, id])).rejects.toThrow('Usage');
});

test('has each action once, even refused ones, and later ones displace none', async () => {
  const { id } = await aSale(orders, {});
  for (let count = 0; count < 120; count++) {
    const action = { action: 'decide-pay', target: id, reason: `${count}`, trace: 'the same', by: newId() };
    const act = () => Promise.reject(new Refusal('claim-not-found'));
    await audited(action, quiet, act).catch(() => undefined);
  }
  const told = (await readStory(id)).filter(({ subject }) => subject.startsWith('support:'));
  expect(told.map(({ facts }) => [facts.reason, facts.refusal])).toEqual(
    Array.from({ length: 120 }, (_, count) => [`${count}`, 'claim-not-found']),
  );
});

test('a request writes nothing to the journal: only its events are recorded', async () => {
  const listing = aTicket({ userId: seller });
  await orders.deliver(anEvent('ticket:created', 0, listing));
  await Journal.deleteMany({});
  const as = { Cookie: cookieOf({ id: buyer, email: 'buyer@test.com' }) };
  const { body } = await request(orders.app).post('/api/orders').set(as).send({ ticketId: listing.id }).expect(201);
  const { id } = body as OrderBody;
  await request(orders.app).get(`/api/orders/${id}`).set(as).expect(200);
  await request(orders.app).delete(`/api/orders/${id}`).set(as).expect(204);
  await until(() => orders.heardOf(id).includes('order:cancelled'));
  expect(await Journal.countDocuments()).toBe(0);
  const sale = await aSale(orders, {}, seller, buyer);
  await Journal.deleteMany({});
  const desk = { Cookie: deskCookieOf() };
  await request(orders.app).get(`/api/orders/support/orders/${sale.id}/story`).set(desk).expect(200);
  await request(orders.app)
    .post(`/api/orders/support/orders/${sale.id}/refund`)
    .set(desk)
    .send({ reason: 'No show' })
    .expect(200);
  await until(() => orders.heardOf(sale.id).includes('order:refunded'));
  expect(await Journal.countDocuments()).toBe(0);
});
