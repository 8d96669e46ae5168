import { batchesOf, byBatch, type Sought } from '@ticketing/common';
import { trusted } from 'mongoose';
import { ANY_SPELLING, hidden, isWaiting, Reports, Tickets, type Shown, type StoredReport } from './store';

/** The support desk's queries: each has an index and a limit. */

const [MOST, MOST_REPORTS] = [50, 500];
/** How much of a queue one seller or reporter may take up: a hundred listings would crowd out everyone else's. */
const MOST_OF_ONE = 10;

/** Maximum pages of a queue to search. */
const PAGES = 10;

/** Everyone's share of a queue. */
class Shares {
  private readonly taken = new Map<string, number>();

  /** Those whose share is used up. */
  get full(): string[] {
    return [...this.taken].flatMap(([who, count]) => (count >= MOST_OF_ONE ? who : []));
  }

  /** Takes a place from someone's share; returns whether there was one. */
  take(who: string): boolean {
    const count = this.taken.get(who) ?? 0;
    this.taken.set(who, count + 1);
    return count < MOST_OF_ONE;
  }
}

const newest = (filter: object) => Tickets.find(filter, hidden).sort({ _id: -1 }).limit(MOST);

/** Listings with an id, of a seller, or for a seat; newest first. */
export async function findListings(sought: Sought): Promise<Shown[]> {
  if ('seat' in sought)
    return newest({ ...sought.seat })
      .collation(ANY_SPELLING)
      .lean<Shown[]>();
  const { id } = sought;
  const found = await Promise.all([{ _id: id }, { userId: id }].map((filter) => newest(filter).lean<Shown[]>()));
  return found.flat();
}

/** Listings for sale whose descriptions wait for review, oldest first. */
export async function findWaiting(): Promise<Shown[]> {
  const found: Shown[] = [];
  const [ids, shares] = [new Set<string>(), new Shares()];
  for (let page = 0; found.length < MOST && page < PAGES; page++) {
    const listings = await waitingBut(shares.full);
    const news = listings.filter(({ _id }) => !ids.has(_id.toString()));
    found.push(...news.filter(({ userId }) => shares.take(userId)));
    for (const { _id } of news) ids.add(_id.toString());
    if (listings.length < MOST || news.length === 0) break;
  }
  return found.slice(0, MOST);
}

const waitingBut = (sellers: string[]) =>
  Tickets.find(
    {
      ...isWaiting,
      sellsUntil: trusted({ ...isWaiting.sellsUntil }),
      ...(sellers.length > 0 && { userId: trusted({ $nin: sellers }) }),
    },
    hidden,
  )
    .sort({ 'review.since': 1 })
    .limit(MOST)
    .lean<Shown[]>();

/** The open reports of some listings, oldest first. */
export const readReports = (ticketIds: string[]) =>
  Reports.find({ closedAt: null, ticketId: trusted({ $in: ticketIds }) })
    .sort({ at: 1 })
    .limit(MOST_REPORTS)
    .lean<StoredReport[]>();

/** Listings with open reports, in the order they were first reported; no withdrawn ones. */
export async function findReported(): Promise<Shown[]> {
  const found: Shown[] = [];
  const [seen, shares] = [new Set<string>(), new Shares()];
  // Reports of listings withdrawn since also fill pages.
  for (let [after, page] = [new Date(0), 0]; found.length < MOST && page < PAGES; page++) {
    const reports = await Reports.find({ closedAt: null, at: trusted({ $gt: after }) }, { ticketId: 1, at: 1, by: 1 })
      .sort({ at: 1 })
      .limit(MOST_REPORTS)
      .lean<StoredReport[]>();
    const last = reports.at(-1);
    if (!last) break;
    after = last.at;
    const ids = reports.flatMap(({ ticketId, by }) => {
      if (seen.has(ticketId) || !shares.take(by)) return [];
      seen.add(ticketId);
      return ticketId;
    });
    const listings = await Tickets.find({ _id: trusted({ $in: ids }) }, hidden).lean<Shown[]>();
    const byId = new Map(listings.map((ticket) => [ticket._id.toString(), ticket]));
    found.push(...ids.flatMap((id) => byId.get(id) ?? []).filter(({ status }) => status !== 'withdrawn'));
  }
  return found.slice(0, MOST);
}

export const loadReport = (id: string) => Reports.findById(id).lean<StoredReport>();

/** Closes reports; closed ones stay as they are. */
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
