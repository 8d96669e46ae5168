import {
  isDuplicateKey,
  patiently,
  Refusal,
  retryConflicts,
  type Cause,
  type Event,
  type OrderBody,
  type Outbox,
  type PassBody,
  type Subject,
} from '@ticketing/common';
import * as domain from './domain/order';
import type { Passes } from './passes';
import * as store from './store';

/** What orders can do. `window` is how long an order holds its ticket, in milliseconds. */
export function createOperations(outbox: Outbox, window: number, passes: Passes) {
  /** Loads an order, lets a rule decide, and commits; again from the start while others change the same order. */
  const change = (id: string, cause: Cause, decide: (order: domain.Order) => domain.Decision | undefined) =>
    retryConflicts(async () => {
      const order = await store.loadOrder(id);
      if (!order) throw new Refusal('order-not-found');
      const decision = decide(order);
      if (!decision) return;
      order.set(decision.set);
      await outbox.commit(order, [{ subject: decision.subject, data: store.toData(id, order) }], cause);
    });

  const expire = (id: string, cause: Cause) => change(id, cause, (order) => domain.expire(order, new Date()));

  const withPass = (order: OrderBody): OrderBody =>
    order.status === 'complete' ? { ...order, pass: passes.issue(order.id) } : order;

  return {
    /** Holds a ticket for a buyer. */
    async place(buyer: string, ticketId: string, cause: Cause): Promise<OrderBody> {
      const ticket = await patiently(ticketId, buyer, () => store.loadTicket(ticketId));
      const known = ticket && domain.lastKnown(ticket);
      for (
        let last = known === undefined ? await store.loadLastOrder(ticketId) : known;
        ;
        last = await store.loadLastOrder(ticketId)
      ) {
        const order = domain.place(buyer, ticketId, ticket, last, new Date(), window);
        const _id = store.newId();
        const id = _id.toString();
        try {
          await outbox.insert(
            store.Orders,
            { _id, ...order },
            [{ subject: 'order:created', data: store.toData(id, order) }],
            cause,
          );
          return store.toBody(id, 0, order);
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },

    async list(caller: string): Promise<OrderBody[]> {
      const orders = await store.readOrdersOf(caller);
      return orders.map((order) => store.toBody(order._id.toString(), order.version, order));
    },

    async show(id: string, caller: string): Promise<OrderBody> {
      const order = domain.own(await store.readOrder(id), caller);
      return withPass(store.toBody(id, order.version, order));
    },

    /** An order as an event tells of it. */
    bodyOf: ({ data, version }: Event<Subject & `order:${string}`>): OrderBody => withPass(store.bodyOf(data, version)),

    /** What a pass is for. */
    async checkPass(pass: string): Promise<PassBody> {
      const orderId = passes.orderOf(pass);
      const order = orderId && (await store.readOrder(orderId));
      if (!order || order.status !== 'complete') throw new Refusal('pass-invalid');
      return { orderId, ticket: store.toBody(orderId, order.version, order).ticket };
    },

    cancel: (id: string, caller: string, cause: Cause) =>
      change(id, cause, (order) => domain.cancel(domain.own(order, caller))),

    expire,
    authorize: (id: string, cause: Cause) => change(id, cause, domain.authorize),
    complete: (id: string, cause: Cause) => change(id, cause, domain.complete),
    failPayment: (id: string, cause: Cause) => change(id, cause, domain.failPayment),

    /** Expires what no timer came for: whatever happens to Redis, no ticket stays held. */
    async expireOverdue() {
      const overdue = await store.findOverdue(new Date());
      const results = await Promise.allSettled(
        overdue.map(({ _id }) => expire(_id.toString(), { trace: `overdue-${_id.toString()}` })),
      );
      const failure = results.find((result) => result.status === 'rejected');
      if (failure) throw failure.reason;
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
