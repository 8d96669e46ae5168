import type { Sought, SoughtSeat } from '@ticketing/common';
import { trusted } from 'mongoose';
import { listed } from './lists';
import { ANY_SPELLING, isSoldBy, Orders, Tickets, type StoredOrder } from './store';

/** The support desk's queries: each has an index and a limit. */

const MOST = 50;

const newest = (filter: object) => Orders.find(filter, listed).sort({ _id: -1 }).limit(MOST).lean<StoredOrder[]>();

/** Orders by their id, or by the id of their listing, buyer or (once sold) seller; newest first. */
export async function findOrders(sought: Sought): Promise<StoredOrder[]> {
  const found = await ('id' in sought ? findById(sought.id) : findBySeat(sought.seat));
  const byId = new Map(found.map((order) => [order._id.toString(), order]));
  return [...byId.entries()]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .slice(0, MOST)
    .map(([, order]) => order);
}

async function findById(id: string): Promise<StoredOrder[]> {
  const found = [{ _id: id }, { userId: id }, isSoldBy(id)].map(newest);
  return (await Promise.all([...found, ofListings([id])])).flat();
}

const ofListings = (ids: string[]) =>
  Orders.find({ 'ticket.id': trusted({ $in: ids }) }, listed)
    .sort({ 'ticket.id': 1, seq: -1 })
    .limit(MOST)
    .lean<StoredOrder[]>();

/** The latest orders of the newest listings of a seat. */
async function findBySeat({ venue, city, section, row, seat }: SoughtSeat): Promise<StoredOrder[]> {
  const listings = await Tickets.find({ venue, section, row, seat, ...(city && { city }) }, { _id: 1 })
    .collation(ANY_SPELLING)
    .sort({ _id: -1 })
    .limit(MOST)
    .lean();
  return (await Promise.all(listings.map(({ _id }) => ofListings([_id.toString()])))).flat();
}

/** Orders with undecided claims, in the order they were claimed. */
export const findClaimed = () =>
  Orders.find({ 'claim.status': trusted({ $in: ['open', 'answered'] }) }, listed)
    .sort({ 'claim.openedAt': 1 })
    .limit(MOST)
    .lean<StoredOrder[]>();

/** Orders with a proposal made after `since`, oldest first. */
export const findProposed = (since: Date) =>
  Orders.find({ 'proposal.at': trusted({ $type: 'date', $gt: since }) }, listed)
    .sort({ 'proposal.at': 1 })
    .limit(MOST)
    .lean<StoredOrder[]>();
