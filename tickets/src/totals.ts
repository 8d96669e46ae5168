import { Batcher, toMajor, type TicketTotals } from '@ticketing/common';
import { Tickets } from './store';

type Standing = keyof TicketTotals;

/** Totals of more listings than this are cached for a while (in milliseconds): computing them may take long. */
const [MANY, KEPT] = [10_000, 30_000];
/** Concurrent reads, each shared by everyone waiting. */
const AT_ONCE = 4;

/** A seller's listings by status, without refunded ones: count and sum of prices, computed by the database. */
export async function readTotalsOf(userId: string, now: Date): Promise<TicketTotals> {
  const isPast = {
    $and: [{ $eq: ['$status', 'available'] }, { $gt: ['$startsAt', null] }, { $lte: ['$startsAt', now] }],
  };
  const counted = await Tickets.aggregate<{ _id: Standing; count: number; sum: number }>([
    { $match: { userId, isVoid: { $ne: true } } },
    { $group: { _id: { $cond: [isPast, 'past', '$status'] }, count: { $sum: 1 }, sum: { $sum: '$price' } } },
  ]);
  const totalOf = (standing: Standing) => {
    const { count = 0, sum = 0 } = counted.find(({ _id }) => _id === standing) ?? {};
    return { count, sum: toMajor(sum) };
  };
  return {
    available: totalOf('available'),
    held: totalOf('held'),
    sold: totalOf('sold'),
    withdrawn: totalOf('withdrawn'),
    past: totalOf('past'),
  };
}

const batches = new Batcher<{ userId: string; now: Date }, TicketTotals>((wanted) => {
  const read = new Map<string, Promise<TicketTotals>>();
  return Promise.all(
    wanted.map(({ userId, now }) => {
      const totals = read.get(userId) ?? readTotalsOf(userId, now);
      read.set(userId, totals);
      return totals;
    }),
  );
}, AT_ONCE);

const kept = new Map<string, TicketTotals>();

/** The same, with one read for concurrent requests: nobody can keep the database busy with their own. */
export async function sharedTotalsOf(userId: string, now: Date, many = MANY): Promise<TicketTotals> {
  const known = kept.get(userId);
  if (known) return known;
  const totals = await batches.add({ userId, now });
  if (Object.values(totals).reduce((sum, { count }) => sum + count, 0) > many) {
    kept.set(userId, totals);
    setTimeout(() => kept.delete(userId), KEPT).unref();
  }
  return totals;
}
