import { SETTLING } from './domain/ledger';
import { text } from './lookups';
import { Payments, Sellers, asId, trusted, type StoredPayment } from './store';

/** Queries for a seller's open money, and erasing once they have left. */

/** The buyer's money is going or has gone back. */
const isUndone = { $or: [{ status: 'refunded' }, { givingBack: true }] };

/** Whether a seller is owed a share, or one is on its way to or from them, read from a majority. */
export const hasOpenShares = async (sellerId: string): Promise<boolean> => {
  const isOpen = [
    { status: 'captured', 'payout.status': trusted({ $nin: ['paid', 'reversed'] }) },
    { 'payout.status': 'sending' },
    // It has to be reversed, or the debts it settled have to be owed again.
    { ...isUndone, 'payout.status': 'paid', 'payout.transferId': trusted({ $ne: null }) },
    { ...isUndone, 'payout.settled': trusted({ $gt: 0 }) },
    { ...isUndone, 'payout.reason': SETTLING },
    { dispute: trusted({ $in: ['open', 'answered'] }) },
  ];
  const open = await Payments.findOne({ sellerId: text(sellerId), $or: isOpen }, { _id: 1 })
    .readConcern('majority')
    .lean<Pick<StoredPayment, '_id'>>();
  return open !== null;
};

/** Erases the address that an account at Stripe was created with. */
export const eraseContact = async (sellerId: string) =>
  void (await Sellers.collection.updateOne({ _id: asId(sellerId) }, { $unset: { contactEmail: 1 } }));
