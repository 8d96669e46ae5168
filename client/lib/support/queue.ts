import type {
  MessageBody,
  OrderQueueBody,
  PaymentQueueBody,
  PeopleQueueBody,
  SupportListingBody,
  SupportOrderBody,
  TicketQueueBody,
} from '@ticketing/common/contract';
import type { Part } from './part';
import type { Service } from './services';
import { madeAt } from './times';

/** What is waiting for a person, by service. */
export interface Queues {
  users: Part<PeopleQueueBody>;
  tickets: Part<TicketQueueBody>;
  orders: Part<OrderQueueBody>;
  payments: Part<PaymentQueueBody>;
}

/** The next step for something that is waiting. */
export type Next =
  | 'decide'
  | 'awaitAnswer'
  | 'agree'
  | 'judge'
  | 'review'
  | 'payout'
  | 'withheld'
  | 'settle'
  | 'send'
  | 'redrive';

/** Something that is waiting. */
export interface Waiting {
  key: string;
  href: string;
  /** What it is about, in user-supplied text: a title, an address, a code. */
  about: string;
  /** Since when; undefined if unknown. */
  since?: string;
  next: Next;
  /** How many, if it stands for several. */
  count?: number;
}

const groupNames = [
  'claims',
  'proposals',
  'reported',
  'waiting',
  'payouts',
  'findings',
  'messages',
  'deadLetters',
] as const;
export type GroupName = (typeof groupNames)[number];

/** Items waiting for the same reason, longest first. */
export interface Group {
  name: GroupName;
  items: Waiting[];
  /** Services that did not respond: items of theirs may be missing. */
  missing: Service[];
}

const orderPath = (id: string) => `/support/orders/${id}`;

const claimOf = ({ id, claim, ticket }: SupportOrderBody): Waiting => ({
  ...{ key: id, href: orderPath(id), about: ticket.title, since: claim?.openedAt },
  next: claim?.status === 'answered' ? 'decide' : 'awaitAnswer',
});

const proposalOf = ({ id, proposal, ticket }: SupportOrderBody): Waiting => ({
  ...{ key: id, href: orderPath(id), about: ticket.title, since: proposal?.at, next: 'agree' },
});

const listingOf =
  (next: Next) =>
  ({ ticket: { id, title }, reports }: SupportListingBody): Waiting => ({
    ...{ key: id, href: `/support/listings/${id}`, about: title, next },
    since: reports.map(({ at }) => at).sort()[0] ?? madeAt(id),
  });

const payoutOf = ({ id, orderId, payout }: PaymentQueueBody['payouts'][number]): Waiting => ({
  ...{ key: id, href: orderPath(orderId), about: payout.refusal ?? orderId, since: payout.frozenAt ?? madeAt(id) },
  next: payout.frozenAt ? 'withheld' : 'payout',
});

const findingOf = ({ orderId, problem, at }: PaymentQueueBody['findings'][number], index: number): Waiting => ({
  ...{ key: `${orderId}-${index}`, href: orderPath(orderId), about: problem, since: at, next: 'settle' },
});

const messageOf = ({ id, kind, to, parkedAt, owedAt }: MessageBody): Waiting => ({
  ...{ key: id, about: kind, since: parkedAt ?? owedAt, next: 'send' },
  href: /^[0-9a-f]{24}$/.test(to) ? `/support/people/${to}` : `/support?q=${encodeURIComponent(to)}`,
});

const parkedOf = (service: Service, count = 0): Waiting[] =>
  count === 0 ? [] : [{ key: service, href: `/support/events#${service}`, about: service, next: 'redrive', count }];

/** Unknown ages come first: they may be the oldest. */
const byAge = (a: Waiting, b: Waiting) => (a.since ?? '').localeCompare(b.since ?? '');

/** What is waiting for a person, in groups, each with the longest wait first. */
export function groupsOf(queues: Queues): Group[] {
  const { users, tickets, orders, payments } = queues;
  const items: Record<GroupName, Waiting[]> = {
    claims: (orders?.claims ?? []).map(claimOf),
    proposals: (orders?.proposals ?? []).map(proposalOf),
    reported: (tickets?.reported ?? []).map(listingOf('judge')),
    waiting: (tickets?.waiting ?? []).map(listingOf('review')),
    payouts: (payments?.payouts ?? []).map(payoutOf),
    findings: (payments?.findings ?? []).map(findingOf),
    messages: (users?.messages ?? []).map(messageOf),
    deadLetters: [
      ...parkedOf('users', users?.deadLetters),
      ...parkedOf('tickets', tickets?.deadLetters),
      ...parkedOf('orders', orders?.deadLetters),
      ...parkedOf('payments', payments?.deadLetters),
    ],
  };
  const sources: Record<GroupName, Service[]> = {
    ...{ claims: ['orders'], proposals: ['orders'], reported: ['tickets'], waiting: ['tickets'] },
    ...{ payouts: ['payments'], findings: ['payments'], messages: ['users'] },
    deadLetters: ['users', 'tickets', 'orders', 'payments'],
  };
  return groupNames.map((name) => ({
    name,
    items: items[name].sort(byAge),
    missing: sources[name].filter((service) => !queues[service]),
  }));
}
