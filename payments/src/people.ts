import { Users, type StoredUser } from './store';

/** What payments knows about people, from auth's events. */

export const readEmail = async (userId: string) =>
  (await Users.findById(userId, { email: 1 }).lean())?.email ?? undefined;

/** Since when an account is frozen; null if it is not. */
export const readFrozenAt = async (userId: string): Promise<Date | null> =>
  (await Users.findById(userId, { frozenAt: 1 }).readConcern('majority').lean<StoredUser>())?.frozenAt ?? null;

/** The address of an account, if confirmed. */
export async function readConfirmedEmail(userId: string): Promise<string | undefined> {
  const user = await Users.findById(userId, { email: 1, confirmedAt: 1 }).lean();
  return user?.confirmedAt ? (user.email ?? undefined) : undefined;
}
