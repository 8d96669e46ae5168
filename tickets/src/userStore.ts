import { lasting, type LeaverData } from '@ticketing/common';
import type { Seller } from './domain/seller';
import { newId, Users } from './store';

/** What is read of accounts. */

export const isConfirmed = async (userId: string): Promise<boolean> =>
  Boolean((await Users.findById(userId, { confirmedAt: 1 }).lean())?.confirmedAt);

/** Which of these accounts are to be deleted, by what a majority has. */
export async function readLeavers(ids: string[]): Promise<LeaverData[]> {
  const found = await Users.collection
    .find<Seller & { _id: ReturnType<typeof newId> }>({ _id: { $in: ids.map((id) => newId(id)) } }, lasting)
    .toArray();
  return found.flatMap(({ _id, leaving }) => (leaving ? { id: _id.toString(), ...leaving } : []));
}

/** Which of these accounts are frozen, by what a majority has. */
export async function readFrozen(ids: string[]): Promise<string[]> {
  const filter = { _id: { $in: ids.map((id) => newId(id)) }, frozenAt: { $type: 'date' as const } };
  const found = await Users.collection.find(filter, lasting).toArray();
  return found.map(({ _id }) => _id.toString());
}
