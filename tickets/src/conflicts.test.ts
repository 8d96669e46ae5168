import request from 'supertest';
import { cookieOf, refusal } from '@ticketing/common/testing';
import { Tickets } from './store';
import { aCaller, nothingSaid, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets();
});
afterAll(() => tickets.stop());
afterEach(() => jest.restoreAllMocks());

/** Whenever a listing has been loaded to be changed, someone else changes it first. */
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
  const concert = { title: 'Concert', price: 2_050, ...nothingSaid };
  const { id } = await tickets.operations.list(seller.id, concert, { trace: 'test' });
  const path = `/api/tickets/${id}`;
  const cookie = cookieOf(seller);
  alwaysLate();
  const edit = request(tickets.app).put(path).set('Cookie', cookie).send({ title: 'Dearer', price: 30 });
  await edit.expect(409, refusal('conflict'));
  await request(tickets.app).delete(path).set('Cookie', cookie).expect(409, refusal('conflict'));
  expect(await Tickets.findOne({ _id: id }).lean()).toMatchObject({ ...concert, edition: 0, status: 'available' });
});
