import mongoose, { type mongo } from 'mongoose';
import type { EndedData } from './contract';
import { batch } from './listeners';
import { byBatch, collectionOf } from './mongo';
import { SESSION_LIFETIME } from './session';

/** How long an ended session is remembered, in milliseconds: none of its tokens is valid for longer. */
export const KEPT = SESSION_LIFETIME + 3_600_000;
/**
 * A read starts this long before the newest known entry, or before the database's time if its clock was set
 * back: entries written concurrently may become visible out of the order of their times.
 */
const OVERLAP = 5_000;
/** How far a machine's clock may be ahead of the database's, which deletes what is over, in milliseconds. */
const AHEAD = 86_400_000;
/** An entry about sessions that have ended. */
export interface StoredEnd {
  /** The account, and the session if there is a single one. */
  _id: string;
  userId: string;
  sid: string | null;
  generation: number;
  /** When all its tokens have expired. */
  until: Date;
  /** When this database received it, by its own clock. */
  heardAt: Date;
}

const schema = new mongoose.Schema<StoredEnd>(
  { ...{ _id: String, userId: String, sid: String }, ...{ generation: Number, until: Date, heardAt: Date } },
  { collection: 'endedsessions', versionKey: false, autoIndex: false },
);
schema.index({ heardAt: 1 });
schema.index({ until: 1 }, { expireAfterSeconds: 0 });

/** The ended sessions, in each service's own database. */
export const EndedSessions = mongoose.model('EndedSession', schema);
const stored = () => collectionOf(EndedSessions) as unknown as mongo.Collection<StoredEnd>;

/** When all tokens of the ended sessions have expired. */
export const untilOf = ({ endedAt }: EndedData) => new Date(new Date(endedAt).getTime() + KEPT);

/** Stores what has ended, for every replica of this service. Safe to repeat. */
export async function keepEnded(ends: EndedData[]) {
  const alive = ends.filter((end) => untilOf(end).getTime() > Date.now() - AHEAD);
  if (alive.length === 0) return;
  const writes = alive.flatMap((end): mongo.AnyBulkWriteOperation<StoredEnd>[] => {
    const { userId, sid, generation } = end;
    const update = {
      $set: { userId, sid },
      $max: { generation, until: untilOf(end) },
      $currentDate: { heardAt: true as const },
    };
    const upsert = { updateOne: { filter: { _id: sid ? `${userId}/${sid}` : userId }, update, upsert: true } };
    // All of an account's sessions include those ended one by one.
    const within = { $gt: `${userId}/`, $lt: `${userId}0` };
    return sid ? [upsert] : [upsert, { deleteMany: { filter: { _id: within, generation: { $lt: generation } } } }];
  });
  await stored().bulkWrite(writes, { ordered: false });
}

const since = (newest: Date) => ({
  $expr: { $gte: ['$heardAt', { $subtract: [{ $min: [newest, '$$NOW'] }, OVERLAP] }] },
});

/** What the database has received since shortly before the newest known entry. */
export const heardSince = (newest: Date) => stored().find(since(newest), byBatch);

/** The listener to `session:ended`, the same in every service with sessions. */
export const endings = batch<'session:ended'>((events) => keepEnded(events.map(({ data }) => data)));
