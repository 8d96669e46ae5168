import type { Facts, Kind } from '../../domain/messages';
import type { Letter } from '../letter';
import type { LinkKind } from '../links';

/** What texts are made with. */
export interface Tools {
  /** The address of a page of the site. */
  page(path: string): string;
  /** A price in minor units, as it is read. */
  price(minor: number): string;
  /** When an event begins, where it takes place; null if nobody said. */
  time(startsAt: string | null, timeZone: string | null): string | null;
  /** Makes the secret of a link that is sent to the message's address. */
  token(kind: LinkKind): Promise<string>;
}

/** The words of every kind of message in one language, and what stands below each. */
export type Texts = { [K in Kind]: (facts: Facts[K], tools: Tools) => Letter | Promise<Letter> } & { footer: string };
