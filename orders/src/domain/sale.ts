import { Refusal } from '@ticketing/common/contract';
import { isUndecided, type Claim, type Ruling } from './claim';
import { subjectOf, type Decision, type Order, type Ticket } from './order';
import { refunded } from './refund';

/**
 * What becomes of an order whose money is captured: it is complete, perhaps claimed, and then released (its seller is
 * paid) or refunded, which is final. A claim that is not decided keeps it from being released; a released order can no
 * longer be claimed.
 */

/** Durations in milliseconds. */
export interface SaleTerms {
  /** From the start of an event to the release of its sellers' money. */
  payoutAfter: number;
  /** The same without a date: from the sale, or from when the buyer first opened the delivery if that is earlier. */
  payoutAfterSale: number;
  payoutAfterRead: number;
  /** A seller's time to answer a claim. */
  answerWithin: number;
}

const DAY = 86_400_000;
/** How often to check for a promised delivery that has not been reported. */
const LOOK_EVERY = 3_600_000;
const after = (time: Date, milliseconds: number) => new Date(time.getTime() + milliseconds);
const earlier = (one: Date, other: Date) => (one < other ? one : other);

/** The money is captured: sold. */
export function complete(order: Order, now: Date, terms: SaleTerms): Decision | undefined {
  if (order.status !== 'awaiting:payment') return undefined;
  return {
    set: { status: 'complete', slot: undefined, ...timesOf(order, now, terms) },
    subject: 'order:completed',
  };
}

/** When an order was sold, when its seller will be paid, and when to check whether they can be. */
function timesOf({ ticket: { startsAt, delivery } }: Order, completedAt: Date, terms: SaleTerms) {
  const releaseAt = startsAt ? after(new Date(startsAt), terms.payoutAfter) : after(completedAt, terms.payoutAfterSale);
  return { completedAt, releaseAt, dueAt: delivery ? earlier(releaseAt, after(completedAt, LOOK_EVERY)) : releaseAt };
}

/** Refunds that only a sale can have: the others are possible before its money was captured. */
const OF_SALES: Order['reason'][] = ['claim', 'seller', 'support', 'not-delivered'];

/** Adds the times to a sale from an older version. It was sold by the end of its window at the latest. */
export function dated(order: Order, now: Date, terms: SaleTerms): Decision | undefined {
  const { status, reason, completedAt: known, releasedAt, claim, expiresAt } = order;
  if (known) return undefined;
  const { dueAt, ...times } = timesOf(order, earlier(expiresAt, now), terms);
  if (status === 'refunded' && OF_SALES.includes(reason))
    return { set: { completedAt: times.completedAt }, subject: subjectOf(order) };
  if (status !== 'complete') return undefined;
  const isSettled = releasedAt ?? isUndecided(claim?.status);
  return { set: { ...times, ...(!isSettled && { dueAt }) }, subject: subjectOf(order) };
}

/** Its buyer complains, once. Repeating the same claim changes nothing. */
export function claim(
  order: Order,
  { reason, text }: Pick<Claim, 'reason' | 'text'>,
  now: Date,
  { answerWithin }: SaleTerms,
): Decision | undefined {
  if (order.claim?.reason === reason && order.claim.text === text) return undefined;
  if (order.claim) throw new Refusal('claim-exists');
  if (order.status === 'refunded') throw new Refusal('order-refunded');
  mustBeUnreleased(order);
  const answerBy = after(now, answerWithin);
  return {
    set: { claim: { reason, text, status: 'open', openedAt: now, answerBy, answer: null }, dueAt: answerBy },
    subject: 'order:claimed',
  };
}

/** Only the seller sees a sale. */
export function own<T extends Pick<Order, 'ticket'>>(order: T | null, caller: string): T {
  if (!order) throw new Refusal('order-not-found');
  if (order.ticket.userId !== caller) throw new Refusal('order-not-yours');
  return order;
}

/** Its seller answers a claim in time: a person decides. Repeating the same answer changes nothing. */
export function answer(order: Order, text: string, now: Date): Decision | undefined {
  const { claim } = order;
  if (!claim) throw new Refusal('claim-not-found');
  if (claim.answer === text) return undefined;
  if (claim.status !== 'open' || claim.answerBy <= now) throw new Refusal('claim-closed');
  return {
    set: { claim: { ...claim, status: 'answered', answer: text, answeredAt: now }, dueAt: null },
    subject: 'order:claimed',
  };
}

/** Its seller refunds it, unprompted or by agreeing to a claim. */
export function giveBack(order: Order, now: Date): Decision | undefined {
  if (order.status === 'refunded') return undefined;
  mustBeUnreleased(order);
  return refunded(order, 'seller', now);
}

/** A person decides a claim, once, which also ends a proposal. Repeating the same decision changes nothing. */
export function decide(order: Order, ruling: Ruling): Decision | undefined {
  const { claim, history = [] } = order;
  if (!claim) throw new Refusal('claim-not-found');
  if (claim.status === ruling.decision) return undefined;
  if (!isUndecided(claim.status)) throw new Refusal('claim-closed');
  const { set, subject } =
    ruling.decision === 'refund' ? refunded(order, 'claim', ruling.at) : dismissed(claim, order, ruling);
  return { set: { ...set, history: [...history, ruling] }, subject };
}

/** Applies news of the delivery: its deadline, that it was missed, that it is there, or that the buyer opened it. */
export function follow(order: Order, ticket: Ticket, now: Date, terms: SaleTerms): Decision | undefined {
  const { status, releasedAt } = order;
  if (status !== 'complete' || ticket.seq !== order.seq) return undefined;
  if (ticket.missedAt && !releasedAt) return refunded(order, 'not-delivered', now);
  const moved = releasedAt ? undefined : move(order, ticket, terms);
  const news = newsOf(order, ticket);
  return Object.keys(news).length > 0 ? { set: { ...moved?.set, ...news }, subject: subjectOf(order) } : moved;
}

/** What an order does not know yet about the delivery. One from before the sale is not news, unless promised. */
function newsOf(order: Order, { deliverBy, deliveredAt, readAt }: Ticket): Partial<Order> {
  const { completedAt, ticket } = order;
  const isAwaited = ticket.delivery === 'later' || (completedAt && deliveredAt && new Date(deliveredAt) > completedAt);
  return {
    ...(deliverBy &&
      !order.deliveredAt &&
      order.deliverBy?.toISOString() !== deliverBy && { deliverBy: new Date(deliverBy) }),
    ...(!order.deliveredAt && deliveredAt && isAwaited && { deliveredAt: new Date(deliveredAt), deliverBy: null }),
    ...(!order.readAt && readAt && { readAt: new Date(readAt) }),
  };
}

/** Moves the release of a sale whose delivery is there or was opened. */
function move(order: Order, ticket: Ticket, { payoutAfterRead }: SaleTerms): Decision | undefined {
  const { releaseAt, dueAt, claim } = order;
  if (!releaseAt) return undefined;
  const readAt = order.ticket.startsAt ? null : ticket.readAt;
  const next = readAt ? earlier(releaseAt, after(new Date(readAt), payoutAfterRead)) : releaseAt;
  const isDue = !isUndecided(claim?.status) && isDelivered(order, ticket) && dueAt?.getTime() !== next.getTime();
  if (next < releaseAt) return { set: { releaseAt: next, ...(isDue && { dueAt: next }) }, subject: subjectOf(order) };
  return isDue ? { set: { dueAt: next } } : undefined;
}

/**
 * Its time has come: an unanswered claim is decided for the buyer, and a sale that nothing stands against is
 * released. One that waits is checked again when time may have changed that.
 * @param isUnsent whether an event of it is still to be sent: then it asks nothing, which during a long outage would add up
 */
export function review(order: Order, ticket: Ticket | null, now: Date, isUnsent = false): Decision {
  const { status, claim, releaseAt = now, releasedAt } = order;
  if (status !== 'complete' || releasedAt || claim?.status === 'answered') return { set: { dueAt: null } };
  if (ticket?.seq === order.seq && ticket.missedAt) return refunded(order, 'not-delivered', now);
  if (claim?.status === 'open')
    return claim.answerBy <= now ? refunded(order, 'claim', now) : { set: { dueAt: claim.answerBy } };
  if (!isDelivered(order, ticket))
    return { set: { dueAt: after(now, LOOK_EVERY) }, ...(!isUnsent && askAgain(order, now)) };
  return releaseAt <= now
    ? { set: { releasedAt: now, dueAt: null }, subject: 'order:released' }
    : { set: { dueAt: releaseAt } };
}

/** Republishes a sale whose delivery should be there or missed by now: tickets answers with its state. */
const askAgain = (order: Order, now: Date) =>
  order.completedAt && after(order.completedAt, DAY) < now ? { subject: subjectOf(order) } : {};

/** Whether the buyer has what was promised, according to the listing. */
const isDelivered = (order: Order, ticket: Ticket | null): boolean =>
  !order.ticket.delivery || (ticket?.seq === order.seq && Boolean(ticket.deliveredAt));

function mustBeUnreleased({ status, releasedAt }: Order) {
  if (status !== 'complete') throw new Refusal('order-not-complete');
  if (releasedAt) throw new Refusal('order-released');
}

/** A claim decided for the seller: nothing but time keeps them from being paid. */
const dismissed = (claim: Claim, { releaseAt, proposal }: Order, { at }: Ruling): Decision => ({
  set: {
    claim: { ...claim, status: 'pay', decidedAt: at },
    dueAt: releaseAt ?? at,
    ...(proposal && { proposal: null }),
  },
  subject: 'order:claimed',
});
