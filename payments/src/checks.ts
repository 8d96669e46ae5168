import { text, upTo } from './lookups';
import { Payments, trusted, type StoredPayment } from './store';

/** When payments are checked without news: `checkAt`. */

/**
 * Marks a payment for a check at Stripe, whatever happens to the caller. Until that is done it stays unsettled; the
 * new version makes the write of an earlier check fail.
 */
export const note = (orderId: string, at: Date) =>
  Payments.updateOne({ orderId }, { $set: { checkAt: at, isHinted: true }, $inc: { version: 1 } });

/**
 * Stops checking payments of complete orders, unless Stripe has to be asked. News that an order is complete may arrive
 * after later news: a charge being refunded is left alone.
 */
export const letRest = (orderIds: string[], now: Date) =>
  Payments.updateMany(
    {
      orderId: trusted({ $in: orderIds }),
      status: 'captured',
      givingBack: trusted({ $ne: true }),
      payout: null,
      dispute: trusted({ $nin: ['open', 'answered'] }),
      isHinted: trusted({ $ne: true }),
      checkAt: trusted({ $gt: now }),
    },
    { $set: { checkAt: null } },
  );

const [SHORTEST, LONGEST] = [5_000, 600_000];

/** Takes the payment most overdue for a check and postpones its next one, longer the older it is. */
export const takeDue = (now: Date) =>
  Payments.findOneAndUpdate(
    { checkAt: upTo(now) },
    [
      {
        $set: {
          checkAt: {
            $add: [
              now,
              { $min: [LONGEST, { $max: [SHORTEST, { $divide: [{ $subtract: [now, '$startedAt'] }, 20] }] }] },
            ],
          },
        },
      },
    ],
    { sort: { checkAt: 1 } },
  ).lean<StoredPayment>();

/** Postpones the next check of a waiting payment, unless news of it was recorded meanwhile. */
export const postpone = ({ _id, checkAt }: Pick<StoredPayment, '_id' | 'checkAt'>, until: Date) =>
  Payments.updateOne({ _id, checkAt }, { $set: { checkAt: until } });

/**
 * Makes a seller's waiting payouts due for a check: their account can receive money. The new version makes a concurrent
 * postponement fail.
 */
export const wake = (sellerId: string, now: Date) =>
  Payments.updateMany(
    { sellerId: text(sellerId), status: 'captured', 'payout.status': trusted({ $in: ['due', 'failed'] }) },
    { $set: { checkAt: now, 'payout.retryAt': null }, $inc: { version: 1 } },
  );

/** Makes the payouts withheld from a frozen seller due for a check: that may be over. As above. */
export const wakeWithheld = (sellerIds: string[], now: Date) =>
  Payments.updateMany(
    { 'payout.isWithheld': true, sellerId: trusted({ $in: sellerIds }) },
    { $set: { checkAt: now }, $inc: { version: 1 } },
  );
