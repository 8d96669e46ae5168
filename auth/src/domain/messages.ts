import type { DataOf, Event, Subject } from '@ticketing/common/contract';

/** A sale, as its messages tell of it. */
export interface Sale {
  orderId: string;
  title: string;
  /** In minor units. */
  price: number;
  venue: string | null;
  city: string | null;
  /** ISO 8601. */
  startsAt: string | null;
  /** IANA. */
  timeZone: string | null;
  /** Section, row and seat, as far as they are known. */
  place: (string | null)[];
}

/** What goes to another address than that of its reader's account. */
export interface Elsewhere {
  sendTo: string;
}

/** The kinds of messages, each with the facts that its text needs. */
export interface Facts {
  /** To a new account: is the address yours? */
  confirm: Record<string, never>;
  /** To whoever forgot the password of an address, if an account has it: set a new one. */
  reset: Record<string, never>;
  /** To the owner of an account: this of it has changed. */
  changed: { what: 'password' };
  /** To an address that an account is to have: is it yours? */
  move: Elsewhere;
  /** To an address that an account had: was it you who changed it? */
  moved: Elsewhere;
  /** To the owner of an account: someone tried to open another one with its address. */
  exists: Record<string, never>;
  /** To a buyer: the ticket is yours. */
  bought: Sale;
  /** To a seller: the ticket is sold. */
  sold: Sale;
}
export type Kind = keyof Facts;

/** A message that somebody is owed. */
export type Owed = {
  [K in Kind]: {
    kind: K;
    /** The aggregate it is about. Of each kind, a person gets one message about it. */
    about: string;
    /** The recipient's account; or an address, if who has it is looked up when the message is sent. */
    to: string;
    /** Since when it is owed. */
    at: Date;
    facts: Facts[K];
  };
}[Kind];

/** A message that somebody is owed, or was sent. */
export interface StoredMessage {
  /** What it is about, its kind, and whom it is for. */
  _id: string;
  kind: Kind;
  to: string;
  facts: object;
  /** How often it was tried to send it. */
  tries: number;
  /** When it is to be tried; missing once it was sent, or given up. */
  dueAt?: Date;
  owedAt: Date;
  sentAt?: Date;
  /** When it was given up, and why. */
  parkedAt?: Date;
  problem?: string;
}

type Owing = { [S in Subject]?: (data: DataOf<S>, event: Event<S>) => Owed[] };

const saleOf = ({ id, ticket }: DataOf<'order:completed'>): Sale => ({
  orderId: id,
  title: ticket.title,
  price: ticket.price,
  venue: ticket.venue,
  city: ticket.city,
  startsAt: ticket.startsAt,
  timeZone: ticket.timeZone,
  place: [ticket.section, ticket.row, ticket.seat],
});

/** Which messages are owed for what happened: the one list. */
export const owing = {
  'user:created': ({ id }, { occurredAt }) => [
    { kind: 'confirm', about: id, to: id, at: new Date(occurredAt), facts: {} },
  ],
  'order:completed': (order) => {
    const { id, userId, completedAt, ticket } = order;
    if (completedAt === null) return [];
    const [about, at, facts] = [id, new Date(completedAt), saleOf(order)];
    return [
      { kind: 'bought', about, to: userId, at, facts },
      { kind: 'sold', about, to: ticket.userId, at, facts },
    ];
  },
} satisfies Owing;

export type OwingSubject = keyof typeof owing;

/** The messages owed for an event. */
export const owedFor = <S extends OwingSubject>(event: Event<S>): Owed[] =>
  (owing[event.subject] as (data: DataOf<S>, event: Event<S>) => Owed[])(event.data, event);
