import mongoose from 'mongoose';
import type { DeadLetterBody } from './contract';
import { byBatch } from './mongo';

/** Storage for events that could not be handled. */
export interface DeadLetters {
  /** Stores an event's text with its error. The same text is stored once. */
  park(subject: string, text: string, error: unknown): Promise<void>;
  /** Passes each parked event to `handle` and removes it if that resolves. Returns how many did and did not. */
  redrive(handle: (subject: string, text: string) => Promise<void>): Promise<{ done: number; left: number }>;
}

const schema = new mongoose.Schema(
  {
    subject: { type: String, required: true },
    text: { type: String, required: true },
    error: String,
    parkedAt: Date,
  },
  { collection: 'deadletters', versionKey: false },
);
schema.index({ parkedAt: 1 });
/** The events that could not be handled, in each service's own database. */
export const ParkedEvents = mongoose.model('DeadLetter', schema);

/** Deleted accounts: only their ids, kept forever, since an event about them may arrive late. */
const Departed = mongoose.model(
  'Departed',
  new mongoose.Schema({ _id: String }, { collection: 'departed', versionKey: false }),
);

/** Events that name people. */
const NAMING = /^(user:(created|updated)|message:)/;
const ID = /[0-9a-f]{24}/g;

/** Whether an event names a deleted account. */
const namesDeparted = async (subject: string, text: string) =>
  NAMING.test(subject) && (await Departed.exists({ _id: mongoose.trusted({ $in: text.match(ID) ?? [] }) })) !== null;

/** Dead letters in the service's own database, in the collection `deadletters`. */
export const mongoDeadLetters: DeadLetters = {
  async park(subject, text, error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await ParkedEvents.updateOne(
      { subject, text },
      { $set: { error: reason, parkedAt: new Date() } },
      { upsert: true },
    );
    // Checked afterwards: if the account is deleted concurrently, one of the two sees the other's write.
    if (await namesDeparted(subject, text)) await ParkedEvents.deleteOne({ subject, text });
  },
  async redrive(handle) {
    const count = { done: 0, left: 0 };
    for await (const letter of ParkedEvents.find().sort({ parkedAt: 1 }).lean().cursor(byBatch)) {
      try {
        await handle(letter.subject, letter.text);
        await ParkedEvents.deleteOne({ _id: letter._id });
        count.done++;
      } catch {
        count.left++;
      }
    }
    return count;
  },
};

/** A parked event, as received. */
export interface Parked {
  subject: string;
  text: string;
}

const COUNTED = 1_000;

/** How many events are parked, counted up to a thousand. */
export const countParked = () => ParkedEvents.countDocuments({}, { limit: COUNTED });

/** The events parked longest, without their data, which may be private. */
export async function listParked(limit: number): Promise<DeadLetterBody[]> {
  const found = await ParkedEvents.find().sort({ parkedAt: 1 }).limit(limit).lean();
  return found.map(({ _id, subject, text, error, parkedAt }) => ({
    id: _id.toString(),
    subject,
    aggregateId: /"aggregateId":"([0-9a-f]{24})"/.exec(text)?.[1] ?? null,
    problem: (error ?? '').split('\n', 1)[0]!.slice(0, 200),
    parkedAt: (parkedAt ?? _id.getTimestamp()).toISOString(),
  }));
}

export const findParked = (id: string) => ParkedEvents.findById(id).lean<Parked>();

export const unpark = (id: string) => ParkedEvents.deleteOne({ _id: id });

/** Drops parked events of deleted accounts, now and in future: they name people, and are no longer needed. */
export async function dropLettersOf(userIds: string[]) {
  if (userIds.length === 0) return;
  const writes = userIds.map((_id) => ({
    replaceOne: { filter: { _id: _id as never }, replacement: {}, upsert: true },
  }));
  await Departed.collection.bulkWrite(writes, { ordered: false });
  const ofThem = { subject: { $regex: /^(user|message):/ }, text: { $regex: userIds.join('|') } };
  await ParkedEvents.collection.deleteMany(ofThem);
}
