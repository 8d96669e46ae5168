import { countsIn, lasting, type UnsettledBody } from '@ticketing/common';
import { Orders } from './store';

/** Queries for someone's open orders and sales, and erasure once they have left. */

/** Counters of limited actions. */
export const { Counts, limiter } = countsIn('counts');

/** Sold but not released, or refunded but not yet paid back. */
const isUnsettled = [
  { status: 'complete', releasedAt: null },
  { status: 'refunded', isReturned: { $ne: true } },
];
const MOST = 1_000;

/** Each along an index of the person. */
const filtersOf = (userId: string) => ({
  holds: { userId, slot: { $exists: true } },
  purchases: { userId, $or: isUnsettled },
  sales: { 'ticket.userId': userId, completedAt: { $exists: true }, $or: isUnsettled },
});

/** What is open, by majority reads. */
export async function readUnsettled(userId: string): Promise<UnsettledBody> {
  const filters = filtersOf(userId);
  const count = (filter: object) => Orders.collection.countDocuments(filter, { limit: MOST, ...lasting });
  const last = (filter: object) =>
    Orders.collection
      .find(filter, { ...lasting, projection: { releaseAt: 1 }, sort: { releaseAt: -1 }, limit: 1 })
      .next();
  // In the order of an order's life: a hold that is paid for meanwhile is seen as one or the other.
  const holds = await count(filters.holds);
  const [purchases, sales, ...latest] = await Promise.all([
    count(filters.purchases),
    count(filters.sales),
    last(filters.purchases),
    last(filters.sales),
  ]);
  const times = latest.flatMap((order) => (order?.releaseAt as Date | undefined)?.getTime() ?? []);
  return {
    ...{ holds, purchases, sales },
    until: times.length > 0 ? new Date(Math.max(...times)).toISOString() : null,
  };
}

/** Erases the texts of sellers who have left in all orders of these listings. Not published. */
export const eraseDescriptions = async (ticketIds: string[]) =>
  void (await Orders.collection.updateMany(
    { 'ticket.id': { $in: ticketIds } },
    { $set: { 'ticket.description': null } },
  ));

/** Erases the claim texts of someone who has left; their claims are all decided. Not published. */
export async function eraseClaims(userId: string) {
  const isText = { $type: 'string' };
  const erase = (filter: object, field: string) =>
    Orders.collection.updateMany({ ...filter, [field]: isText }, { $set: { [field]: null } });
  await erase({ userId }, 'claim.text');
  await erase({ 'ticket.userId': userId, completedAt: { $exists: true } }, 'claim.answer');
}
