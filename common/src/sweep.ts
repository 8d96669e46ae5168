import type { Types } from 'mongoose';
import { UNSENT } from './aggregate';
import type { Event } from './contract';
import { byBatch, collectionOf, lasting, type Stored } from './mongo';
import { batchesOf } from './tasks';

/** Maximum batch of a sweep: this many entries each, of this many documents. */
const AT_ONCE = { entries: 10, documents: 100 };

/** Entries of one document's outbox that NATS has acknowledged. */
export interface Acknowledged {
  _id: Types.ObjectId;
  ids: string[];
}

/**
 * Publishes what is left in a collection's outboxes, oldest first, and only what a majority of the replica set has:
 * writes of a disconnected primary may be rolled back. Uses little memory, however much there is.
 * @param before skips documents whose entries are all newer, in ISO 8601
 * @param publish resolves with whether NATS has acknowledged the event; rejects to end the sweep
 */
export async function sweep(model: Stored, before: string, publish: (event: Event) => Promise<boolean>) {
  for (let more = true; more;) {
    more = false;
    const cursor = collectionOf(model).find(
      { ...UNSENT, 'outbox.occurredAt': { $lt: before } },
      {
        projection: { outbox: { $slice: ['$outbox', AT_ONCE.entries] } },
        batchSize: AT_ONCE.documents,
        ...lasting,
        ...byBatch,
      },
    );
    for await (const batch of batchesOf(cursor)) {
      const acknowledged = await Promise.all(
        batch.map(async ({ _id, outbox }) => {
          const sent = await Promise.all(outbox.map(publish));
          const ids = outbox.flatMap(({ id }, index) => (sent[index] ? id : []));
          more ||= ids.length === AT_ONCE.entries;
          return { _id, ids };
        }),
      );
      await pull(model, acknowledged);
    }
  }
}

/**
 * Removes acknowledged entries from their outboxes.
 * @param writeConcern default: majority, so that the next sweep does not find them again
 */
export async function pull(model: Stored, entries: Acknowledged[], writeConcern?: { w: 1; journal: false }) {
  const writes = entries
    .filter(({ ids }) => ids.length > 0)
    .map(({ _id, ids }) => ({
      updateOne: { filter: { _id }, update: { $pull: { outbox: { id: { $in: ids } } } as never } },
    }));
  if (writes.length > 0)
    await collectionOf(model).bulkWrite(writes, { ordered: false, ...(writeConcern && { writeConcern }) });
}
