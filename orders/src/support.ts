import {
  countParked,
  lifetimes,
  Refusal,
  type Cause,
  type DecideInput,
  type OrderQueueBody,
  type Sought,
  type StoryEntry,
  type SupportOrderBody,
} from '@ticketing/common';
import { toSupport } from './bodies';
import type { Change, Decide } from './change';
import type { Ruling } from './domain/claim';
import * as domain from './domain/support';
import * as store from './store';
import { readStory } from './story';
import { spend } from './spendingStore';
import { findClaimed, findOrders, findProposed } from './supportStore';

/** What one person at the support desk may decide alone, in minor units. */
export interface SupportTerms {
  /** The highest price of an order. */
  supportLimit: number;
  /** The highest total price per day. */
  supportDaily: number;
}

/** What the support desk can do about orders. A cause without an account is not a person, and can decide nothing. */
export function createSupport(change: Change, { supportLimit, supportDaily }: SupportTerms, now: () => Date) {
  const show = async (id: string): Promise<SupportOrderBody> => {
    const order = await store.readOrder(id);
    if (!order) throw new Refusal('order-not-found');
    return toSupport(order, now());
  };

  /** Responds with the order as the request itself left it, whatever others did since. */
  const changed = async (id: string, cause: Cause, decide: Decide) =>
    toSupport((await change(id, cause, decide)).order, now());

  /** A decision is counted against one person's daily total before it is made, even if another turns out to be faster. */
  const ruled = (id: string, ruling: Ruling, rule: typeof domain.decide, cause: Cause) =>
    changed(id, cause, async (order) => {
      const decision = rule(order, ruling);
      if (!decision) return undefined;
      const spending = { by: ruling.by, what: `${ruling.decision} ${id}`, amount: order.ticket.price, at: ruling.at };
      const isEnough = domain.isForOne(order, ruling, supportLimit) && (await spend(spending, supportDaily));
      return isEnough ? decision : domain.byTwo(order, ruling, decision);
    });

  const list = (orders: store.StoredOrder[]) => orders.map((order) => toSupport(order, now()));

  return {
    show,

    /** Matching orders, newest first and without texts. */
    find: async (sought: Sought): Promise<SupportOrderBody[]> => list(await findOrders(sought)),

    story: (id: string): Promise<StoryEntry[]> => readStory(id),

    decide: (id: string, { decision, reason: why }: DecideInput, by: string, cause: Cause) =>
      ruled(id, { decision, why, by, at: now() }, domain.decide, cause),

    refund: (id: string, why: string, by: string, cause: Cause) =>
      ruled(id, { decision: 'refund', why, by, at: now() }, domain.refund, cause),

    withdrawProposal: (id: string, by: string, cause: Cause) =>
      changed(id, cause, (order) => domain.withdrawProposal(order, by, now())),

    async queue(): Promise<OrderQueueBody> {
      const since = new Date(now().getTime() - lifetimes.proposal);
      const [claims, proposals, deadLetters] = await Promise.all([findClaimed(), findProposed(since), countParked()]);
      return { claims: list(claims), proposals: list(proposals), deadLetters };
    },
  };
}

export type Support = ReturnType<typeof createSupport>;
