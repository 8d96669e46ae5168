import mongoose from 'mongoose';
import { buildIndexes, connectMongo, isOutage, Outbox, Relay } from '@ticketing/common';
import { canPartition, startReplicaSet } from '@ticketing/common/testing/replicaSet';
import { aHeldTicket, newId, quiet, startNats, until } from '@ticketing/common/testing';
import { createOperations } from './operations';
import * as store from './store';
import { testPasses, testTerms } from './testing';

const possible = canPartition();
if (!possible)
  console.warn('NOT TESTED: a primary that is cut off from its replica set. It needs root and `ip netns`.');
const whereWeMayCut = possible ? test : test.skip;

const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );

whereWeMayCut(
  'an order is not said to be cancelled because of a write that may be undone',
  async () => {
    const nats = await startNats();
    closers.push(nats.stop);
    const set = await startReplicaSet();
    closers.push(set.stop, () => mongoose.disconnect());
    await connectMongo(set.uri, 'test');
    await buildIndexes(store.Orders);
    const bus = nats.bus('orders');
    bus.start();
    await until(() => bus.ready);
    const relay = new Relay(bus, [store.Orders], quiet);
    closers.push(() => relay.close());
    const orders = createOperations(new Outbox(relay), testTerms, testPasses);
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
