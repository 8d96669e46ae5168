import type { PayoutBody } from '@ticketing/common';
import { toPayout } from './bodies';
import { text } from './lookups';
import type { PayoutQuery } from './query';
import { asId, Orders, Payments, readSeller, trusted, type StoredOrder, type StoredPayment } from './store';

/** Sellers' queries: never more than a page, each on an index. */

const TAKEN = ['captured', 'refunded'];
const among = (values: string[]) => trusted({ $in: values });

/** A page of a seller's shares, newest first, and the next cursor. */
export async function listPayouts(sellerId: string, { limit, after, orderIds }: PayoutQuery) {
  const [payments, seller] = await Promise.all([
    Payments.find(
      {
        sellerId: text(sellerId),
        status: among(TAKEN),
        ...(after && { _id: trusted({ $lt: asId(after) }) }),
        ...(orderIds && { orderId: among(orderIds) }),
      },
      { outbox: 0, ledger: 0 },
    )
      .sort({ _id: -1 })
      .limit(limit)
      .lean<StoredPayment[]>(),
    readSeller(sellerId),
  ]);
  const ids = payments.map(({ orderId }) => orderId);
  const orders = await Orders.find({ _id: among(ids) }).lean<StoredOrder[]>();
  const byId = new Map(orders.map((order) => [String(order._id), order]));
  const found: PayoutBody[] = payments.flatMap((payment) => {
    const order = byId.get(payment.orderId);
    return order ? [toPayout(payment, order, seller)] : [];
  });
  return { found, next: payments.length < limit ? undefined : payments.at(-1)?._id.toString() };
}

interface Sums {
  waiting: number;
  onTheWay: number;
  paid: number;
}

/** A seller's money from the ledgers of their sales, in minor units. */
export async function sumsOfSeller(sellerId: string): Promise<Sums> {
  const owed = { $sum: '$ledger.entries.seller' };
  const isSent = { $eq: ['$payout.status', 'sending'] };
  const positive = { $max: [0, owed] };
  const [sums] = await Payments.aggregate<Sums>([
    { $match: { sellerId: { $eq: sellerId, $type: 'string' }, status: { $in: TAKEN } } },
    {
      $group: {
        _id: null,
        waiting: { $sum: { $cond: [isSent, 0, positive] } },
        onTheWay: { $sum: { $cond: [isSent, positive, 0] } },
        paid: { $sum: { $sum: '$ledger.entries.stripe' } },
      },
    },
  ]);
  return { waiting: sums?.waiting ?? 0, onTheWay: sums?.onTheWay ?? 0, paid: sums?.paid ?? 0 };
}
