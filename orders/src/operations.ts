import {
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
import { bodyOf, toBody, toData } from './bodies';
import * as hold from './domain/hold';
import * as domain from './domain/order';
import type { Passes } from './passes';
import type { Page } from './query';
import { CHECK_AFTER } from './secondLook';
import * as store from './store';

export interface Terms {
  /** How long an order holds its ticket, in milliseconds. */
  window: number;
  /** Maximum open orders per buyer. */
  holdsPerBuyer: number;
}

/** The payment event that caused a change, and its version. */
type News = Cause & Pick<Event, 'version'>;

/** The operations of orders. `now` is the time that decides expiry, the same in every replica. */
export function createOperations(
  outbox: Outbox,
  { window, holdsPerBuyer }: Terms,
  passes: Passes,
  now: () => Date = () => new Date(),
) {
  const later = (milliseconds: number) => new Date(now().getTime() + milliseconds);

  type Decide = (order: domain.Order) => domain.Decision | undefined | Promise<domain.Decision | undefined>;

  /** Loads an order, applies a rule, and commits; starts over while others change the same order. */
  const change = (id: string, cause: Cause, decide: Decide) =>
    retryConflicts(async () => {
      const order = await store.loadOrder(id);
      if (!order) throw new Refusal('order-not-found');
      const decision = await decide(order);
      if (!decision) return undefined;
      order.set({ ...decision.set, checkAt: later(CHECK_AFTER) });
      const { subject } = decision;
      await outbox.commit(order, subject ? [{ subject, data: toData(id, order) }] : [], cause);
      return decision;
    });

  const expire = (id: string, cause: Cause) => change(id, cause, (order) => domain.expire(order, now()));

  const confirm = (id: string, cause: Cause) =>
    change(id, cause, async (order) => domain.confirm(order, await store.loadTicket(order.ticket.id)));

  /** Applies a rule to news of an order's payment. */
  const hear = (id: string, news: News, decide: Decide) =>
    change(id, news, async (order) => domain.hear(order, news.version, await decide(order)));

  const insert = async (order: domain.Order, cause: Cause) => {
    const _id = store.newId();
    const id = _id.toString();
    const events = [{ subject: 'order:created' as const, data: toData(id, order) }];
    await outbox.insert(store.Orders, { _id, ...order, checkAt: later(CHECK_AFTER) }, events, cause);
    return toBody(id, 0, order);
  };

  const withPass = (order: OrderBody): OrderBody =>
    order.status === 'complete' ? { ...order, pass: passes.issue(order.id) } : order;

  /** When the buyer of a cancelled order may hold its ticket again, if not at any time. */
  const againOf = async ({ status, ticket }: domain.Order, buyer: string): Promise<Pick<OrderBody, 'again'>> => {
    const end = status === 'cancelled' ? await store.loadEarlierEnd(buyer, ticket.id) : null;
    const from = end && hold.anewFrom(end, window);
    return from && from > now() ? { again: { until: end.toISOString(), from: from.toISOString() } } : {};
  };

  /** The order of a genuine pass. */
  const orderOf = (pass: string): string => {
    const orderId = passes.orderOf(pass);
    if (!orderId) throw new Refusal('pass-invalid');
    return orderId;
  };

  const checkPass = async (pass: string): Promise<PassBody> => {
    const orderId = orderOf(pass);
    const order = await store.readOrder(orderId);
    if (order?.status !== 'complete') throw new Refusal('pass-invalid');
    const { ticket } = toBody(orderId, order.version, order);
    return { orderId, ticket, usedAt: order.usedAt?.toISOString() ?? null };
  };

  return {
    /**
     * Holds a ticket for a buyer. An order occupies two places, in the ticket's chain and among its buyer's slots, and
     * guesses both first: they are usually free. If one is taken, its unique index rejects the insert; only then is the
     * current state read, which either refuses the buyer or yields another place to try.
     */
    async place(wish: hold.Wish, cause: Cause): Promise<OrderBody> {
      const { buyer, ticketId } = wish;
      const ticket = await patiently(ticketId, buyer, () => store.loadTicket(ticketId));
      let last = ticket && hold.lastKnown(ticket);
      if (last === undefined) last = await store.loadLastOrder(ticketId);
      let slot = hold.freeSlot([], holdsPerBuyer);
      for (;;) {
        const earlierEnd = last && !domain.isLive(last) ? await store.loadEarlierEnd(buyer, ticketId) : null;
        const order = hold.place(wish, { ticket, last, earlierEnd, slot, now: now(), window });
        try {
          return await insert(order, cause);
        } catch (error) {
          const taken = store.takenPlace(error);
          if (!taken) throw error;
          if (taken === 'seq') last = await store.loadLastOrder(ticketId);
          else slot = hold.freeSlot(await store.loadSlots(buyer), holdsPerBuyer);
        }
      }
    },

    /** A page of the caller's orders, newest first, and the next cursor; all open orders fit on one page. */
    async list(caller: string, { open, limit, after }: Page): Promise<{ found: OrderBody[]; next?: string }> {
      const orders = await (open ? store.readOpenOrdersOf(caller, limit) : store.readOrdersOf(caller, limit, after));
      const found = orders.map((order) => toBody(order._id.toString(), order.version, order));
      return { found, next: open || found.length < limit ? undefined : found.at(-1)?.id };
    },

    async show(id: string, caller: string): Promise<OrderBody> {
      const order = domain.own(await store.readOrder(id), caller);
      return { ...withPass(toBody(id, order.version, order)), ...(await againOf(order, caller)) };
    },

    /** An order as described by an event. */
    bodyOf: ({ data, version }: Event<Subject & `order:${string}`>): OrderBody => withPass(bodyOf(data, version)),

    /** What a pass admits to. Looking does not use it. */
    checkPass,

    /** Uses a pass. Of any number of requests one succeeds; the others are told when it was used. */
    async usePass(pass: string, cause: Cause): Promise<PassBody> {
      const orderId = orderOf(pass);
      if (!(await store.readOrder(orderId))) throw new Refusal('pass-invalid');
      await change(orderId, cause, (order) => domain.usePass(order, now()));
      return checkPass(pass);
    },

    cancel: (id: string, caller: string, cause: Cause) =>
      change(id, cause, (order) => domain.cancel(domain.own(order, caller))),

    expire,

    async authorize(id: string, news: News) {
      const decision = await hear(id, news, async (order) =>
        domain.authorize(order, await store.loadTicket(order.ticket.id), now()),
      );
      // Tickets may have confirmed after its copy was read and before the order was marked as waiting for it.
      if (decision && !decision.subject) await confirm(id, news);
    },

    /** Ends orders that tickets holds on a changed listing, and continues those waiting for it. */
    async confirm(events: Event<'ticket:updated'>[]) {
      const held = new Map(
        events.flatMap((event) =>
          event.data.status === 'held' && event.data.orderId ? [[event.data.orderId, event]] : [],
        ),
      );
      if (held.size === 0) return;
      const orders = await store.findHeld([...held.keys()]);
      await Promise.all(
        orders.map(async (order) => {
          const id = order._id.toString();
          const event = held.get(id);
          if (event && domain.confirm(order, event.data))
            await change(id, event, (current) => domain.confirm(current, event.data));
        }),
      );
    },

    complete: (id: string, news: News) => hear(id, news, domain.complete),
    failPayment: (id: string, news: News) => hear(id, news, domain.failPayment),
    refund: (id: string, news: News) => hear(id, news, domain.refund),

    /** Expires orders whose timer never fired: even without Redis no ticket stays held. */
    async expireOverdue() {
      const overdue = await store.findOverdue(now());
      await allOf(overdue.map(({ _id }) => expire(_id.toString(), { trace: `overdue-${_id.toString()}` })));
    },
  };
}

/** Waits for all, then rejects with the first error. */
async function allOf(changes: Promise<unknown>[]) {
  const results = await Promise.allSettled(changes);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

export type Operations = ReturnType<typeof createOperations>;
