import { toMajor, type TicketTotals } from '@ticketing/common';
import { Tickets } from './store';

type Standing = keyof TicketTotals;

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
