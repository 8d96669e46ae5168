import { mongo, Types } from 'mongoose';
import type { DataOf, Subject } from './contract';
import { batch, type Listener } from './listeners';
import { collectionOf, type Stored } from './mongo';

/**
 * A listener that keeps a copy of another service's aggregates. Events that have arrived are written in one bulkWrite,
 * each only if its version is higher than the copy's: duplicates and late events change nothing. A republished event
 * also replaces a copy of the same version, which a database may have lost since.
 * @param select what the copy keeps of an event's data, besides its id and version
 */
export function copy<S extends Subject>(model: Stored, select: (data: DataOf<S>) => object): Listener<S> {
  return batch((events) =>
    write(
      model,
      events.map(({ aggregateId, version, republished, data }) => ({
        filter: { _id: new Types.ObjectId(aggregateId), version: { [republished ? '$lte' : '$lt']: version } },
        update: { $set: { ...select(data), version } },
      })),
    ),
  );
}

interface Write {
  filter: object;
  update: object;
}

const bulkWrite = (model: Stored, writes: Write[], upsert: boolean) =>
  collectionOf(model).bulkWrite(
    writes.map((write) => ({ updateOne: { ...write, upsert } })),
    { ordered: false },
  );

/**
 * An upsert whose version is not higher than the copy's tries to insert and collides on `_id`. So does one that raced
 * another insert, although it may be newer: both are retried as plain updates.
 */
async function write(model: Stored, writes: Write[]) {
  try {
    await bulkWrite(model, writes, true);
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.length === 0 || failures.some(({ code }) => code !== 11000)) throw error;
    const collided = failures.flatMap(({ index }) => writes[index] ?? []);
    await bulkWrite(model, collided, false);
  }
}
