import type { DataOf, Event, OrderData, Subject, TicketData } from '@ticketing/common/contract';
import { subjectOf } from './order';

/** Events as the journal keeps them: the source of an order's story. */

/** An event's facts in brief: amounts in minor units, no texts, no addresses, no nulls. */
export type Facts = Record<string, string | number | boolean>;

/** An event of an order's story. */
export interface Entry {
  /** The same on every delivery of the event. */
  _id: string;
  /** The story it belongs to: an order's id, or a listing's between two orders (see `storiesOf`). */
  story: string;
  subject: string;
  aggregateId: string;
  version: number;
  at: Date;
  trace: string;
  by?: string;
  /** Whether it is not the event itself but a later restatement, with the restatement's time and trace. */
  isRestated?: true;
  facts: Facts;
}

type Told = Record<string, string | number | boolean | null | undefined>;

/** Without spreads, which are many times slower: each hold adds two entries. */
const ofOrder = (order: OrderData): Told => ({
  status: order.status,
  reason: order.reason,
  buyer: order.userId,
  seller: order.ticket.userId,
  price: order.ticket.price,
  edition: order.ticket.edition,
  seq: order.seq,
  expiresAt: order.expiresAt,
  claim: order.claim?.status,
  claimReason: order.claim?.reason,
  answerBy: order.claim?.answerBy,
  completedAt: order.completedAt,
  deliverBy: order.deliverBy,
  deliveredAt: order.deliveredAt,
  readAt: order.readAt,
  usedAt: order.usedAt,
  refundedAt: order.refundedAt,
  releaseAt: order.releaseAt,
  releasedAt: order.releasedAt,
});

const ofTicket = (ticket: TicketData): Told => ({
  status: ticket.status,
  price: ticket.price,
  seller: ticket.userId,
  edition: ticket.edition,
  seq: ticket.seq,
  delivery: ticket.delivery,
  heldUntil: ticket.heldUntil,
  withdrawing: ticket.withdrawing || null,
  deliveredAt: ticket.deliveredAt,
  isScanned: ticket.isScanned,
  deliverBy: ticket.deliverBy,
  missedAt: ticket.missedAt,
  readAt: ticket.readAt,
});

/** A listing's story is that of its order; without one, of the time since the previous order. */
const listingStory = (ticketId: string, seq: number) => `${ticketId}:${seq}`;

type Kept = { [S in Subject]?: (data: DataOf<S>) => [story: string, told: Told] };

const order = (data: OrderData): [string, Told] => [data.id, ofOrder(data)];
const ticket = (data: TicketData): [string, Told] => [data.orderId ?? listingStory(data.id, data.seq), ofTicket(data)];
const payment = ({ orderId, amount, stripeId, cause }: DataOf<'payment:created'>): [string, Told] => [
  orderId,
  { amount, stripeId, cause },
];
const payout = ({ orderId, userId, amount, settled, reason }: DataOf<'payout:paid'>): [string, Told] => [
  orderId,
  { seller: userId, amount, settled, reason },
];

const ADDRESS = /\S+@\S+/g;
const LONGEST = 200;

/** The facts kept for each subject, and the story it belongs to. */
const kept = {
  'order:created': order,
  'order:awaiting-payment': order,
  'order:completed': order,
  'order:cancelled': order,
  'order:claimed': order,
  'order:released': order,
  'order:refunded': order,
  'ticket:created': ticket,
  'ticket:updated': ticket,
  'payment:authorized': payment,
  'payment:created': payment,
  'payment:failed': payment,
  'payment:refunded': payment,
  'payout:paid': payout,
  'payout:failed': payout,
  'expiration:complete': ({ orderId }) => [orderId, {}],
  /** A mail server's response may contain an address. */
  'message:sent': ({ about, kind, to, sentAt, parkedAt, problem }) => [
    about,
    { kind, to, sentAt, parkedAt, problem: problem?.replace(ADDRESS, '…').slice(0, LONGEST) },
  ],
} satisfies Kept;

/** The subjects that the journal records. */
export const journaled = Object.keys(kept) as (keyof typeof kept)[];

/** An event's entry; undefined if it belongs to no story, or repeats another event. */
export function entryOf(event: Event): Entry | undefined {
  const { subject, aggregateId, version, occurredAt, trace, by, republished, data } = event;
  const [story, told] = (kept as Record<string, (data: unknown) => [string, Told]>)[subject]?.(data) ?? [];
  if (!story || !told || (republished && isAside(event))) return undefined;
  const _id = `${aggregateId}:${version}:${subject}`;
  const at = new Date(occurredAt);
  const entry: Entry = { _id, story, subject, aggregateId, version, trace, at, facts: factsOf(told) };
  if (by !== undefined) entry.by = by;
  if (republished) entry.isRestated = true;
  return entry;
}

function factsOf(told: Told): Facts {
  const facts: Facts = {};
  for (const [name, fact] of Object.entries(told)) if (fact !== null && fact !== undefined) facts[name] = fact;
  return facts;
}

/** A sale's state is republished under two subjects: its own, and one for services that listen only to that. */
const isAside = ({ subject, data }: Event) =>
  subject.startsWith('order:') && subjectOf(data as unknown as Parameters<typeof subjectOf>[0]) !== subject;

/**
 * The stories that make up an order's: its own, its listing's before there were any orders, and since the previous one.
 * Other buyers' holds are left out, so that it stays short however often the ticket was held.
 */
export const storiesOf = (id: string, { seq, ticket }: { seq: number; ticket: { id: string } }): string[] => [
  id,
  ...new Set([0, seq - 1, seq].map((at) => listingStory(ticket.id, at))),
];

/**
 * A story in order of time, and of version for the same document at the same time. Restatements are left out where the
 * event itself is known.
 */
export function inOrder(entries: Entry[]): Entry[] {
  const known = new Set(entries.filter(({ isRestated }) => !isRestated).map(stateOf));
  return entries
    .filter((entry) => !entry.isRestated || !known.has(stateOf(entry)))
    .sort(
      (one, other) =>
        one.at.getTime() - other.at.getTime() ||
        (one.aggregateId === other.aggregateId ? one.version - other.version : 0),
    );
}

const stateOf = ({ aggregateId, version }: Entry) => `${aggregateId}:${version}`;

/** What changed since the previous entry about the same document; null for facts that are gone. */
export function changesOf(facts: Facts, before: Facts = {}): Record<string, string | number | boolean | null> {
  const names = new Set([...Object.keys(facts), ...Object.keys(before)]);
  return Object.fromEntries(
    [...names].filter((name) => facts[name] !== before[name]).map((name) => [name, facts[name] ?? null]),
  );
}
