import { lifetimes, Refusal } from '@ticketing/common/contract';
import type { Proposal, Ruling } from './claim';
import type { Decision, Order } from './order';
import { refunded } from './refund';
import * as sale from './sale';

/**
 * What the support desk decides about orders. A refund above the limit of one person needs two: the first one's is kept as a
 * proposal, which another's completes.
 */

/** A pending proposal; undefined if there is none, or if it is too old. */
export function proposalOf({ status, proposal }: Pick<Order, 'status' | 'proposal'>, now: Date): Proposal | undefined {
  const isOpen = status === 'complete' && proposal && now.getTime() - proposal.at.getTime() < lifetimes.proposal;
  return isOpen ? proposal : undefined;
}

/** Nobody may decide about an order they bought or sold. */
export function mayDecide(order: Pick<Order, 'userId' | 'ticket'>, person: string) {
  if (person === order.userId || person === order.ticket.userId) throw new Refusal('own-account');
}

/**
 * Decides a claim; for the seller, that ends a proposal to refund it.
 * @param limit the highest price that one person may refund, in minor units
 */
export function decide(order: Order, ruling: Ruling, limit: number): Decision | undefined {
  mayDecide(order, ruling.by);
  const decision = sale.decide(order, ruling);
  if (!decision || ruling.decision === 'refund') return decision && byTwo(order, ruling, limit, decision);
  return { ...decision, set: { ...decision.set, ...(order.proposal && { proposal: null }) } };
}

/** Gives the buyer their money back, whether or not anyone claimed it or the seller was paid since. */
export function refund(order: Order, wish: Proposal, limit: number): Decision | undefined {
  mayDecide(order, wish.by);
  if (order.status === 'refunded') return undefined;
  if (order.status !== 'complete') throw new Refusal('order-not-complete');
  const { set, subject } = refunded(order, 'support', wish.at);
  const history = [...(order.history ?? []), { ...wish, decision: 'refund' as const }];
  return byTwo(order, wish, limit, { set: { ...set, history }, subject });
}

/** Allows a refund, or proposes it. Repeating one's own proposal changes nothing. */
function byTwo(order: Order, { by, why, at }: Proposal, limit: number, refund: Decision): Decision | undefined {
  // Once the seller is paid, it may be our own money.
  if (order.ticket.price <= limit && !order.releasedAt) return refund;
  const proposal = proposalOf(order, at);
  if (!proposal) return { set: { proposal: { by, why, at } } };
  if (proposal.by === by) return undefined;
  const { history = [] } = refund.set;
  const first = { at: proposal.at, by: proposal.by, decision: 'refund' as const, why: proposal.why };
  return { ...refund, set: { ...refund.set, history: [...history.slice(0, -1), first, ...history.slice(-1)] } };
}

/** Withdraws one's own proposal, or rejects another's. */
export function withdrawProposal(order: Order, person: string, now: Date): Decision {
  mayDecide(order, person);
  if (!proposalOf(order, now)) throw new Refusal('proposal-not-found');
  return { set: { proposal: null } };
}
