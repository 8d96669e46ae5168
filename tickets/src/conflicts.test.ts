import request from 'supertest';
import { cookieOf, refusal } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, anOrder, noDetails, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());
afterEach(() => jest.restoreAllMocks());

/** Whenever a listing is loaded to be changed, someone else changes it first. */
function alwaysLate() {
  const findById = Tickets.findById.bind(Tickets);
  jest.spyOn(Tickets, 'findById').mockImplementation(((id: string) =>
    findById(id).then(async (ticket) => {
      await Tickets.collection.updateOne({ _id: ticket?._id }, { $inc: { version: 1 } });
      return ticket;
    })) as never);
}

test('a request that keeps losing to others is refused, and changes nothing', async () => {
  const seller = aCaller();
  const concert = { title: 'Concert', price: 2_050, ...noDetails };
  const { id } = await tickets.operations.list(seller.id, concert, { trace: 'test' });
  const path = `/api/tickets/${id}`;
  const cookie = cookieOf(seller);
  alwaysLate();
  const edit = request(tickets.app).put(path).set('Cookie', cookie).send({ title: 'Dearer', price: 30 });
  await edit.expect(409, refusal('conflict'));
  await request(tickets.app).delete(path).set('Cookie', cookie).expect(409, refusal('conflict'));
  expect(await Tickets.findOne({ _id: id }).lean()).toMatchObject({ ...concert, edition: 0, status: 'available' });
});

test('while many changes of a listing wait for NATS, requests are refused; what happened to it is still written', async () => {
  const seller = aCaller();
  const listed = await tickets.operations.list(
    seller.id,
    { title: 'Concert', price: 2_050, ...noDetails },
    { trace: 'test' },
  );
  const path = `/api/tickets/${listed.id}`;
  const cookie = cookieOf(seller);
  const { _id } = await Tickets.findById(listed.id).orFail();
  // In the future, so that no sweep takes them.
  const occurredAt = new Date(Date.now() + 3_600_000).toISOString();
  const outbox = Array.from({ length: 50 }, (_, index) => ({ id: `event ${index}`, occurredAt }));
  await Tickets.collection.updateOne({ _id }, { $set: { outbox } });
  const waiting = refusal('changes-waiting');
  await request(tickets.app).put(path).set('Cookie', cookie).send({ title: 'Dearer', price: 30 }).expect(503, waiting);
  await request(tickets.app).delete(path).set('Cookie', cookie).expect(503, waiting);
  await tickets.deliver(anOrder(listed.id, 1, 0, 'created'));
  expect(await Tickets.findById(_id).lean()).toMatchObject({ title: 'Concert', status: 'held' });
});
