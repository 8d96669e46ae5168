import { isOutage } from '@ticketing/common';
import { failureOf, startPartitionable, testPartition } from '@ticketing/common/testing/partition';
import { aHeldTicket, newId, until } from '@ticketing/common/testing';
import { createOperations } from './operations';
import * as store from './store';
import { testPasses, testTerms } from './testing';

const started: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of started.reverse()) await stop();
});

testPartition(
  'an order is not reported as cancelled on the strength of a write that may be rolled back',
  async () => {
    const { set, outbox } = await startPartitionable('orders', [store.Orders], started);
    const orders = createOperations(outbox, testTerms, testPasses);
    const [_id, userId] = [store.newId(), newId()];
    await store.Orders.collection.insertOne({
      _id,
      userId,
      status: 'created',
      reason: null,
      expiresAt: new Date(Date.now() + 900_000),
      seq: 1,
      ticket: aHeldTicket(),
      version: 0,
      outbox: [],
    });
    const cancel = () => orders.cancel(_id.toString(), userId, { trace: 'test', refusable: true });
    const statusNow = async () => (await store.Orders.findById(_id).lean())?.status;

    const cut = await set.primary();
    set.cutOff(cut);
    const first = failureOf(cancel());
    await until(async () => (await statusNow()) === 'cancelled');
    const again = failureOf(cancel());
    expect(isOutage(await first)).toBe(true);
    expect(isOutage(await again)).toBe(true);

    await set.primary(cut);
    await until(async () => (await statusNow().catch(() => undefined)) === 'created', 60_000);
    await until(async () => (await failureOf(cancel())) === 'done', 60_000);
    await cancel();
    expect(await statusNow()).toBe('cancelled');
  },
  180_000,
);
