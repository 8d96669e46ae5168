import { model, Schema, type mongo } from 'mongoose';
import { isDuplicateKey } from './errors';

/** A counter for one key. */
export interface Count {
  key: string;
  points: number;
  /** When its window ends: MongoDB then deletes it. */
  expire: Date;
}

/** What has been counted in a key's current window, and how many milliseconds are left of it. */
export interface Window {
  points: number;
  left: number;
}

const CLOSED: Window = { points: 0, left: 0 };
const shown = { _id: 0, key: 1, points: 1, left: { $subtract: ['$expire', '$$NOW'] } };
const isOpen = { $gt: ['$expire', '$$NOW'] };

/**
 * A limit on the uses of each key within a window of time. The database counts, and its clock alone says when a window
 * ends: replicas agree on both, whatever their own clocks show.
 */
export class Limiter {
  constructor(
    private readonly counts: () => mongo.Collection<Count>,
    private readonly prefix: string,
    readonly points: number,
    private readonly seconds: number,
  ) {}

  getKey = (key: string): string => `${this.prefix}:${key}`;

  /** Adds to what is counted in a key's window, or opens one; a negative number undoes that. */
  async add(key: string, points = 1): Promise<Window> {
    const counted = { $add: [{ $cond: [isOpen, '$points', 0] }, points] };
    const expire = { $cond: [isOpen, '$expire', { $add: ['$$NOW', this.seconds * 1000] }] };
    const change = [{ $set: { points: counted, expire } }];
    const options = { upsert: true, returnDocument: 'after', projection: shown } as const;
    for (;;) {
      try {
        const counts = this.counts();
        return (await counts.findOneAndUpdate({ key: this.getKey(key) }, change, options)) as unknown as Window;
      } catch (error) {
        // Another request has just inserted it.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }
}

/** Rate limit counters in the service's MongoDB, shared by all replicas. */
export function countsIn(collection: string) {
  const schema = new Schema<Count>({ key: String, points: Number, expire: Date }, { collection, versionKey: false });
  schema.index({ key: 1 }, { unique: true });
  schema.index({ expire: 1 }, { expireAfterSeconds: 0 });
  const Counts = model<Count>(`Count of ${collection}`, schema);
  const counts = () => Counts.collection as unknown as mongo.Collection<Count>;
  return {
    Counts,
    /**
     * A limit; its prefix separates its keys from those of others.
     * @param points allowed per key
     * @param duration of the window, in seconds
     */
    limiter: (prefix: string, points: number, duration: number) => new Limiter(counts, prefix, points, duration),

    /** The current windows of keys, in their order; counts nothing. */
    async readWindows(limits: readonly (readonly [Limiter, string])[]): Promise<Window[]> {
      const keys = limits.map(([limit, key]) => limit.getKey(key));
      const found = await counts()
        .find({ key: { $in: keys } }, { projection: shown })
        .toArray();
      const windows = new Map(found.map((each) => [each.key, each as unknown as Window]));
      return keys.map((key) => windows.get(key) ?? CLOSED).map((window) => (window.left > 0 ? window : CLOSED));
    },
  };
}

/** Counts one use of a key. Returns 0 if it is allowed, otherwise the seconds until it is again. */
export async function consume(limit: Limiter, key: string): Promise<number> {
  const { points, left } = await limit.add(key);
  return points <= limit.points ? 0 : Math.max(1, left) / 1000;
}
