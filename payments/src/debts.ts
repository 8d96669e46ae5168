import { asId, readSeller, Sellers, type StoredSeller } from './store';

/**
 * Sellers' debts: what could not be taken back from them, by order, and which payouts settle it. Each change is one
 * write under an order's id: repeating it changes nothing.
 */

const sum = (items: { amount: number }[] = []) => items.reduce((total, { amount }) => total + amount, 0);

/** What a seller owes that no payout settles yet, in minor units. */
export const debtOf = ({ debts, settlements }: Pick<StoredSeller, 'debts' | 'settlements'>): number =>
  Math.max(0, sum(debts) - sum(settlements));

/** Whether an order's payout may have to settle a debt, or has done so. */
export const mayOwe = (seller: Pick<StoredSeller, 'debts' | 'settlements'>, orderId: string): boolean =>
  debtOf(seller) > 0 || Boolean(seller.settlements?.some((one) => one.orderId === orderId));

const entriesOf = (field: string) => ({ $ifNull: [field, []] });
const without = (field: string, orderId: string) => ({
  $filter: { input: entriesOf(field), cond: { $ne: ['$$this.orderId', orderId] } },
});

/**
 * Sets what a seller owes for an order. Returns how much more than they
 * now owe has been settled: it settles their next debts.
 */
export async function book(sellerId: string, orderId: string, amount: number): Promise<number> {
  const seller = await Sellers.findOneAndUpdate(
    { _id: asId(sellerId) },
    [{ $set: { debts: { $concatArrays: [without('$debts', orderId), amount > 0 ? [{ orderId, amount }] : []] } } }],
    { upsert: true, new: true },
  ).lean<StoredSeller>();
  return Math.max(0, sum(seller?.settlements) - sum(seller?.debts));
}

/** Whether anything is owed for an order. */
export const isBooked = async (sellerId: string, orderId: string): Promise<boolean> =>
  Boolean((await readSeller(sellerId))?.debts?.some((one) => one.orderId === orderId));

/** Reserves as much of an order's share as its seller owes. Returns what is reserved for it: a repeat gets the same. */
export async function reserve(_id: StoredSeller['_id'], orderId: string, share: number): Promise<number> {
  const free = { $subtract: [{ $sum: '$debts.amount' }, { $sum: '$settlements.amount' }] };
  const settlements = entriesOf('$settlements');
  const known = { $in: [orderId, { $ifNull: ['$settlements.orderId', []] }] };
  const amount = { $min: [free, share] };
  const seller = await Sellers.findOneAndUpdate(
    { _id },
    [
      {
        $set: {
          settlements: {
            $cond: [
              { $or: [known, { $lte: [free, 0] }] },
              settlements,
              { $concatArrays: [settlements, [{ orderId, amount }]] },
            ],
          },
        },
      },
    ],
    { new: true },
  ).lean<StoredSeller>();
  return sum(seller?.settlements?.filter((one) => one.orderId === orderId));
}

/** Cancels a reservation permanently: nothing can be reserved for this order any more, not even by a concurrent call. */
export const restore = (sellerId: string, orderId: string) =>
  Sellers.updateOne({ _id: asId(sellerId) }, [
    { $set: { settlements: { $concatArrays: [without('$settlements', orderId), [{ orderId, amount: 0 }]] } } },
  ]);
