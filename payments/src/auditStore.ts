import { isDuplicateKey } from '@ticketing/common';
import { sumsOf, type Balances } from './domain/ledger';
import { Audits, Payments, trusted, type StoredAudit, type StoredPayment } from './store';

/** How far the audit of all payments is; one document, shared by all processes. */
export type Lap = StoredAudit;

/** A process that dies in the middle of a page keeps others from it for so long, in milliseconds. */
const LEASE = 60_000;
const MAX_VIOLATIONS = 100;
const ID = 'payments';

/** Takes the next page for this process; undefined while another one has it. */
export const take = (now: Date): Promise<Lap | null | undefined> =>
  Audits.findOneAndUpdate(
    { _id: ID, until: trusted({ $lte: now }) },
    { $set: { until: new Date(now.getTime() + LEASE) } },
    { upsert: true, new: true },
  )
    .lean<Lap>()
    .catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return undefined;
    });

export const read = async (): Promise<Partial<Lap>> => (await Audits.findById(ID).lean<Lap>()) ?? {};

/** The running sums and the known violations of a lap. */
export const openLap = ({ sums, violations }: Lap): { sums: Balances; wrong: Set<string> } => ({
  sums: sums ?? sumsOf([]),
  wrong: new Set(violations),
});

/** Writes how far the lap is, and lets the next process take a page. */
export const save = (progress: Partial<Lap>, violations: string[]) =>
  Audits.updateOne(
    { _id: ID },
    { $set: { ...progress, violations: violations.slice(0, MAX_VIOLATIONS), until: new Date(0) } },
  );

/** The payments after the cursor, as a majority has them. */
export const readPage = (cursor: Lap['cursor'], limit: number) =>
  Payments.find(cursor ? { _id: trusted({ $gt: cursor }) } : {}, { outbox: 0, method: 0 })
    .sort({ _id: 1 })
    .limit(limit)
    .readConcern('majority')
    .lean<StoredPayment[]>();
