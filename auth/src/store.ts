import { aggregate, type Aggregate, type NewEvent, type UserData } from '@ticketing/common';
import mongoose, { model, Schema, Types } from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import type { User } from './domain/user';

export type StoredUser = User & Aggregate;

const userSchema = new Schema<StoredUser>({
  email: { type: String, required: true },
  passwordHash: { type: String, required: true },
});
userSchema.plugin(aggregate);
userSchema.index({ email: 1 }, { unique: true });

export const Users = model('User', userSchema);

export const newId = () => new Types.ObjectId();

export const loadUser = (id: string) => Users.findById(id);

export const readUserByEmail = (email: string) => Users.findOne({ email }, { outbox: 0 }).lean<StoredUser>();

export const toData = (id: string, { email }: User): UserData => ({ id, email });

/** The event that tells an account's whole present public state. */
export const snapshot = (user: StoredUser): NewEvent => ({
  subject: 'user:updated',
  data: toData(user._id.toString(), user),
});

/** How often each key failed; MongoDB drops a count when its window is over. */
const failureSchema = new Schema(
  { key: String, points: Number, expire: Date },
  { collection: 'failures', versionKey: false },
);
failureSchema.index({ key: 1 }, { unique: true });
failureSchema.index({ expire: 1 }, { expireAfterSeconds: 0 });
export const Failures = model('Failure', failureSchema);

/** Counts by key in MongoDB, so that every replica counts the same. */
export const limiter = (keyPrefix: string, points: number, duration: number) =>
  new RateLimiterMongo({
    storeClient: mongoose.connection,
    tableName: Failures.collection.name,
    keyPrefix,
    points,
    duration,
    disableIndexesCreation: true,
  });
