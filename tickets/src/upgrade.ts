import { EVERYTHING, EVERYTHING_BEFORE, findable } from './domain/facets';
import { FOREVER } from './domain/search';
import { isForSale, Tickets, type StoredTicket } from './store';

/** Documents examined per step. */
const STEP = 500;
/** Pause once nothing is left, in milliseconds: replicas of an older version may add more. */
const REST = 10_000;

type Id = StoredTicket['_id'];

/**
 * Makes documents from older versions searchable by the current rules: listings in lists of other rules, and those
 * without any, found in one pass over the collection. Each call is one step; listings changed concurrently are visited
 * again.
 */
export function createUpgrade(): () => Promise<void> {
  /** Position of the pass; undefined once done. */
  let pass: { after?: Id } | undefined = {};
  // Not by the machine's clock: it may be set back.
  let restUntil = 0;
  return async () => {
    if (performance.now() < restUntil) return;
    const old = { facets: { $in: EVERYTHING_BEFORE }, ...isForSale };
    const found = await Tickets.aggregate<StoredTicket>([{ $match: old }, { $limit: STEP }]);
    await rewrite(found);
    if (!pass) {
      if (found.length === 0) restUntil = performance.now() + REST;
      return;
    }
    const [seen] = await Tickets.aggregate<{ last: Id; listless: StoredTicket[] }>([
      { $match: pass.after ? { _id: { $gt: pass.after } } : {} },
      { $sort: { _id: 1 } },
      { $limit: STEP },
      {
        $group: {
          _id: null,
          last: { $last: '$_id' },
          listless: { $push: { $cond: [isListless, '$$ROOT', '$$REMOVE'] } },
        },
      },
    ]);
    if (!seen) pass = undefined;
    else if (await rewrite(seen.listless)) pass = { after: seen.last };
  };
}

/** Whether it can be sold but has no end of sale. */
const isListless = {
  $and: [{ $in: ['$status', ['available', 'held']] }, { $eq: [{ $type: '$sellsUntil' }, 'missing'] }],
};

/**
 * Writes their facets; returns whether none of them was changed concurrently.
 * @throws Error that names those whose facets cannot be computed, after adding them to the list of everything
 */
async function rewrite(tickets: StoredTicket[]): Promise<boolean> {
  if (tickets.length === 0) return true;
  const unfit: Id[] = [];
  const facetsOf = (ticket: StoredTicket) => {
    try {
      const { category = 'other', startsAt = null } = ticket;
      return findable({ ...ticket, category, startsAt });
    } catch {
      unfit.push(ticket._id);
      return { facets: [EVERYTHING] };
    }
  };
  const { matchedCount } = await Tickets.collection.bulkWrite(
    tickets.map((ticket) => ({
      updateOne: {
        filter: { _id: ticket._id, version: ticket.version },
        update: { $set: { ...facetsOf(ticket), sellsUntil: ticket.sellsUntil ?? ticket.startsAt ?? FOREVER } },
      },
    })),
    { ordered: false },
  );
  if (unfit.length > 0) throw new Error(`Listings that no search finds, only lists: ${unfit.join(', ')}`);
  return matchedCount === tickets.length;
}
