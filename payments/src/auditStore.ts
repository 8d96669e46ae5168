import { isDuplicateKey, OBJECT_ID } from '@ticketing/common';
import type { Finding } from './domain/audit';
import { sumsOf, type Balances } from './domain/ledger';
import { Audits, Orders, Payments, Sellers, trusted } from './store';
import type { StoredAudit, StoredOrder, StoredPayment, StoredSeller } from './store';

/** The progress of the audit of all payments; one document, shared by all processes. */
export type Lap = StoredAudit;

/** How long a process that dies in the middle of a page blocks others from it, in milliseconds. */
const LEASE = 60_000;
const MAX_FINDINGS = 100;
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

/** A lap's running sums, and the known violations, by order. */
export const openLap = ({ sums, findings = [] }: Lap): { sums: Balances; wrong: Map<string, Finding> } => ({
  sums: sums ?? sumsOf([]),
  wrong: new Map(findings.map((finding) => [finding.orderId, finding])),
});

/** Records the lap's progress, and lets the next process take a page. */
export const save = (progress: Partial<Lap>, findings: Finding[]) =>
  Audits.updateOne(
    { _id: ID },
    { $set: { ...progress, findings: findings.slice(0, MAX_FINDINGS), until: new Date(0) } },
  );

/** The payments after the cursor, read from a majority. */
export const readPage = (cursor: Lap['cursor'], limit: number) =>
  Payments.find(cursor ? { _id: trusted({ $gt: cursor }) } : {}, { outbox: 0, method: 0 })
    .sort({ _id: 1 })
    .limit(limit)
    .readConcern('majority')
    .lean<StoredPayment[]>();

/** What payments depend on, by id: their orders, and sellers who have or have settled debts. */
export async function readAround(payments: StoredPayment[]) {
  const sellerIds = payments.flatMap(({ sellerId }) => (sellerId && OBJECT_ID.test(sellerId) ? sellerId : []));
  const isThere = trusted({ $exists: true });
  const owing = [{ 'debts.0': isThere }, { 'settlements.0': isThere }];
  const [orders, sellers] = await Promise.all([
    Orders.find({ _id: trusted({ $in: payments.map(({ orderId }) => orderId) }) })
      .readConcern('majority')
      .lean<StoredOrder[]>(),
    Sellers.find({ _id: trusted({ $in: [...new Set(sellerIds)] }), $or: owing })
      .readConcern('majority')
      .lean<StoredSeller[]>(),
  ]);
  const byId = <T extends { _id: StoredPayment['_id'] }>(found: T[]) =>
    new Map(found.map((one) => [one._id.toString(), one]));
  return { orders: byId(orders), sellers: byId(sellers) };
}

export type Around = Awaited<ReturnType<typeof readAround>>;
