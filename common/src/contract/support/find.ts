import { OBJECT_ID } from '../fields';
import { Refusal } from '../refusal';

/** A seat to search for: whole names, ignoring case and accents. */
export interface SoughtSeat {
  venue: string;
  city?: string;
  section: string;
  row: string;
  seat: string;
}

/** What the support desk searches for: an id or a seat. */
export type Sought = { id: string } | { seat: SoughtSeat };

const MAX = 300;

/** The words in `q`, for every search of the support desk; none if it is not a text, or far too long. */
export const wordsOf = (q: unknown): string => (typeof q === 'string' && q.length <= MAX ? q.trim() : '');

/**
 * Parses `q`: an id, or a seat as `venue, section, row, seat`, `venue, city, section, row, seat`, `venue / section row seat`
 * or the same words without separators.
 * @throws Refusal `search-unclear`
 */
export function soughtOf(q: unknown): Sought {
  const text = wordsOf(q);
  if (OBJECT_ID.test(text)) return { id: text.toLowerCase() };
  const seat = seatOf(text.split(/\s*[,/]\s*/));
  if (!seat) throw new Refusal('search-unclear', { field: 'q' });
  return { seat };
}

function seatOf(parts: string[]): SoughtSeat | undefined {
  if (parts.some((part) => !part)) return undefined;
  const words = parts.at(-1)!.split(/\s+/);
  if (parts.length === 1) return placed([words.slice(0, -3).join(' ')], words.slice(-3));
  if (parts.length <= 3) return placed(parts.slice(0, -1), words);
  return parts.length <= 5 ? placed(parts.slice(0, -3), parts.slice(-3)) : undefined;
}

function placed([venue, city]: string[], [section, row, seat, ...more]: string[]): SoughtSeat | undefined {
  if (!venue || !section || !row || !seat || more.length > 0) return undefined;
  return { venue, ...(city && { city }), section, row, seat };
}
