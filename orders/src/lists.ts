import { isAfter, isOpen, isSoldBy, Orders, type StoredOrder } from './store';

/** Queries for lists: never more than a page, and long texts only where requested. */

const withoutDescription = { outbox: 0, 'ticket.description': 0 } as const;
export const listed = { ...withoutDescription, 'claim.text': 0, 'claim.answer': 0 } as const;

/** A page of a buyer's orders, newest first, after the order `after`. */
export const readOrdersOf = (userId: string, limit: number, after?: string) =>
  Orders.find({ userId, ...isAfter(after) }, listed)
    .sort({ _id: -1 })
    .limit(limit)
    .lean<StoredOrder[]>();

/** A buyer's orders that are unpaid or being paid, newest first. */
export const readOpenOrdersOf = async (userId: string, limit: number) => {
  const found = await Orders.find(isOpen(userId), listed).limit(limit).lean<StoredOrder[]>();
  return found.sort((one, other) => (one._id.toString() < other._id.toString() ? 1 : -1));
};

/** A page of what a seller has sold, newest first, after the order `after`, with the texts of claims. */
export const readSalesOf = (seller: string, limit: number, after?: string) =>
  Orders.find({ ...isSoldBy(seller), ...isAfter(after) }, withoutDescription)
    .sort({ _id: -1 })
    .limit(limit)
    .lean<StoredOrder[]>();
