import { Refusal, retryConflicts, untilLasting, type Cause, type Event, type Outbox } from '@ticketing/common';
import { toData } from './bodies';
import type * as domain from './domain/order';
import { CHECK_AFTER } from './secondLook';
import * as store from './store';

/** The payment event that caused a change, and its version. */
export type News = Cause & Pick<Event, 'version'>;

/** A rule: an order's change, if any. Refuses what is not allowed. */
export type Decide = (order: domain.Order) => domain.Decision | undefined | Promise<domain.Decision | undefined>;

/** An order after a request or an event, and the decision, if any. Others may have changed it since. */
export interface Changed {
  order: store.StoredOrder;
  decision?: domain.Decision;
}

/** Loads an order, applies a rule, and commits; starts over while others change the same order. */
export const createChange =
  (outbox: Outbox, now: () => Date) =>
  (id: string, cause: Cause, decide: Decide): Promise<Changed> =>
    retryConflicts(async () => {
      const order = await store.loadOrder(id);
      if (!order) throw new Refusal('order-not-found');
      const decision = await decide(order);
      if (!decision) {
        // The response says that it is as requested, so that must be durable. Events are redelivered instead.
        if (cause.refusable) await untilLasting(store.Orders, order);
        return { order };
      }
      order.set({ ...decision.set, checkAt: new Date(now().getTime() + CHECK_AFTER) });
      const { subject } = decision;
      await outbox.commit(order, subject ? [{ subject, data: toData(id, order) }] : [], cause);
      return { order, decision };
    });

export type Change = ReturnType<typeof createChange>;
