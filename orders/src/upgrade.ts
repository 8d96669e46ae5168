import type { Outbox, OrderStatus } from '@ticketing/common';
import { commitEach } from './batch';
import { toData } from './bodies';
import { CHECK_AFTER } from './secondLook';
import * as sale from './domain/sale';
import * as store from './store';

type Id = store.StoredOrder['_id'];

/** Documents examined per step. */
const STEP = 500;
/** Time until the next pass if one has found something: replicas of an older version may have added more. */
const REST = 600_000;

/**
 * Gives the sales of older versions their times, in passes over the collection until one finds nothing. Each call is one
 * step.
 */
export function createUpgrade(outbox: Outbox, terms: sale.SaleTerms, now: () => Date): () => Promise<void> {
  /** The current pass, and when it may start; undefined once done. */
  let pass: { after?: Id; hasFound: boolean; from: Date } | undefined = { hasFound: false, from: new Date(0) };

  const dated = (order: store.StoredOrder, at: Date) => {
    const id = order._id.toString();
    const { set, subject } = sale.dated(order, at, terms) ?? {};
    if (!set || !subject) return undefined;
    return {
      set: { ...set, checkAt: new Date(at.getTime() + CHECK_AFTER) },
      events: [{ subject, data: toData(id, { ...order, ...set }) }],
      cause: { trace: `dated-${id}` },
    };
  };

  return async () => {
    const at = now();
    if (!pass || at < pass.from) return;
    const current = pass;
    const { last, undated } = await readUndated(current.after, STEP);
    if (last) current.after = last;
    else pass = current.hasFound ? { hasFound: false, from: new Date(at.getTime() + REST) } : undefined;
    const decide = (order: store.StoredOrder) => {
      const change = dated(order, at);
      current.hasFound ||= change !== undefined;
      return change;
    };
    await commitEach(outbox, undated, decide, { now: at });
  };
}

const SOLD: OrderStatus[] = ['complete', 'refunded'];

/** Of the next `step` orders by id: those sold without a time, and the last one's id. */
async function readUndated(after: Id | undefined, step: number) {
  const isUndated = { $and: [{ $in: ['$status', SOLD] }, { $eq: [{ $type: '$completedAt' }, 'missing'] }] };
  const [seen] = await store.Orders.aggregate<{ last: Id; undated: store.StoredOrder[] }>([
    { $match: after ? { _id: { $gt: after } } : {} },
    { $sort: { _id: 1 } },
    { $limit: step },
    {
      $group: {
        _id: null,
        last: { $last: '$_id' },
        undated: { $push: { $cond: [isUndated, '$$ROOT', '$$REMOVE'] } },
      },
    },
  ]);
  return seen ?? { last: undefined, undated: [] };
}
