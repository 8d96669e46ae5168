import type { LeaverData } from '@ticketing/common';
import { model, Schema, trusted, type Types } from 'mongoose';

/** A copy of an account: since when its address is known to be its owner's, since when it is frozen, and whether they leave. */
export interface StoredUser {
  confirmedAt: Date | null;
  frozenAt?: Date | null;
  leaving?: Omit<LeaverData, 'id'> | null;
  version: number;
}

const userSchema = new Schema<StoredUser>(
  { confirmedAt: Date, frozenAt: Date, leaving: Schema.Types.Mixed, version: Number },
  { versionKey: false },
);
userSchema.index({ frozenAt: 1 }, { partialFilterExpression: { frozenAt: { $type: 'date' } } });
export const Users = model('User', userSchema);

export const isConfirmed = async (userId: string): Promise<boolean> =>
  Boolean((await Users.findById(userId, { confirmedAt: 1 }).lean())?.confirmedAt);

/** Which of these accounts are to be deleted, as far as is known. */
export async function readLeavers(ids: string[]): Promise<LeaverData[]> {
  const found = await Users.find({ _id: trusted({ $in: ids }) })
    .readConcern('majority')
    .lean<(StoredUser & { _id: Types.ObjectId })[]>();
  return found.flatMap(({ _id, leaving }) => (leaving ? { id: _id.toString(), ...leaving } : []));
}
