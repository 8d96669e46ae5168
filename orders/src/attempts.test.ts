import type { Subject } from '@ticketing/common';
import { anEvent, aPayment, until } from '@ticketing/common/testing';
import * as store from './store';
import { aCaller, aListing, startOrders } from './testing';

/** A payment has attempts, one after another; their events may arrive late and out of order. */
let orders: Awaited<ReturnType<typeof startOrders>>;
beforeAll(async () => {
  orders = await startOrders();
});
afterAll(() => orders.stop());

const load = (id: string) => store.Orders.findById(id).orFail().lean<store.StoredOrder>();
type Told = Subject & `payment:${string}`;
const told = (orderId: string, subject: Told, version: number) => anEvent(subject, version, aPayment(orderId));

async function held({ isConfirmed = true } = {}) {
  const listing = aListing();
  await orders.deliver(listing);
  const buyer = aCaller().id;
  const { id } = await orders.operations.place(
    { buyer, ticketId: listing.data.id, network: 'test' },
    { trace: 'test' },
  );
  if (isConfirmed) await orders.follow(id);
  return id;
}
const hear = (id: string, ...news: [Told, number][]) =>
  orders.deliver(...news.map(([subject, version]) => told(id, subject, version)));

test('the failure of an earlier attempt does not end an order that a later one has won', async () => {
  const id = await held();
  await hear(id, ['payment:authorized', 4], ['payment:failed', 2], ['payment:refunded', 3]);
  expect(await load(id)).toMatchObject({ status: 'awaiting:payment' });
  await hear(id, ['payment:created', 5], ['payment:failed', 2], ['payment:authorized', 1]);
  expect(await load(id)).toMatchObject({ status: 'complete' });
});

test('released money does not let an order win', async () => {
  const id = await held();
  await hear(id, ['payment:failed', 2], ['payment:authorized', 1]);
  expect(await load(id)).toMatchObject({ status: 'created' });
  await hear(id, ['payment:authorized', 4]);
  expect(await load(id)).toMatchObject({ status: 'awaiting:payment' });
});

test('released money does not, even if tickets confirms the listing only afterwards', async () => {
  for (const end of ['payment:failed', 'payment:refunded'] as const) {
    const id = await held({ isConfirmed: false });
    await hear(id, ['payment:authorized', 1], [end, 2]);
    await orders.follow(id);
    expect(await load(id)).toMatchObject({ status: 'created' });
    await hear(id, ['payment:authorized', 4]);
    expect(await load(id)).toMatchObject({ status: 'awaiting:payment' });
  }
});

test('a complete order whose payment failed after all is refunded', async () => {
  const id = await held();
  await hear(id, ['payment:authorized', 1], ['payment:created', 2], ['payment:failed', 3]);
  expect(await load(id)).toMatchObject({ status: 'refunded' });
});

test.each<[string, [Told, number][], [Told, number]]>([
  ['order:awaiting-payment', [['payment:authorized', 1]], ['payment:authorized', 2]],
  [
    'order:completed',
    [
      ['payment:authorized', 1],
      ['payment:created', 2],
    ],
    ['payment:created', 3],
  ],
  [
    'order:cancelled',
    [
      ['payment:authorized', 1],
      ['payment:failed', 2],
    ],
    ['payment:failed', 3],
  ],
  [
    'order:refunded',
    [
      ['payment:authorized', 1],
      ['payment:refunded', 2],
    ],
    ['payment:refunded', 3],
  ],
])(
  'when payments restates something known, orders answers with %s; a duplicate gets no answer',
  async (answer, news, again) => {
    const id = await held();
    await hear(id, ...news, ...news);
    await until(() => orders.heardOf(id).includes(answer as Subject));
    const { version } = await load(id);
    await hear(id, again, again);
    expect((await load(id)).version).toBe(version + 1);
    await until(() => orders.heardOf(id).filter((subject) => subject === answer).length === 2);
  },
);
