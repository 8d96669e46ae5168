import { Users } from './store';

/** What is read of accounts. */

export const readEmail = async (userId: string) =>
  (await Users.findById(userId, { email: 1 }).lean())?.email ?? undefined;

/** The address of an account if it is known to be its owner's. */
export async function readConfirmedEmail(userId: string): Promise<string | undefined> {
  const user = await Users.findById(userId, { email: 1, confirmedAt: 1 }).lean();
  return user?.confirmedAt ? (user.email ?? undefined) : undefined;
}
