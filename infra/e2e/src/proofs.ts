import mongoose from 'mongoose';
import { shared } from './config';

/** Longer ago than a proof counts. */
const LONG_AGO_MS = 3_600_000;

/** Lets it be an hour that someone proved who they are, in the shared system: what needs a proof asks for one. */
export async function outlastProofs(email: string): Promise<void> {
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
