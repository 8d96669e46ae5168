import { lifetimes, Refusal } from '@ticketing/common/contract';
import type { Ruling } from './claim';
import type { Decision, Order } from './order';
import { refunded } from './refund';
import * as sale from './sale';

/**
 * The support desk's decisions about orders. Those beyond one person's limits need two people: the first decision is
 * kept as a proposal, which another person completes.
 */

/** The pending proposal; undefined if there is none, or if it is too old. */
export function proposalOf({ status, proposal }: Pick<Order, 'status' | 'proposal'>, now: Date): Ruling | undefined {
  const isOpen = status === 'complete' && proposal && now.getTime() - proposal.at.getTime() < lifetimes.proposal;
  return isOpen ? { decision: 'refund', ...proposal } : undefined;
}

/** Nobody may decide about an order they bought or sold. */
function mayDecide(order: Pick<Order, 'userId' | 'ticket'>, person: string) {
  if (person === order.userId || person === order.ticket.userId) throw new Refusal('own-account');
}

/** Decides a claim, if one person may. Repeating the same decision changes nothing. */
export function decide(order: Order, ruling: Ruling): Decision | undefined {
  mayDecide(order, ruling.by);
  return sale.decide(order, ruling);
}

/** Refunds the buyer, with or without a claim, even if the seller has been paid since: if one person may. */
export function refund(order: Order, ruling: Ruling): Decision | undefined {
  mayDecide(order, ruling.by);
  if (order.status === 'refunded') return undefined;
  if (order.status !== 'complete') throw new Refusal('order-not-complete');
  const { set, subject } = refunded(order, 'support', ruling.at);
  return { set: { ...set, history: [...(order.history ?? []), ruling] }, subject };
}

/**
 * Whether one person's decision is enough, judging by the order alone; not if it seconds another's proposal.
 * @param limit the highest price that one person may decide about, in minor units
 */
export function isForOne(order: Order, ruling: Ruling, limit: number): boolean {
  // Once the seller is paid, it may be our own money.
  return order.ticket.price <= limit && !order.releasedAt && !isSecond(proposalOf(order, ruling.at), ruling);
}

const isSecond = (proposal: Ruling | undefined, { by, decision }: Ruling) =>
  proposal?.decision === decision && proposal.by !== by;

/**
 * Lets a decision pass if another has proposed it; otherwise proposes it, which ends a contrary one. Repeating one's
 * own proposal changes nothing.
 */
export function byTwo(order: Order, ruling: Ruling, decision: Decision): Decision | undefined {
  const proposal = proposalOf(order, ruling.at);
  if (proposal && isSecond(proposal, ruling)) {
    const { history = [] } = decision.set;
    return { ...decision, set: { ...decision.set, history: [...history.slice(0, -1), proposal, ruling] } };
  }
  return proposal?.decision === ruling.decision ? undefined : { set: { proposal: ruling } };
}

/** Withdraws one's own proposal, or rejects another's. */
export function withdrawProposal(order: Order, person: string, now: Date): Decision {
  mayDecide(order, person);
  if (!proposalOf(order, now)) throw new Refusal('proposal-not-found');
  return { set: { proposal: null } };
}
