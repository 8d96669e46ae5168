import type { DataOf, Event, NewEvent, OrderData, PayoutData, Subject, TicketData } from '@ticketing/common/contract';
import type { Facts, Kind, Owed, Sale, SaleKind, StoredMessage } from './facts';

type Owing = { [S in Subject]?: (data: DataOf<S>, event: Event<S>) => Owed[] };

const saleOf = ({ id, ticket, completedAt, deliverBy, reason, claim }: OrderData, role: Sale['role']): Sale => ({
  orderId: id,
  title: ticket.title,
  price: ticket.price,
  venue: ticket.venue,
  city: ticket.city,
  startsAt: ticket.startsAt,
  timeZone: ticket.timeZone,
  place: [ticket.section, ticket.row, ticket.seat],
  role,
  soldAt: completedAt,
  deliverBy,
  reason,
  claim: claim && { reason: claim.reason, status: claim.status, answerBy: claim.answerBy },
});

/** How long before a deadline its seller is reminded, in milliseconds; for shorter deadlines, after half the time. */
const REMINDER = 6 * 3_600_000;

/** Since when each message about an order is owed, if it is, and to whom. */
const aboutOrders: { [K in SaleKind]: [since: (order: OrderData) => string | null, ...to: Sale['role'][]] } = {
  bought: [({ completedAt }) => completedAt, 'buyer'],
  // A seller who promised the ticket is told by when it is expected.
  sold: [
    (order) => (isPromised(order) && !(order.deliverBy ?? order.deliveredAt) ? null : order.completedAt),
    'seller',
  ],
  delivered: [({ completedAt: sold, deliveredAt: at }) => (sold && at && at > sold ? at : null), 'buyer'],
  missing: [({ deliverBy, deliveredAt }) => deliverBy ?? deliveredAt, 'seller'],
  refunded: [({ reason, refundedAt }) => (reason === 'claim' ? null : refundedAt), 'buyer', 'seller'],
  claimed: [({ claim }) => claim?.openedAt ?? null, 'seller'],
  answered: [({ claim }) => claim?.answeredAt ?? null, 'buyer'],
  decided: [
    ({ claim, status, reason }) => (status !== 'refunded' || reason === 'claim' ? (claim?.decidedAt ?? null) : null),
    'buyer',
    'seller',
  ],
};

const isPromised = ({ ticket }: OrderData) => ticket.delivery === 'later';

/** A reminder is due at a certain time, and void once nothing is left to hand over. */
function reminder({ completedAt, deliverBy, deliveredAt, status }: OrderData) {
  if (deliveredAt || status !== 'complete' || !completedAt || !deliverBy) return { isVoid: true };
  const [sold, end] = [Date.parse(completedAt), Date.parse(deliverBy)];
  return { notBefore: new Date(Math.max(end - REMINDER, (sold + end) / 2)) };
}

/** The messages owed for an order in its current state: whichever of its events arrives first causes them. */
function ofOrder(order: OrderData): Owed[] {
  const people = { buyer: order.userId, seller: order.ticket.userId };
  return (Object.keys(aboutOrders) as SaleKind[]).flatMap((kind) => {
    const [since, ...roles] = aboutOrders[kind];
    const at = since(order);
    if (at === null) return [];
    return roles
      .filter((role) => role === 'buyer' || order.completedAt !== null)
      .map((role) => ({
        ...{ kind, about: order.id, to: people[role], at: new Date(at), facts: saleOf(order, role) },
        ...(kind === 'missing' && reminder(order)),
      }));
  });
}

/** A message to an account's owner about a change just made to it. */
export const aboutAccount = <K extends Kind>(kind: K, id: string, facts: Facts[K], at: Date) =>
  ({ kind, about: `${id}/${at.getTime()}`, to: id, at, facts }) as Owed;

/** The optional kinds, which people can unsubscribe from. */
export const optionalKinds: readonly Kind[] = ['welcome'];

/** To an account whose address is confirmed for the first time. */
export const welcome = (id: string, at: Date): Owed => ({ kind: 'welcome', about: id, to: id, at, facts: {} });

/** The event for an owed message, committed together with its cause: a crash loses both or neither. */
export const owed = ({ kind, about, to, at, facts }: Owed): NewEvent => ({
  subject: 'message:owed',
  data: { kind, about, to, at: at.toISOString(), facts: { ...facts } },
});

const ofPayout =
  (kind: 'paid' | 'unpaid') =>
  (payout: PayoutData): Owed[] => [
    { kind, about: payout.orderId, to: payout.userId, at: new Date(payout.at), facts: payout },
  ];

/** A seller who withdrew a listing themselves knows, and one whose account was frozen is told that at once. */
const ofListing = ({ id, title, userId, withdrawnAt, withdrawnBy }: TicketData): Owed[] =>
  withdrawnAt !== null && withdrawnBy === 'support'
    ? [{ kind: 'withdrawn', about: id, to: userId, at: new Date(withdrawnAt), facts: { listingId: id, title } }]
    : [];

/** Whether a message may be sent again: it is owed to its recipient, and still true. */
export const isSendable = ({ kind, isVoid, dueAt, sentAt, parkedAt }: StoredMessage): boolean =>
  !optionalKinds.includes(kind) && !isVoid && Boolean(dueAt ?? sentAt ?? parkedAt);

const ofOrders: readonly Kind[] = [...(Object.keys(aboutOrders) as SaleKind[]), 'paid', 'unpaid'];

const ADDRESS = /\S+@\S+/g;

/** The outcome of a message about an order, for the order's story; undefined if it is about something else. */
export function storyOf({ _id, kind, to, sentAt, parkedAt, problem }: StoredMessage): NewEvent | undefined {
  if (!ofOrders.includes(kind)) return undefined;
  const [about = ''] = _id.split('/');
  const at = { sentAt: sentAt?.toISOString() ?? null, parkedAt: parkedAt?.toISOString() ?? null };
  // A provider's response may contain the address.
  return {
    subject: 'message:sent',
    data: { id: _id, kind, about, to, ...at, problem: problem?.replaceAll(ADDRESS, '…') ?? null },
  };
}

/** The single list of which messages each event causes. */
export const owing = {
  'user:created': ({ id }, { occurredAt }) => [
    { kind: 'confirm', about: id, to: id, at: new Date(occurredAt), facts: {} },
  ],
  'message:owed': ({ at, ...message }) => [{ ...message, at: new Date(at) } as Owed],
  'ticket:withdrawn': ofListing,
  'order:completed': ofOrder,
  'order:claimed': ofOrder,
  'order:released': ofOrder,
  'order:refunded': ofOrder,
  'payout:paid': ofPayout('paid'),
  'payout:failed': ofPayout('unpaid'),
  'seller:updated': ({ id, payoutTo: to }) =>
    to === null
      ? []
      : [
          {
            ...{ kind: 'payoutTo', about: `${id}/${to.since}`, to: id, at: new Date(to.since) },
            facts: { last4: to.last4, former: to.former },
          },
        ],
} satisfies Owing;

export type OwingSubject = keyof typeof owing;

/** The messages owed for an event. */
export const owedFor = <S extends OwingSubject>(event: Event<S>): Owed[] =>
  (owing[event.subject] as (data: DataOf<S>, event: Event<S>) => Owed[])(event.data, event);
