import { byBatch, lasting, type allFound } from '@ticketing/common';
import { Reports, Tickets, type StoredTicket } from './store';

/** Queries about sellers who leave, and the erasure of their texts. */

type Found = Parameters<typeof allFound<Pick<StoredTicket, '_id'>>>[0];

const of = (filter: object): Found =>
  Tickets.collection.find<StoredTicket>(filter, { ...lasting, ...byBatch, projection: { _id: 1 }, batchSize: 100 });

/** Whether a seller has listings that are for sale or held, by a majority read. */
export const hasOpen = (userId: string): Promise<boolean> =>
  of({ userId, status: { $in: ['available', 'held'] } }).hasNext();

/** A seller's listings that are not fully erased. */
export const findWritten = (userId: string): Found => of({ userId, erasedAt: null });

/** Erases the texts of someone's reports; that they made them stays on record, under a hash. */
export const eraseReports = async (by: string) =>
  void (await Reports.collection.updateMany({ by }, { $set: { text: null } }));
