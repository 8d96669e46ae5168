import { byBatch, lasting, type allFound } from '@ticketing/common';
import { Reports, Tickets, type StoredTicket } from './store';

/** What is read and erased of sellers who leave. */

type Found = Parameters<typeof allFound<Pick<StoredTicket, '_id'>>>[0];

const of = (filter: object): Found =>
  Tickets.collection.find<StoredTicket>(filter, { ...lasting, ...byBatch, projection: { _id: 1 }, batchSize: 100 });

/** Whether a seller has listings that are for sale or held, by what a majority has. */
export const hasOpen = (userId: string): Promise<boolean> =>
  of({ userId, status: { $in: ['available', 'held'] } }).hasNext();

/** A seller's listings of which not all is erased. */
export const findWritten = (userId: string): Found => of({ userId, erasedAt: null });

/** Erases what someone wrote in reports; that they made them stays, under a hash. */
export const eraseReports = async (by: string) =>
  void (await Reports.collection.updateMany({ by }, { $set: { text: null } }));
