import { batchesOf, byBatch, type Sought } from '@ticketing/common';
import { trusted } from 'mongoose';
import { ANY_SPELLING, hidden, isWaiting, Reports, Tickets, type Shown, type StoredReport } from './store';

/** What the support desk reads: each query has an index, and a bound. */

const [MOST, MOST_REPORTS] = [50, 500];

/** How many pages of reports are looked through. */
const PAGES = 10;

const newest = (filter: object) => Tickets.find(filter, hidden).sort({ _id: -1 }).limit(MOST);

/** Listings that are, or whose seller is, or that have the seat that is looked for: the newest first. */
export async function findListings(sought: Sought): Promise<Shown[]> {
  if ('seat' in sought)
    return newest({ ...sought.seat })
      .collation(ANY_SPELLING)
      .lean<Shown[]>();
  const { id } = sought;
  const found = await Promise.all([{ _id: id }, { userId: id }].map((filter) => newest(filter).lean<Shown[]>()));
  return found.flat();
}

/** Listings for sale whose descriptions wait, the longest first. */
export const findWaiting = () =>
  Tickets.find({ ...isWaiting, sellsUntil: trusted({ ...isWaiting.sellsUntil }) }, hidden)
    .sort({ 'review.since': 1 })
    .limit(MOST)
    .lean<Shown[]>();

/** The open reports of some listings, the oldest first. */
export const readReports = (ticketIds: string[]) =>
  Reports.find({ closedAt: null, ticketId: trusted({ $in: ticketIds }) })
    .sort({ at: 1 })
    .limit(MOST_REPORTS)
    .lean<StoredReport[]>();

/** Listings with open reports, those reported first before the others; none that is withdrawn. */
export async function findReported(): Promise<Shown[]> {
  const found: Shown[] = [];
  const seen = new Set<string>();
  // Reports of what was withdrawn since fill pages, too.
  for (let [after, page] = [new Date(0), 0]; found.length < MOST && page < PAGES; page++) {
    const reports = await Reports.find({ closedAt: null, at: trusted({ $gt: after }) }, { ticketId: 1, at: 1 })
      .sort({ at: 1 })
      .limit(MOST_REPORTS)
      .lean<StoredReport[]>();
    const last = reports.at(-1);
    if (!last) break;
    after = last.at;
    const ids = [...new Set(reports.map(({ ticketId }) => ticketId))].filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    const listings = await Tickets.find({ _id: trusted({ $in: ids }) }, hidden).lean<Shown[]>();
    const byId = new Map(listings.map((ticket) => [ticket._id.toString(), ticket]));
    found.push(...ids.flatMap((id) => byId.get(id) ?? []).filter(({ status }) => status !== 'withdrawn'));
  }
  return found.slice(0, MOST);
}

export const loadReport = (id: string) => Reports.findById(id).lean<StoredReport>();

/** Closes reports; those that are closed stay as they are. */
export async function closeReports(which: { _id: string } | { ticketId: string }, at: Date) {
  await Reports.updateMany({ ...which, closedAt: null }, { $set: { closedAt: at } });
}

/** Closes the open reports of withdrawn listings, whoever withdrew them and whenever they were reported. */
export async function closeOfWithdrawn(at: Date) {
  const open = Reports.collection.find<StoredReport>(
    { closedAt: null },
    { ...byBatch, projection: { ticketId: 1 }, batchSize: MOST_REPORTS },
  );
  for await (const batch of batchesOf(open)) {
    const ids = [...new Set(batch.map(({ ticketId }) => ticketId))];
    const withdrawn = await Tickets.find({ _id: trusted({ $in: ids }), status: 'withdrawn' }, { _id: 1 }).lean();
    const ticketId = trusted({ $in: withdrawn.map(({ _id }) => _id.toString()) });
    await Reports.updateMany({ ticketId, closedAt: null }, { $set: { closedAt: at } });
  }
}
