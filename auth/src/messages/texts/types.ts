import type { Kind, SignInFacts, Told } from '../../domain/facts';
import type { Letter } from '../letter';
import type { LinkKind } from '../links';

/** What texts are made with. */
export interface Tools {
  /** The address of a page of the site. */
  page(path: string): string;
  /** A price in minor units, as it is read. */
  price(minor: number): string;
  /** A time (ISO 8601), where an event takes place. Without a zone, in UTC, which is named. */
  time(at: string, timeZone: string | null): string;
  /** Makes the secret of a link that is sent to the message's address. */
  token(kind: LinkKind): Promise<string>;
  /** Where readers say that they do not want messages which nobody is owed. */
  unsubscribe(): string;
}

export type TextsOf<K extends Kind> = { [Each in K]: (facts: Told<Each>, tools: Tools) => Letter | Promise<Letter> };

/** The kinds that are about an account; the others are about sales. */
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
  | 'unfrozen';
export type SaleTexts = TextsOf<Exclude<Kind, AccountKind>>;

/** The words of every kind of message in one language, and what stands below each. */
export type Texts = TextsOf<Kind> & { footer: string };

/** From where someone signed in, in a line. */
export const placeOf = ({ browser, network }: SignInFacts) => [browser, network].filter(Boolean).join(' · ');
