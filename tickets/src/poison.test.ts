import { newId } from '@ticketing/common/testing';
import { Chunks, Files, newId as objectId, Tickets } from './store';
import { aCaller, anOrder, startTickets } from './testing';
import { deliveriesOf } from './testing/uploads';
import { aPng } from './testing/files';

/** Documents that cannot be handled are found again and again, before everything due later. */

const DAY = 86_400_000;
/** More than are handled in parallel. */
const MANY = 120;
const all = Array.from({ length: MANY }, (_, at) => at);
let late = 0;
let tickets: Awaited<ReturnType<typeof startTickets>>;
beforeAll(async () => {
  tickets = await startTickets(() => new Date(Date.now() + late));
});
afterAll(() => tickets.stop());
beforeEach(() => void (late = 0));

const { listed, uploaded } = deliveriesOf(() => tickets.app, aCaller());

test('deliveries that cannot be marked missed do not block others', async () => {
  const { id } = await listed();
  await tickets.deliver(anOrder(id, 1, 1, 'complete'));
  const sold = await Tickets.collection.findOne({ _id: objectId(id) });
  // Their events would not parse, so they are not written.
  const broken = { ...sold, price: -1, uniqueKeys: [], outbox: [], deliverBy: new Date(1) };
  await Tickets.collection.insertMany(all.map(() => ({ ...broken, _id: objectId() })));
  late = 1.01 * DAY;
  await expect(tickets.operations.deliveries.miss()).rejects.toThrow();
  expect((await Tickets.findById(id).lean())?.missedAt).toBeInstanceOf(Date);
});

test('files that cannot be checked do not block the deletion of others', async () => {
  const { id } = await listed();
  const upload = await uploaded(id, await aPng(`CODE ${newId()}`));
  const broken = { ticketId: 'none', isDead: false, checkAt: new Date(0) };
  await Files.collection.insertMany(all.map(() => ({ ...broken, _id: objectId() })));
  late = 1.1 * DAY;
  await expect(tickets.operations.deliveries.sweep()).rejects.toThrow();
  expect(await Chunks.countDocuments({ files_id: upload })).toBe(0);
});
