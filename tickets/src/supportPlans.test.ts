import { deskCookieOf, newId, profiledDesk } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import { Reports, Tickets } from './store';
import { aCaller, clientOf, concert, event, startTickets } from './testing';

let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => (tickets = await startTickets(undefined, { reviewContacts: true })));
afterAll(() => tickets.stop());

const [COUNT, MANY] = [1_000, 120];
const seller = aCaller();
const { list, http } = clientOf(() => tickets.app, seller);
const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));

/** A market of many listings, some waiting for review, some reported; one seller and one seat have many. */
async function fill() {
  const { id } = (await list({ ...concert, ...event }).expect(201)).body as { id: string };
  const listing = (await Tickets.findById(id).lean())!;
  const another = (at: number, changes: object) => ({
    ...{ ...listing, _id: new mongoose.Types.ObjectId(), uniqueKeys: [], ...changes },
    ...(at % 3 === 0 && { review: { status: at % 6 ? 'waiting' : 'shown', found: ['phone'], since: ago(at % 90) } }),
  });
  const others = times(COUNT, (at) => another(at, { userId: newId(), seat: `${at + 100}` }));
  const mine = times(MANY, (at) => another(at, { userId: seller.id, seat: `${at + 5_000}` }));
  const seated = times(MANY, (at) => another(at, { userId: newId() }));
  await Tickets.collection.insertMany([...others, ...mine, ...seated] as never[]);
  const report = (of: string, at: number, isClosed: boolean) => ({
    ...{ ticketId: of, by: newId(), reason: 'fake', text: null, at: ago(at % 300) },
    ...(isClosed && { closedAt: ago(0) }),
  });
  await Reports.collection.insertMany([
    ...others.map(({ _id }, at) => report(_id.toString(), at, at % 3 > 0)),
    ...times(MANY, (at) => report(id, at, at % 4 > 0)),
  ]);
  return id;
}

test('each page of the desk examines about as much as it shows, however many listings there are', async () => {
  const id = await fill();
  const pages = {
    find: [id, seller.id, newId(), 'Philharmonie, Berlin, A, 7, 12'].map(
      (q) => `find?${new URLSearchParams({ q }).toString()}`,
    ),
    queue: ['queue'],
    'listings/{id}': [`listings/${id}`],
  };
  const { read, wasteful } = await profiledDesk('/api/tickets/support', pages, (path) =>
    http().get(path).set('Cookie', deskCookieOf()).expect(200),
  );
  // Besides what the service reads by itself.
  expect([...read]).toEqual(expect.arrayContaining(['tickets', 'reports', 'deadletters']));
  expect(wasteful).toEqual([]);
});
