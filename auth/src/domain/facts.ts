import type { OrderData, PayoutData } from '@ticketing/common/contract';

/** A sale, as its messages tell of it. Times are ISO 8601. */
export interface Sale {
  orderId: string;
  title: string;
  /** In minor units. */
  price: number;
  venue: string | null;
  city: string | null;
  startsAt: string | null;
  /** IANA. */
  timeZone: string | null;
  /** Section, row and seat, as far as they are known. */
  place: (string | null)[];
  /** Whether the reader bought it, or sold it. */
  role: 'buyer' | 'seller';
  soldAt: string | null;
  /** While it is promised: by when it must be handed over. */
  deliverBy: string | null;
  /** Why it was refunded, otherwise null. */
  reason: OrderData['reason'];
  claim: Pick<NonNullable<OrderData['claim']>, 'reason' | 'status' | 'answerBy'> | null;
}

/** What goes to another address than that of its reader's account. */
export interface Elsewhere {
  sendTo: string;
}

/** From where an account was signed in to. */
export interface SignInFacts {
  /** In words; null if unknown. */
  browser: string | null;
  network: string;
  /** ISO 8601. */
  at: string;
}

/** What changes in how an account is signed in to. */
export type Change =
  | 'password'
  | 'passkey-added'
  | 'passkey-removed'
  | 'two-step-on'
  | 'two-step-off'
  | 'app-replaced'
  | 'app-removed'
  | 'codes-made'
  | 'code-used'
  | 'leaving'
  | 'staying';

/** The kinds of messages, each with the facts that its text needs. */
export interface Facts {
  /** To a new account: is the address yours? */
  confirm: Record<string, never>;
  /** To the owner of an account, once its address is known to be theirs: nobody is owed it. */
  welcome: Record<string, never>;
  /** To whoever forgot the password of an address, if an account has it: set a new one. */
  reset: Record<string, never>;
  /** To the owner of an account: this of it has changed. */
  changed: { what: Change };
  /** To an address that an account is to have: is it yours? */
  move: Elsewhere;
  /** To an address that an account had: was it you who changed it? */
  moved: Elsewhere;
  /** To the owner of an account: someone tried to open another one with its address. */
  exists: Record<string, never>;
  /** To the owner of an account: it was signed in to with a browser that had not been there before. */
  device: SignInFacts;
  /** To the owner of an account: the support desk has frozen it; or lets it go on. */
  frozen: Record<string, never>;
  unfrozen: Record<string, never>;
  /** To a buyer: the ticket is yours. */
  bought: Sale;
  /** To a seller: the ticket is sold. */
  sold: Sale;
  /** To a buyer: the ticket is there. */
  delivered: Sale;
  /** To a seller: the time to hand it over is running out. */
  missing: Sale;
  /** To both: the sale is undone. */
  refunded: Sale;
  /** To a seller: the buyer claims their money back. */
  claimed: Sale;
  /** To a buyer: the seller answered the claim. */
  answered: Sale;
  /** To both: the claim is decided. */
  decided: Sale;
  /** To a seller: the money is on its way. */
  paid: PayoutData;
  /** To a seller: their payouts go to this bank account now. */
  payoutTo: { last4: string; former: string | null };
  /** To a seller: the money could not be sent. */
  unpaid: PayoutData;
}
export type Kind = keyof Facts;
/** The kinds that are about a sale. */
export type SaleKind = { [K in Kind]: Facts[K] extends Sale ? K : never }[Kind];

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
    /** Not to be sent before. */
    notBefore?: Date;
    /** What it would say is no longer so: if it was not sent, it is not to be. */
    isVoid?: boolean;
  };
}[Kind];

/** The kinds that are gathered: whoever does the same many times a day causes few messages. */
export const gatheredKinds = ['device', 'changed', 'payoutTo'] as const satisfies Kind[];
export type GatheredKind = (typeof gatheredKinds)[number];

/** What a message of a gathered kind tells: what happened, and how much more that is not listed. */
export interface News<F> {
  news: (F & { at: string })[];
  more: number;
}

/** What the text of each kind is made of. */
export type Told<K extends Kind> = K extends GatheredKind ? News<Facts[K]> : Facts[K];

/** A message that somebody is owed, or was sent. */
export interface StoredMessage {
  /** What it is about, its kind, and whom it is for. */
  _id: string;
  kind: Kind;
  to: string;
  facts: object;
  /** How often it was tried to send it. */
  tries: number;
  /** When that was first tried. */
  triedAt?: Date;
  /** How often it was sent, if it tells of more and more. */
  sends?: number;
  /** When it is to be tried; missing once it was sent, or given up. */
  dueAt?: Date;
  owedAt: Date;
  /** When the support desk had it sent again. */
  againAt?: Date;
  sentAt?: Date;
  /** When it was given up, and why. */
  parkedAt?: Date;
  problem?: string;
  /** What it says is no longer so. */
  isVoid?: boolean;
  /** Number of its changes, but for tries; 0 if missing. */
  version?: number;
}
