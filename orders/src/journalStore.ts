import { collectionOf, isDuplicateKey } from '@ticketing/common';
import { model, mongo, Schema } from 'mongoose';
import type { Entry } from './domain/journal';

const schema = new Schema<Entry>(
  {
    ...{ _id: String, story: String, subject: String, aggregateId: String, version: Number },
    ...{ at: Date, trace: String, by: String, isRestated: Boolean, facts: Schema.Types.Mixed },
  },
  { collection: 'journal', versionKey: false, autoIndex: false, minimize: false },
);
/** A story is read from one index, in order and without a sort. */
schema.index({ story: 1, at: -1 });

/** What happened to orders in any service: entries never change once the event itself has been recorded. */
export const Journal = model('JournalEntry', schema);
const entries = () => collectionOf(Journal) as unknown as mongo.Collection<Entry>;

/** Adds entries in one write; existing ones stay unchanged, unless they were restatements. */
export async function addEntries(added: Entry[]): Promise<void> {
  const known = await insert(added);
  const heard = known.filter(({ isRestated }) => !isRestated);
  if (heard.length === 0) return;
  await entries().bulkWrite(
    heard.map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id, isRestated: true }, replacement },
    })),
    { ordered: false },
  );
}

/** Returns those that already existed. */
async function insert(added: Entry[]): Promise<Entry[]> {
  try {
    await entries().insertMany(added, { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError) || !isDuplicateKey(error)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.some(({ code }) => code !== 11000)) throw error;
    return failures.flatMap(({ index }) => added[index] ?? []);
  }
}

/** The newest entries of some stories, newest first, examining no others. */
export const findEntries = (stories: string[], limit: number): mongo.FindCursor<Entry> =>
  entries().find({ story: { $in: stories } }, { sort: { at: -1 }, limit });
