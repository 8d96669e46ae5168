import { Payments, Sellers, trusted, type StoredPayment, type StoredSeller } from './store';

/** A text, as a partial index of texts wants it: for the value alone MongoDB would read all documents. */
export const text = (value: string) => trusted({ $eq: value, $type: 'string' });

/** Times up to one, as a partial index of times wants it: as above. */
export const upTo = (time: Date) => trusted({ $lte: time, $type: 'date' });

/** The payment a webhook is about; its intents may be released because of this read. */
export const readHinted = (of: { orderId: string } | { stripeId: string }) =>
  Payments.findOne('stripeId' in of ? { stripeId: text(of.stripeId) } : of, { outbox: 0 })
    .readConcern('majority')
    .lean<StoredPayment>();

/** The seller whose account at Stripe this is. */
export const sellerOf = (accountId: string) => Sellers.findOne({ accountId: text(accountId) }).lean<StoredSeller>();
