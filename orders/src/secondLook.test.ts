import { anEvent, aPayment, until } from '@ticketing/common/testing';
import * as store from './store';
import { aCaller, aListing, startOrders } from './testing';

let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());
beforeEach(() => orders.standStill());
afterEach(() => orders.skew(0));

const cause = { trace: 'test' };
const load = (id: string) => store.Orders.findById(id).orFail().lean<store.StoredOrder>();
const heard = (id: string, count: number) => until(() => orders.heardOf(id).length === count);
const sent = (id: string) => until(async () => (await load(id)).outbox.length === 0);
/** Lets that many seconds pass since the test began, and checks again. */
const later = async (seconds: number) => {
  orders.skew(seconds * 1_000);
  await orders.lookAgain();
};

async function held() {
  const listing = aListing();
  await orders.deliver(listing);
  const buyer = aCaller().id;
  const { id } = await orders.operations.place({ buyer, ticketId: listing.data.id, network: 'test' }, cause);
  await heard(id, 1);
  await sent(id);
  return { id, buyer };
}

test('a change after an answer is checked again', async () => {
  const { id, buyer } = await held();
  await orders.follow(id);
  await later(11);
  expect(await load(id)).toMatchObject({ version: 0 });
  await orders.operations.cancel(id, buyer, cause);
  await heard(id, 2);
  await sent(id);
  await later(22);
  await heard(id, 3);
  expect(orders.heardOf(id)).toEqual(['order:created', 'order:cancelled', 'order:cancelled']);
});

test('an order that waits for nobody is published once more if it is still unpaid after a third of its window', async () => {
  const [{ id }, other] = [await held(), await held()];
  for (const one of [id, other.id]) await orders.follow(one);
  for (const seconds of [11, 30, 299]) await later(seconds);
  await orders.operations.cancel(other.id, other.buyer, cause);
  await orders.follow(other.id, { status: 'available', orderId: null });
  for (const seconds of [310, 320, 600, 899]) {
    await later(seconds);
    await sent(id);
  }
  await heard(id, 2);
  expect(orders.heardOf(id)).toEqual(['order:created', 'order:created']);
  expect(await load(id)).toMatchObject({ status: 'created', version: 1 });
  expect(orders.heardOf(other.id)).toEqual(['order:created', 'order:cancelled']);
  expect(await load(other.id)).not.toHaveProperty('checkAt');
});

test('an order that waits for long is published every ten minutes', async () => {
  const { id } = await held();
  await later(3 * 3_600);
  await heard(id, 2);
  await sent(id);
  await later(3 * 3_600 + 599);
  expect((await load(id)).version).toBe(1);
  await later(3 * 3_600 + 600);
  await heard(id, 3);
});

test('an order that changed after it was found is still checked', async () => {
  const { id } = await held();
  const order = await load(id);
  await store.settle([order], new Date((order.checkAt?.getTime() ?? 0) - 1));
  expect(await load(id)).toHaveProperty('checkAt', order.checkAt);
  await store.settle([order], order.checkAt ?? new Date());
  expect(await load(id)).not.toHaveProperty('checkAt');
});

test('while NATS is down nothing is added to the outbox', async () => {
  const { id } = await held();
  await store.Orders.updateOne({ _id: id }, { $push: { outbox: { id: 'an event that is not sent yet' } } });
  await later(11);
  const { outbox, version } = await load(id);
  expect([outbox.length, version]).toEqual([1, 1]);
});

test('money recorded while its listing is being confirmed does not wait forever', async () => {
  const { id } = await held();
  const { collection } = store.Tickets;
  const find = collection.find.bind(collection);
  const reading = jest.spyOn(collection, 'find').mockImplementationOnce(((filter: object) => ({
    async toArray() {
      const found = await find(filter).toArray();
      await orders.follow(id);
      return found;
    },
  })) as never);
  await orders.deliver(anEvent('payment:authorized', 0, aPayment(id)));
  expect(reading).toHaveBeenCalled();
  expect(await load(id)).toMatchObject({ status: 'awaiting:payment' });
});
