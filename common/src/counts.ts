import mongoose, { model, Schema } from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';

/** A counter for one key. */
export interface Count {
  key: string;
  points: number;
  /** When its window ends: MongoDB then deletes it. */
  expire: Date;
}

/** Rate limit counters in the service's MongoDB, shared by all replicas. */
export function countsIn(collection: string) {
  const schema = new Schema<Count>({ key: String, points: Number, expire: Date }, { collection, versionKey: false });
  schema.index({ key: 1 }, { unique: true });
  schema.index({ expire: 1 }, { expireAfterSeconds: 0 });
  return {
    Counts: model<Count>(`Count of ${collection}`, schema),
    /**
     * A limit; its prefix separates its keys from those of others.
     * @param points allowed per key
     * @param duration of the window, in seconds
     */
    limiter: (keyPrefix: string, points: number, duration: number) =>
      new RateLimiterMongo({
        storeClient: mongoose.connection,
        tableName: collection,
        keyPrefix,
        points,
        duration,
        disableIndexesCreation: true,
      }),
  };
}

export type Limiter = RateLimiterMongo;

/** Counts one use of a key. Returns 0 if it is allowed, otherwise the seconds until it is again. */
export const consume = (limit: Limiter, key: string): Promise<number> =>
  limit.consume(key).then(
    () => 0,
    (state: unknown) => {
      if (state instanceof RateLimiterRes) return Math.max(1, state.msBeforeNext) / 1000;
      throw state;
    },
  );
