import { isOutage, type Change, type Outbox } from '@ticketing/common';
import * as store from './store';

/** How long an order that cannot be handled is skipped, so that it does not block others. */
const LATER = 3_600_000;

/**
 * Commits decisions about many orders in one write. An order that cannot be published or written fails alone:
 * the rest is committed, the order is skipped for an hour, and an error names it.
 * @param field the time field by which they were found
 */
export async function commitEach(
  outbox: Outbox,
  orders: store.StoredOrder[],
  decide: (order: store.StoredOrder, index: number) => Pick<Change, 'set' | 'events' | 'cause'> | undefined,
  { field, now }: { field?: 'dueAt' | 'checkAt'; now: Date },
) {
  const failed = new Map<store.StoredOrder['_id'], unknown>();
  const changes = orders.flatMap((order, index): Change[] => {
    try {
      const change = decide(order, index);
      return change ? [{ _id: order._id, version: order.version, ...change }] : [];
    } catch (error) {
      failed.set(order._id, error);
      return [];
    }
  });
  await outbox.commitAll(store.Orders, changes).catch(async (error: unknown) => {
    if (isOutage(error)) throw error;
    for (const change of changes)
      await outbox.commitAll(store.Orders, [change]).catch((reason: unknown) => {
        if (isOutage(reason)) throw reason;
        failed.set(change._id, reason);
      });
  });
  if (failed.size === 0) return;
  const ids = [...failed.keys()];
  if (field) await store.postpone(ids, field, new Date(now.getTime() + LATER));
  throw new AggregateError(failed.values(), `These orders cannot be handled: ${ids.join(', ')}`);
}
