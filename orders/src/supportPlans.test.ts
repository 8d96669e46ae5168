import { Audit } from '@ticketing/common';
import { deskCookieOf, newId, profiledDesk } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import request from 'supertest';
import { storiesOf } from './domain/journal';
import { Journal } from './journalStore';
import { Orders, Tickets, type StoredOrder } from './store';
import { aSale, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => (orders = await startOrders()));
afterAll(() => orders.stop());

const [COUNT, MANY] = [1_000, 120];
const place = { venue: 'Grande Halle', city: 'Paris', section: 'A', row: '7', seat: '12' };
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

const insert = (model: { collection: { insertMany(documents: never[]): Promise<unknown> } }, documents: object[]) =>
  model.collection.insertMany(documents as never[]);
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));

/** A market of many sales, among them an order whose buyer, seller, seat and story have many as well. */
async function fill() {
  const { id, buyer, seller } = await aSale(orders, place);
  const order = await Orders.findById(id).orFail().lean<StoredOrder>();
  const listing = await Tickets.findById(order.ticket.id).orFail().lean();
  const claim = { reason: 'not-admitted', text: 'Closed', answerBy: ago(0), answer: null };
  const claims = [undefined, 'open', 'answered', 'pay', 'refund'];
  /** Another sale, with a claim in any state; some have old proposals, others have today's. */
  const another = (at: number, changes: object = {}, ticket: object = {}) => ({
    ...order,
    ...{ _id: new mongoose.Types.ObjectId(), userId: newId(), ...changes },
    ticket: { ...order.ticket, id: newId(), userId: newId(), ...ticket },
    ...(claims[at % 5] && { claim: { ...claim, status: claims[at % 5], openedAt: ago(at % 90) } }),
    ...(at % 3 > 0 && { proposal: { at: ago(at % 3 === 1 ? 30 : 0), decision: 'pay', by: newId(), why: '' } }),
  });
  await insert(
    Orders,
    times(COUNT, (at) => another(at)),
  );
  await insert(
    Orders,
    times(MANY, (at) => another(at, { userId: buyer })),
  );
  await insert(
    Orders,
    times(MANY, (at) => another(at, {}, { userId: seller })),
  );
  await insert(
    Orders,
    times(MANY, (at) => another(at, { seq: at + 2 }, { id: order.ticket.id })),
  );
  const seats = times(COUNT, (at) => ({ ...listing, _id: new mongoose.Types.ObjectId(), seat: `${at + 100}` }));
  await insert(Tickets, [...seats, ...times(MANY, () => ({ ...listing, _id: new mongoose.Types.ObjectId() }))]);
  const entry = (story: string, at: number) => ({
    ...{ _id: newId(), story, subject: 'order:created', aggregateId: newId(), version: at, trace: 'x' },
    ...{ at: ago(at), facts: {} },
  });
  const own = storiesOf(id, order).flatMap((story) => times(MANY, (at) => entry(story, at)));
  await insert(Journal, [...times(COUNT, (at) => entry(newId(), at)), ...own]);
  const action = (at: number) => ({
    ...{ _id: at + 1, target: at < MANY ? id : newId(), at: ago(at), action: 'refund', reason: 'Fair', by: newId() },
    ...{ trace: 'x', refusal: null, hash: '' },
  });
  await insert(Audit, times(COUNT, action));
  return { id, ticketId: order.ticket.id, buyer, seller };
}

test('each page of the desk examines about as much as it shows, however many orders there are', async () => {
  const { id, ticketId, buyer, seller } = await fill();
  const pages = {
    find: [id, ticketId, buyer, seller, newId(), 'Grande Halle, Paris, A, 7, 12'].map(
      (q) => `find?${new URLSearchParams({ q }).toString()}`,
    ),
    queue: ['queue'],
    'orders/{id}': [`orders/${id}`],
    'orders/{id}/story': [`orders/${id}/story`],
  };
  const { read, wasteful } = await profiledDesk('/api/orders/support', pages, (path) =>
    request(orders.app).get(path).set('Cookie', deskCookieOf()).expect(200),
  );
  // Besides what the service reads by itself.
  expect([...read]).toEqual(expect.arrayContaining(['orders', 'tickets', 'journal', 'audit', 'deadletters']));
  expect(wasteful).toEqual([]);
});
