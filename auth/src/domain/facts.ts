import type { OrderData, PayoutData } from '@ticketing/common/contract';

/** A sale, as its messages describe it. Times are ISO 8601. */
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
  /** Section, row and seat, as far as known. */
  place: (string | null)[];
  /** Whether the reader bought it, or sold it. */
  role: 'buyer' | 'seller';
  soldAt: string | null;
  /** While its delivery is promised: the deadline for handing it over. */
  deliverBy: string | null;
  /** Why it was refunded, otherwise null. */
  reason: OrderData['reason'];
  claim: Pick<NonNullable<OrderData['claim']>, 'reason' | 'status' | 'answerBy'> | null;
}

/** For messages to an address other than the account's own. */
export interface Elsewhere {
  sendTo: string;
}

/** Where a sign-in came from. */
export interface SignInFacts {
  /** In words; null if unknown. */
  browser: string | null;
  network: string;
  /** ISO 8601. */
  at: string;
}

/** A change to how an account is signed in to. */
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
  /** To a new account: confirm your address. */
  confirm: Record<string, never>;
  /** To the owner of an account, once its address is confirmed; optional. */
  welcome: Record<string, never>;
  /** To an address whose password was forgotten, if an account has it: set a new one. */
  reset: Record<string, never>;
  /** To the owner of an account: how it is signed in to has changed. */
  changed: { what: Change };
  /** To the pending address of an account: confirm it. */
  move: Elsewhere;
  /** To the former address of an account: it was changed; undo that if it wasn't you. */
  moved: Elsewhere;
  /** To the owner of an account: someone tried to open another one with its address. */
  exists: Record<string, never>;
  /** To the owner of an account: it was signed in to with a new browser. */
  device: SignInFacts;
  /** To the owner of an account: the support desk has frozen it, or unfrozen it. */
  frozen: Record<string, never>;
  unfrozen: Record<string, never>;
  /** To a seller: the support desk has withdrawn this listing. */
  withdrawn: { listingId: string; title: string };
  /** To a buyer: the ticket is yours. */
  bought: Sale;
  /** To a seller: the ticket is sold. */
  sold: Sale;
  /** To a buyer: the ticket was handed over. */
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
  /** To a seller: their payouts now go to this bank account. */
  payoutTo: { last4: string; former: string | null };
  /** To a seller: the money could not be sent. */
  unpaid: PayoutData;
}
export type Kind = keyof Facts;
/** The kinds that are about a sale. */
export type SaleKind = { [K in Kind]: Facts[K] extends Sale ? K : never }[Kind];

/** A message owed to someone. */
export type Owed = {
  [K in Kind]: {
    kind: K;
    /** The aggregate it is about. A person gets at most one message of each kind about it. */
    about: string;
    /** The recipient's account; or an address whose account is looked up when the message is sent. */
    to: string;
    /** Since when it is owed. */
    at: Date;
    facts: Facts[K];
    /** Must not be sent before. */
    notBefore?: Date;
    /** It is out of date: it must not be sent, if it was not already. */
    isVoid?: boolean;
  };
}[Kind];

/** The kinds that are collected: doing the same thing many times a day causes only a few messages. */
export const gatheredKinds = ['device', 'changed', 'payoutTo'] as const satisfies Kind[];
export type GatheredKind = (typeof gatheredKinds)[number];

/** A collected message's content: what happened, and how many more are not listed. */
export interface News<F> {
  news: (F & { at: string })[];
  more: number;
}

/** The facts in the text of each kind. */
export type Told<K extends Kind> = K extends GatheredKind ? News<Facts[K]> : Facts[K];

/** A message that is owed or was sent. */
export interface StoredMessage {
  /** Its topic, kind and recipient. */
  _id: string;
  kind: Kind;
  to: string;
  facts: object;
  /** Number of attempts. */
  tries: number;
  /** When it was first tried. */
  triedAt?: Date;
  /** How often it was sent, for a collected one. */
  sends?: number;
  /** When the next try is due; missing once it was sent or parked. */
  dueAt?: Date;
  owedAt: Date;
  /** When the support desk asked to resend it. */
  againAt?: Date;
  sentAt?: Date;
  /** When it was parked, and why. */
  parkedAt?: Date;
  problem?: string;
  /** It is out of date. */
  isVoid?: boolean;
  /** Number of its changes except tries; 0 if missing. */
  version?: number;
}
