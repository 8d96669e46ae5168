import { Payments, Sellers, trusted, type StoredPayment, type StoredSeller } from './store';

/** A condition that matches a partial index of texts: with the value alone MongoDB would scan all documents. */
export const text = (value: string) => trusted({ $eq: value, $type: 'string' });

/** Times up to the given one, to match a partial index of times: as above. */
export const upTo = (time: Date) => trusted({ $lte: time, $type: 'date' });

/** The payment a webhook is about; its intents may be released because of this read. */
export const readHinted = (of: { orderId: string } | { stripeId: string }) =>
  Payments.findOne('stripeId' in of ? { stripeId: text(of.stripeId) } : of, { outbox: 0 })
    .readConcern('majority')
    .lean<StoredPayment>();

/** The seller with this account at Stripe. */
export const sellerOf = (accountId: string) => Sellers.findOne({ accountId: text(accountId) }).lean<StoredSeller>();
