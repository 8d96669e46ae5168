import type { Kind, SignInFacts, Told } from '../../domain/facts';
import type { Letter } from '../letter';
import type { LinkKind } from '../links';

/** What texts can use. */
export interface Tools {
  /** The URL of a page on the site. */
  page(path: string): string;
  /** Formats a price in minor units. */
  price(minor: number): string;
  /** Formats a time (ISO 8601) in an event's time zone. Without a zone, in UTC, which is named. */
  time(at: string, timeZone: string | null): string;
  /** Formats a deadline: its zone is named, since its reader may be in any time zone. */
  deadline(at: string, timeZone: string | null): string;
  /** Makes the secret of a link that is sent to the message's address. */
  token(kind: LinkKind): Promise<string>;
  /** Where readers unsubscribe from optional messages. */
  unsubscribe(): string;
}

export type TextsOf<K extends Kind> = { [Each in K]: (facts: Told<Each>, tools: Tools) => Letter | Promise<Letter> };

/** The kinds that are about an account or a listing; the others are about sales. */
export type AccountKind =
  | 'confirm'
  | 'welcome'
  | 'reset'
  | 'changed'
  | 'move'
  | 'moved'
  | 'exists'
  | 'device'
  | 'payoutTo'
  | 'frozen'
  | 'unfrozen'
  | 'withdrawn';
export type SaleTexts = TextsOf<Exclude<Kind, AccountKind>>;

/** The texts of every kind of message in one language, and their footers. */
export type Texts = TextsOf<Kind> & { footer: string };

/** Where a sign-in came from, in one line. */
export const placeOf = ({ browser, network }: SignInFacts) => [browser, network].filter(Boolean).join(' · ');
