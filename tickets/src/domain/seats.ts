import type { Listing } from '@ticketing/common/contract';
import { fold } from './words';

/** The keys of seats: the same however a seat is spelled, so that nobody lists it twice by respelling it. */

export const SEAT = 'seat ';

/** Letters that look like Latin ones, once folded. */
const [ALIKE, LATIN] = ['авекмнорстухіјѕαβεζηικμνορτυχ', 'abekmhopctyxijsabezhikmnoptyx'];
const LABEL =
  /^(?:section|sect|sec|block|sektor|bereich|row|reihe|seat|platz|sitzplatz|sitz|number|nummer|no|nr)(?:[\s.:]+|(?=\d))(?=.)/;

/** `Row 07`, `7.` and `７` → `7`. Separated digits stay apart: row 1-2 is not row 12. */
function plain(part: string): string {
  const folded = fold(part)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const latin = folded.replace(/./gu, (letter) => LATIN[ALIKE.indexOf(letter)] ?? letter).replace(LABEL, '');
  const joined = latin
    .replace(/(?<=\d)[^\p{L}\p{N}]+(?=\d)/gu, ' ')
    .replace(/[^\p{L}\p{N} ]+|(?<!\d) | (?!\d)/gu, '')
    .replace(/(?<![\d])0+(?=\d)/g, '');
  return joined || folded.replaceAll('|', ' ');
}

/** Two listings of a seat less than half an hour apart are for the same event; an hour apart, they are not. */
const HALF = 1_800_000;
const windowsOf = (time: Date) => {
  const half = Math.floor(time.getTime() / HALF);
  return [half - (half % 2), half - ((half + 1) % 2)].map((start) => new Date(start * HALF).toISOString());
};

/** The keys of a listing's seat, if its event and its place there are known in full. */
export function seatKeys({ venue, city, startsAt, section, row, seat }: Listing): string[] {
  if (!venue || !city || !startsAt || !section || !row || !seat) return [];
  const place = [venue, city, section, row, seat].map(plain).join('|');
  return windowsOf(startsAt).map((window) => `${SEAT}${window}|${place}`);
}
