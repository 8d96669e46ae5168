import mongoose, { type IndexDefinition, type IndexOptions, type mongo } from 'mongoose';
import type { Aggregate } from './aggregate';

/** A mongoose model of any document, as far as the plumbing uses it. */
export interface Stored {
  readonly collection: mongoose.Collection;
  readonly schema: { indexes(): [IndexDefinition, IndexOptions][] };
}

/** The driver's collection: no casting or hooks, for documents that are already in their stored form. */
export const collectionOf = (model: Stored) => model.collection as unknown as mongo.Collection<Aggregate>;

/**
 * Connects mongoose with what every service relies on: no query operators from outside, writes on disk when
 * answered, and calls that end. Mongoose's own buffer is off: a call that it queued while the server was away is
 * called differently afterwards, and may never be answered.
 */
export async function connectMongo(uri: string, name: string) {
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  await mongoose.connect(uri, {
    appName: name,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    // The address of a pod that is gone swallows what is sent to it: by default a connection hangs there for 30 s.
    connectTimeoutMS: 5_000,
    serverSelectionTimeoutMS: 5_000,
    // Without it the driver waits for ever for a command that it sends in the moment in which its connection ends.
    timeoutMS: 10_000,
    writeConcern: { w: 'majority', journal: true },
  });
}

/** Builds the indexes of a model's schema that are not there yet, however long that takes. */
export async function buildIndexes(model: Stored) {
  const indexes = model.schema.indexes().map(([key, options]) => ({ ...options, key }) as mongo.IndexDescription);
  if (indexes.length > 0) await collectionOf(model).createIndexes(indexes, { timeoutMS: 0 });
}

/**
 * For a read upon which money is moved, or of what is told to others: it gives only what lasts. A primary that was
 * cut off does not know it yet, and still answers an ordinary read with writes that will be rolled back.
 */
export const lasting = { readConcern: 'majority' } as const;

/** For a cursor: its time limit holds for each of its batches, not for all that is done with them. */
export const byBatch = { timeoutMode: 'iteration' } as const;
