import {
  EventDetails,
  toMajor,
  type ClaimBody,
  type ClaimData,
  type Event,
  type NewEvent,
  type OrderBody,
  type OrderData,
  type SaleBody,
  type Subject,
  type SupportOrderBody,
} from '@ticketing/common';
import type { Claim, Ruling } from './domain/claim';
import { subjectOf, type Order, type OrderSubject } from './domain/order';
import { proposalOf } from './domain/support';
import type { StoredOrder } from './store';

/** Orders as events and API bodies. */

/** A ticket as it was when held; `price` in minor units, or major ones for the API. */
const heldTicket = (ticket: Order['ticket'], price: number) => ({
  id: ticket.id,
  title: ticket.title,
  description: ticket.description ?? null,
  price,
  edition: ticket.edition ?? 0,
  ...EventDetails.parse(ticket),
});

const isoOf = (time: Date | null | undefined) => time?.toISOString() ?? null;

const claimData = ({ reason, status, openedAt, answerBy, answeredAt, decidedAt }: Claim): ClaimData => ({
  reason,
  status,
  openedAt: openedAt.toISOString(),
  answerBy: answerBy.toISOString(),
  answeredAt: isoOf(answeredAt),
  decidedAt: isoOf(decidedAt),
});

export const toData = (id: string, order: Order): OrderData => ({
  id,
  userId: order.userId,
  status: order.status,
  reason: order.reason,
  expiresAt: order.expiresAt.toISOString(),
  seq: order.seq,
  completedAt: isoOf(order.completedAt),
  refundedAt: isoOf(order.refundedAt),
  deliverBy: isoOf(order.deliverBy),
  deliveredAt: isoOf(order.deliveredAt),
  releaseAt: isoOf(order.releaseAt),
  releasedAt: isoOf(order.releasedAt),
  readAt: isoOf(order.readAt),
  usedAt: isoOf(order.usedAt),
  claim: order.claim ? claimData(order.claim) : null,
  ticket: { ...heldTicket(order.ticket, order.ticket.price), userId: order.ticket.userId },
});

/** An order from its event, which has no claim texts. */
export const bodyOf = (
  { seq: _, readAt: __, usedAt: ___, claim, ticket, ...data }: OrderData,
  version: number,
): OrderBody => ({
  ...data,
  claim: claim && { ...claim, text: null, answer: null },
  ticket: heldTicket(ticket, toMajor(ticket.price)),
  version,
});

/** Lists omit texts. */
function claimBody(claim: Claim): ClaimBody {
  const { text, answer }: Partial<Claim> = claim;
  return { ...claimData(claim), text: text ?? null, answer: answer ?? null };
}

export const toBody = (id: string, version: number, order: Order): OrderBody => ({
  ...bodyOf(toData(id, order), version),
  claim: order.claim ? claimBody(order.claim) : null,
});

/** An order for its seller, without its buyer. */
export const toSale = (id: string, version: number, order: Order): SaleBody => withoutBuyer(toBody(id, version, order));

/** A sale from its event. */
export const saleOf = ({ data, version }: Event<Subject & `order:${string}`>): SaleBody =>
  withoutBuyer(bodyOf(data, version));

const withoutBuyer = ({ userId: _, expiresAt: __, ...sale }: OrderBody): SaleBody => sale;

/** An order for the support desk. */
export const toSupport = (order: StoredOrder, now: Date): SupportOrderBody => {
  const proposal = proposalOf(order, now);
  return {
    ...toBody(order._id.toString(), order.version, order),
    sellerId: order.ticket.userId,
    createdAt: order._id.getTimestamp().toISOString(),
    seq: order.seq,
    readAt: isoOf(order.readAt),
    usedAt: isoOf(order.usedAt),
    proposal: proposal ? proposalBody(proposal) : null,
    decisions: (order.history ?? []).map(({ at, ...ruling }) => ({ ...ruling, at: at.toISOString() })),
  };
};

const proposalBody = ({ decision, by, why, at }: Ruling) => ({ decision, by, reason: why, at: at.toISOString() });

/** The events that describe an order's full state: for a sale, also its outcome, for those that hear only that. */
export function snapshot(order: StoredOrder): NewEvent[] {
  const data = toData(order._id.toString(), order);
  const latest = subjectOf(order);
  const subjects = new Set<OrderSubject>(order.status === 'complete' ? ['order:completed', latest] : [latest]);
  return [...subjects].map((subject) => ({ subject, data }));
}
