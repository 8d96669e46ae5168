import { setTimeout as delay } from 'node:timers/promises';
import mongoose, { type IndexDefinition, type IndexOptions, type mongo } from 'mongoose';
import type { Aggregate } from './aggregate';
import type { Logger } from './logger';

/** A mongoose model of any document, as far as common code uses it. */
export interface Stored {
  readonly collection: mongoose.Collection;
  readonly schema: { indexes(): [IndexDefinition, IndexOptions][] };
}

/** The driver's collection: no casting or hooks, for documents already in their stored form. */
export const collectionOf = (model: Stored) => model.collection as unknown as mongo.Collection<Aggregate>;

/**
 * Connects mongoose with the options every service relies on: no query operators from user input, acknowledged writes
 * are on disk, and calls time out. Mongoose's own buffering is off: a call queued while the server was down behaves
 * differently afterwards and may never be answered.
 */
export async function connectMongo(uri: string, name: string) {
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    appName: name,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    // The address of a deleted pod silently drops packets: by default a connection hangs there for 30 s.
    connectTimeoutMS: 5_000,
    serverSelectionTimeoutMS: 5_000,
    // Without it the driver waits forever for a command sent just as its connection ends.
    timeoutMS: 10_000,
    writeConcern: { w: 'majority', journal: true },
  });
}

/** Builds the missing indexes of a model's schema, however long that takes. */
export async function buildIndexes(model: Stored) {
  const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }) as mongo.IndexDescription);
  if (indexes.length > 0) await collectionOf(model).createIndexes(indexes, { timeoutMS: 0 });
}

/**
 * Connects a service to its database, and prepares it: indexes, and whatever `then` does. Retries until it succeeds.
 * Without an address there is nothing to do.
 */
export async function openMongo(
  uri: string | undefined,
  name: string,
  models: Stored[],
  log: Logger,
  then: () => Promise<void>,
) {
  if (!uri) return;
  for (;;) {
    try {
      await connectMongo(uri, name);
      for (const model of models) await buildIndexes(model);
      return await then();
    } catch (error) {
      log.warn({ err: error }, 'MongoDB is not available yet, retrying');
      await delay(1_000);
    }
  }
}

/**
 * For reads that decide about money or are published: returns only durable data. A primary that was cut off does not
 * know it yet, and an ordinary read would still return writes that will be rolled back.
 */
export const lasting = { readConcern: 'majority' } as const;

/**
 * Waits until a majority has a document as it was read, before anyone relies on it: a no-op write waits for
 * earlier writes, and fails if the primary has lost its majority.
 */
export async function untilLasting(model: Stored, { _id, version }: Pick<Aggregate, '_id' | 'version'>) {
  await collectionOf(model).updateOne({ _id, version }, { $set: { version } });
}

/** For a cursor: the time limit applies to each batch, not to the whole iteration. */
export const byBatch = { timeoutMode: 'iteration' } as const;
