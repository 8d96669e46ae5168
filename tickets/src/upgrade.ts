import { EVERYTHING_BEFORE, findable } from './domain/facets';
import { FOREVER } from './domain/search';
import { isForSale, Tickets, type StoredTicket } from './store';

/** So many documents are looked at in one step. */
const STEP = 500;

type Id = StoredTicket['_id'];

/**
 * Makes what an older version wrote findable by the rules of today: listings that stand in the lists of other rules,
 * and those from before there were lists, which one pass over the collection finds. Each call is a step of it; what
 * was changed by others meanwhile is met again.
 */
export function createUpgrade(): () => Promise<void> {
  /** Where the pass is; undefined once it is over. */
  let pass: { after?: Id } | undefined = {};
  return async () => {
    const old = { facets: { $in: EVERYTHING_BEFORE }, ...isForSale };
    await rewrite(await Tickets.aggregate<StoredTicket>([{ $match: old }, { $limit: STEP }]));
    if (!pass) return;
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

/** Whether it could be sold, and nothing says until when. */
const isListless = {
  $and: [{ $in: ['$status', ['available', 'held']] }, { $eq: [{ $type: '$sellsUntil' }, 'missing'] }],
};

/** Writes by what they are found; returns whether none of them was changed meanwhile. */
async function rewrite(tickets: StoredTicket[]): Promise<boolean> {
  if (tickets.length === 0) return true;
  const { matchedCount } = await Tickets.collection.bulkWrite(
    tickets.map((ticket) => ({
      updateOne: { filter: { _id: ticket._id, version: ticket.version }, update: { $set: found(ticket) } },
    })),
    { ordered: false },
  );
  return matchedCount === tickets.length;
}

function found(ticket: StoredTicket) {
  const { category = 'other', startsAt = null } = ticket;
  return { ...findable({ ...ticket, category, startsAt }), sellsUntil: ticket.sellsUntil ?? startsAt ?? FOREVER };
}
