import { lasting, type LeaverData } from '@ticketing/common';
import type { Seller } from './domain/seller';
import { newId, Users } from './store';

/** Queries about accounts. */

export const isConfirmed = async (userId: string): Promise<boolean> =>
  Boolean((await Users.findById(userId, { confirmedAt: 1 }).lean())?.confirmedAt);

/** Which of these accounts will be deleted, by a majority read. */
export async function readLeavers(ids: string[]): Promise<LeaverData[]> {
  const found = await Users.collection
    .find<Seller & { _id: ReturnType<typeof newId> }>({ _id: { $in: ids.map((id) => newId(id)) } }, lasting)
    .toArray();
  return found.flatMap(({ _id, leaving }) => (leaving ? { id: _id.toString(), ...leaving } : []));
}

const isFrozen = { frozenAt: { $type: 'date' as const } };
const idsOf = (found: { _id: unknown }[]) => found.map(({ _id }) => String(_id));

/** Records when the freeze of accounts was heard, and returns those that are frozen, by a majority read. */
export async function hearFrozen(ids: string[], at: Date): Promise<string[]> {
  const filter = { _id: { $in: ids.map((id) => newId(id)) }, ...isFrozen };
  await Users.collection.updateMany(filter, { $set: { frozenHeardAt: at } });
  return idsOf(await Users.collection.find(filter, lasting).toArray());
}

/** Frozen accounts whose freeze was heard after a time. */
export const findFrozen = async (after: Date): Promise<string[]> =>
  idsOf(await Users.collection.find({ frozenHeardAt: { $gt: after }, ...isFrozen }).toArray());
