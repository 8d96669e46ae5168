import mongoose from 'mongoose';
import { buildIndexes, connectMongo, type Stored } from '../mongo';
import { Outbox } from '../outbox';
import { Relay } from '../relay';
import { quiet, startNats, until } from '../testing';
import { canPartition, startReplicaSet } from './replicaSet';

const isPossible = canPartition();
if (!isPossible)
  console.warn('NOT TESTED: a primary that is cut off from its replica set. It needs root and `ip netns`.');

/** A test that cuts off a primary; skipped on machines that do not allow it. */
export const testPartition = isPossible ? test : test.skip;

/** The error a call failed with; 'done' if it did not fail. */
export const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  );

/**
 * An outbox of a service with these models, on a replica set that can be partitioned. `started` collects what has to
 * be stopped, the last one first, even if the rest does not start.
 */
export async function startPartitionable(name: string, models: Stored[], started: (() => Promise<unknown>)[]) {
  const nats = await startNats();
  started.push(nats.stop);
  const set = await startReplicaSet();
  started.push(set.stop, () => mongoose.disconnect());
  await connectMongo(set.uri, 'test');
  for (const model of models) await buildIndexes(model);
  const bus = nats.bus(name);
  bus.start();
  await until(() => bus.ready);
  const relay = new Relay(bus, models, quiet);
  started.push(() => relay.close());
  return { nats, set, outbox: new Outbox(relay) };
}
