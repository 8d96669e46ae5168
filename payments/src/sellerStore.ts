import type { HydratedDocument } from 'mongoose';
import { asId, Sellers, trusted, type StoredSeller } from './store';

export type SellerDocument = HydratedDocument<StoredSeller>;

/** A seller as an aggregate: those of earlier versions had no events. */
export async function loadSeller(userId: string) {
  const _id = asId(userId);
  await Sellers.collection.updateOne({ _id, version: { $exists: false } }, { $set: { version: 0, outbox: [] } });
  return Sellers.findById(_id).readConcern('majority');
}

/**
 * The address to create a seller's account with: the same one until it is created, even if theirs changes meanwhile.
 * @param former the account that the new one replaces, if any
 */
export async function fixContact(userId: string, email: string, former: string | null) {
  const isFixed = { $eq: [{ $ifNull: ['$contactFor', null] }, former] };
  // An address may begin with a dollar sign.
  const current = { $literal: email };
  const contactEmail = { $cond: [isFixed, { $ifNull: ['$contactEmail', current] }, current] };
  const seller = await Sellers.findOneAndUpdate(
    { _id: asId(userId) },
    [{ $set: { contactEmail, contactFor: former } }],
    { upsert: true, new: true },
  ).lean<StoredSeller>();
  return seller?.contactEmail;
}

/**
 * Writes to a seller whose account is still `accountId`. The new version makes the write of an answer about the former
 * state fail.
 */
export const writeAccount = (userId: string, accountId: string | null, set: Partial<StoredSeller>) =>
  Sellers.updateOne({ _id: asId(userId), accountId }, { $set: set, $inc: { version: 1 } });

/** Takes a seller who can be paid and whose check is due at `now`; the next one is then due at `next`. */
export const takeDue = (now: Date, next: Date) =>
  Sellers.findOneAndUpdate(
    { isReady: true, checkAt: trusted({ $not: { $gt: now } }) },
    { $set: { checkAt: next } },
    { sort: { checkAt: 1 } },
  ).lean<StoredSeller>();
