import { Batcher, toMajor, type TicketTotals } from '@ticketing/common';
import { Tickets } from './store';

type Standing = keyof TicketTotals;

/** How many of a seller's listings are read, the newest: there may be any number, and most are of no interest any more. */
const MOST = 10_000;
/** Reads at once, each for all who wait. */
const AT_ONCE = 4;

/** A seller's listings by status, without refunded ones: count and sum of prices, computed by the database. */
export async function readTotalsOf(userId: string, now: Date, most = MOST): Promise<TicketTotals> {
  const isPast = {
    $and: [{ $eq: ['$status', 'available'] }, { $gt: ['$startsAt', null] }, { $lte: ['$startsAt', now] }],
  };
  const counted = await Tickets.aggregate<{ _id: Standing; count: number; sum: number }>([
    { $match: { userId } },
    { $sort: { _id: -1 } },
    { $limit: most },
    { $match: { isVoid: { $ne: true } } },
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

/** The same, one read for all who ask at once: nobody can keep the database busy with their own. */
export const sharedTotalsOf = (userId: string, now: Date): Promise<TicketTotals> => batches.add({ userId, now });
