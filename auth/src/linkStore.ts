import { model, Schema } from 'mongoose';

/** A link sent by email; an account has one of each kind per address. */
export interface StoredLink {
  userId: string;
  kind: string;
  /** SHA-256 of its secret. */
  hash: string;
  /** The address it was sent to. */
  email: string;
  expiresAt: Date;
}

const linkSchema = new Schema<StoredLink>(
  { userId: String, kind: String, hash: String, email: String, expiresAt: Date },
  { versionKey: false, autoIndex: false },
);
linkSchema.index({ userId: 1, kind: 1, email: 1 }, { unique: true });
linkSchema.index({ hash: 1 }, { unique: true });
linkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const Links = model('Link', linkSchema);
