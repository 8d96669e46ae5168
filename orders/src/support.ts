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
import * as domain from './domain/support';
import * as store from './store';
import { readStory } from './story';
import { findClaimed, findOrders, findProposed } from './supportStore';

/** What the support desk may do. */
export interface SupportTerms {
  /** The highest price that one person may refund, in minor units. */
  refundLimit: number;
}

/** What the support desk can do about orders. A cause without an account is no person, who could decide nothing. */
export function createSupport(change: Change, { refundLimit }: SupportTerms, now: () => Date) {
  const show = async (id: string): Promise<SupportOrderBody> => {
    const order = await store.readOrder(id);
    if (!order) throw new Refusal('order-not-found');
    return toSupport(order, now());
  };

  /** Answers with what the request itself made of the order, whatever others did since. */
  const changed = async (id: string, cause: Cause, decide: Decide) =>
    toSupport((await change(id, cause, decide)).order, now());

  const list = (orders: store.StoredOrder[]) => orders.map((order) => toSupport(order, now()));

  return {
    show,

    /** What matches, newest first and without texts. */
    find: async (sought: Sought): Promise<SupportOrderBody[]> => list(await findOrders(sought)),

    story: (id: string): Promise<StoryEntry[]> => readStory(id),

    decide: (id: string, { decision, reason: why }: DecideInput, by: string, cause: Cause) =>
      changed(id, cause, (order) => domain.decide(order, { decision, why, by, at: now() }, refundLimit)),

    refund: (id: string, why: string, by: string, cause: Cause) =>
      changed(id, cause, (order) => domain.refund(order, { why, by, at: now() }, refundLimit)),

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
