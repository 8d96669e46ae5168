import mongoose, { model, Schema } from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';

/** How often something was done under a key. */
export interface Count {
  key: string;
  points: number;
  /** When its window is over: MongoDB drops it then. */
  expire: Date;
}

/** Counts what is limited in a collection of the service's MongoDB, so that every replica counts the same. */
export function countsIn(collection: string) {
  const schema = new Schema<Count>({ key: String, points: Number, expire: Date }, { collection, versionKey: false });
  schema.index({ key: 1 }, { unique: true });
  schema.index({ expire: 1 }, { expireAfterSeconds: 0 });
  return {
    Counts: model<Count>(`Count of ${collection}`, schema),
    /**
     * A limit; its prefix keeps its keys apart from those of others.
     * @param points that are taken of one key
     * @param duration of the window in which they are, in seconds
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
