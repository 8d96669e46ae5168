import mongoose from 'mongoose';
import { shared } from './config';

/** Longer ago than a proof of identity is valid. */
const LONG_AGO_MS = 3_600_000;

/** Makes someone's proof of identity an hour old, in the shared system: whatever needs one asks again. */
export async function expireProofs(email: string): Promise<void> {
  const connection = await mongoose.createConnection(shared?.accounts ?? '').asPromise();
  try {
    const user = await connection.collection('users').findOne({ email }, { projection: { _id: 1 } });
    const $set = { proofs: { password: new Date(Date.now() - LONG_AGO_MS) } };
    const { matchedCount } = await connection
      .collection('sessions')
      .updateMany({ userId: String(user?._id) }, { $set });
    if (matchedCount === 0) throw new Error(`${email} has no session`);
  } finally {
    await connection.close();
  }
}
