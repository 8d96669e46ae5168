import type { AnswerInput, Cause, ClaimInput, Event, Outbox, SaleBody } from '@ticketing/common';
import { commitEach } from './batch';
import { toData, toSale } from './bodies';
import type { Change } from './change';
import type { Ruling } from './domain/claim';
import * as domain from './domain/order';
import * as sale from './domain/sale';
import { readSalesOf } from './lists';
import type { Page } from './query';
import { CHECK_AFTER } from './secondLook';
import * as store from './store';

/** What happens to an order once it is complete: claims, refunds, and the release of its seller's money. */
export function createSales(change: Change, outbox: Outbox, terms: sale.SaleTerms, now: () => Date) {
  const showSale = async (id: string, seller: string): Promise<SaleBody> => {
    const order = sale.own(await store.readOrder(id), seller);
    return toSale(id, order.version, order);
  };

  return {
    /** A page of what the caller has sold, newest first, and the next cursor. */
    async listSales(seller: string, { limit, after }: Pick<Page, 'limit' | 'after'>) {
      const orders = await readSalesOf(seller, limit, after);
      const found = orders.map((order) => toSale(order._id.toString(), order.version, order));
      return { found, next: found.length < limit ? undefined : found.at(-1)?.id };
    },

    claim: (id: string, buyer: string, input: ClaimInput, cause: Cause) =>
      change(id, cause, (order) => sale.claim(domain.own(order, buyer), input, now(), terms)),

    async answerClaim(id: string, seller: string, { text }: AnswerInput, cause: Cause) {
      await change(id, cause, (order) => sale.answer(sale.own(order, seller), text, now()));
      return showSale(id, seller);
    },

    async giveBack(id: string, seller: string, cause: Cause) {
      await change(id, cause, (order) => sale.giveBack(sale.own(order, seller), now()));
      return showSale(id, seller);
    },

    /** A person decides a claim. Resolves with nothing if the same decision was already made. */
    decide: async (id: string, ruling: Omit<Ruling, 'at'>, cause: Cause) =>
      (await change(id, cause, (order) => sale.decide(order, { ...ruling, at: now() }))).decision,

    /** Refunds orders whose delivery was missed; else records when it is due, there or read, and moves the release. */
    async followDeliveries(events: Event<'ticket:updated'>[]) {
      const told = events.filter(({ data: { status, orderId, missedAt, deliverBy, deliveredAt, readAt } }) => {
        return status === 'sold' && orderId !== null && Boolean(missedAt ?? deliverBy ?? deliveredAt ?? readAt);
      });
      for (const event of told)
        await change(String(event.data.orderId), event, (order) => sale.follow(order, event.data, now(), terms));
    },

    /**
     * Handles due sales: refunds those whose claim was not answered, releases those that nothing stands
     * against. Each is one write, abandoned if anyone has changed the order since: it is found again a second later.
     */
    async reviewSales() {
      const at = now();
      const due = await store.findDueSales(at);
      const tickets = await Promise.all(due.map(({ ticket }) => store.loadTicket(ticket.id)));
      const decide = (order: store.StoredOrder, index: number) => {
        const id = order._id.toString();
        const { set, subject } = sale.review(order, tickets[index] ?? null, at, order.outbox.length > 0);
        return {
          set: subject ? { ...set, checkAt: new Date(at.getTime() + CHECK_AFTER) } : set,
          events: subject ? [{ subject, data: toData(id, { ...order, ...set }) }] : [],
          cause: { trace: `due-${id}` },
        };
      };
      await commitEach(outbox, due, decide, { field: 'dueAt', now: at });
    },
  };
}
