import {
  allFound,
  Refusal,
  type Cause,
  type Event,
  type OrderBody,
  type Outbox,
  type PassBody,
  type RefundReason,
  type Subject,
} from '@ticketing/common';
import { bodyOf, toBody } from './bodies';
import { createChange, type Decide, type News } from './change';
import * as hold from './domain/hold';
import * as domain from './domain/order';
import * as refunds from './domain/refund';
import * as sale from './domain/sale';
import { createPeopleLeaving } from './leaving';
import { readOpenOrdersOf, readOrdersOf } from './lists';
import type { Passes } from './passes';
import type { Page } from './query';
import { createPlace, type HoldTerms } from './place';
import { createJournal } from './journal';
import { createSales } from './sales';
import * as store from './store';
import { createSupport, type SupportTerms } from './support';

/** The operations of orders. `now` is the time that decides expiry, the same in every replica. */
export function createOperations(
  outbox: Outbox,
  terms: HoldTerms & sale.SaleTerms & SupportTerms,
  passes: Passes,
  now: () => Date = () => new Date(),
) {
  const change = createChange(outbox, now);

  const expire = (id: string, cause: Cause) => change(id, cause, (order) => domain.expire(order, now()));

  const confirm = (id: string, cause: Cause) =>
    change(id, cause, async (order) => domain.confirm(order, await store.loadTicket(order.ticket.id)));

  /** Applies a rule to an event of an order's payment. */
  const hear = (id: string, news: News, decide: Decide) =>
    change(id, news, async (order) => domain.hear(order, news.version, await decide(order)));

  const withPass = (order: OrderBody): OrderBody =>
    order.status === 'complete' ? { ...order, pass: passes.issue(order.id) } : order;

  /** When the buyer of a cancelled order may hold its ticket again, if not at any time. */
  const againOf = async ({ status, ticket }: domain.Order, buyer: string): Promise<Pick<OrderBody, 'again'>> => {
    const end = status === 'cancelled' ? await store.loadEarlierEnd(buyer, ticket.id) : null;
    const from = end && hold.anewFrom(end, terms.window);
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
    place: createPlace(outbox, terms, now),

    /** A page of the caller's orders, newest first, and the next cursor; all open orders fit on one page. */
    async list(caller: string, { open, limit, after }: Page): Promise<{ found: OrderBody[]; next?: string }> {
      const orders = await (open ? readOpenOrdersOf(caller, limit) : readOrdersOf(caller, limit, after));
      const found = orders.map((order) => toBody(order._id.toString(), order.version, order));
      return { found, next: open || found.length < limit ? undefined : found.at(-1)?.id };
    },

    async show(id: string, caller: string): Promise<OrderBody> {
      const order = domain.own(await store.readOrder(id), caller);
      return { ...withPass(toBody(id, order.version, order)), ...(await againOf(order, caller)) };
    },

    /** An order as described by an event. */
    bodyOf: ({ data, version }: Event<Subject & `order:${string}`>): OrderBody => withPass(bodyOf(data, version)),

    /** What a pass admits to. Reading does not use it. */
    checkPass,

    /** Uses a pass. Of any number of requests one succeeds; the others are told when it was used. */
    async usePass(pass: string, cause: Cause): Promise<PassBody> {
      const orderId = orderOf(pass);
      if (!(await store.readOrder(orderId))) throw new Refusal('pass-invalid');
      await change(orderId, cause, (order) => domain.usePass(order, now()));
      return checkPass(pass);
    },

    ...createSales(change, outbox, terms, now),

    ...createPeopleLeaving(outbox, now),
    support: createSupport(change, terms, now),

    ...createJournal(),

    cancel: (id: string, caller: string, cause: Cause) =>
      change(id, cause, (order) => domain.cancel(domain.own(order, caller))),

    expire,

    async authorize(id: string, news: News) {
      const { decision } = await hear(id, news, async (order) =>
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

    complete: (id: string, news: News) => hear(id, news, (order) => sale.complete(order, now(), terms)),

    failPayment: (id: string, news: News, reason: RefundReason | null = null) =>
      hear(id, news, (order) => refunds.failPayment(order, reason, now())),

    /** The money was refunded without our decision. */
    refund: (id: string, news: News, reason: RefundReason | null = null) =>
      hear(id, news, (order) => refunds.refund(order, reason, now())),

    /** Expires orders whose timer never fired: even without Redis no ticket stays held. */
    async expireOverdue() {
      await allFound(store.findOverdue(now()), ({ _id }) =>
        expire(_id.toString(), { trace: `overdue-${_id.toString()}` }),
      );
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
