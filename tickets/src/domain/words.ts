import removeAccents from 'remove-accents';

/** Turns texts into search terms: ignoring case and accents, by word prefixes. */

/** Accents, and the vowel points of Hebrew and Arabic. The marks of other scripts belong to their letters. */
const ACCENTS = /(?![\u3099\u309a])(?=\p{M})[\p{sc=Inherited}\p{sc=Hebrew}\p{sc=Arabic}]/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Words of scripts without spaces, separate from all others. */
const RUN =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+/gu;
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

const MAX_WORD = 40;
const MAX_PARTS = 8;
/** The longest prefix that has its own list. */
const MAX_PREFIX = 8;

/** Letters the library does not change. */
const others: Record<string, string> = { ŋ: 'n', ə: 'e', ς: 'σ' };

/** A text without case and accents: `Łódź` → `lodz`. */
export const fold = (text: string): string =>
  removeAccents(text.normalize('NFKD').replace(ACCENTS, '').toUpperCase().toLowerCase())
    .replace(/[ŋəς]/g, (letter) => others[letter] ?? letter)
    .normalize('NFC');

const isLetter = (word: string | undefined) => word !== undefined && [...word].length === 1;

/**
 * The words of a folded text. Words joined by punctuation form a compound, and so do a single letter and its neighbors:
 * people write Jay-Z, Jay Z and JayZ.
 */
function compoundsOf(text: string): string[][] {
  const compounds: string[][] = [];
  for (const chunk of fold(text).split(/\s+/)) {
    const words = chunk.match(WORD)?.flatMap((word) => word.match(RUN) ?? []) ?? [];
    let joins = isLetter(compounds.at(-1)?.at(-1)) || isLetter(words[0]);
    for (const word of words) {
      const last = compounds.at(-1);
      const joinable = last && last.length < MAX_PARTS && !UNSPACED.test(word) && !UNSPACED.test(last[0] ?? '');
      if (joins && joinable) last.push(word.slice(0, MAX_WORD));
      else compounds.push([word.slice(0, MAX_WORD)]);
      joins = true;
    }
  }
  return compounds;
}

const joined = (parts: string[]) => parts.join('').slice(0, MAX_WORD);

/** The distinct words of a text: as written, and compounds also as one word, starting from each of their parts. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    compoundsOf(text).flatMap((parts) =>
      parts.flatMap((part, index) => (index < parts.length - 1 ? [part, joined(parts.slice(index))] : [part])),
    ),
  ),
];

/** Words joined into one text, to match terms' patterns against. */
export const asText = (words: string[]): string => ` ${words.join(' ')} `;

/** Search keys of a word: its prefixes, or pairs of letters in scripts without spaces. */
export function keysOf(word: string): string[] {
  const letters = [...word];
  if (letters.length < 2) return [word];
  if (UNSPACED.test(word)) return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
  return letters.slice(1, MAX_PREFIX).map((_, index) => letters.slice(0, index + 2).join(''));
}

/** A search term. */
export interface Term {
  /** A key (see `keysOf`) that every match has. */
  key: string;
  /** Alternative spellings: each is a set of patterns that must all occur in the text. */
  readings: string[][];
}

const keyOf = (word: string) => (UNSPACED.test(word) ? keysOf(word)[0] : keysOf(word).at(-1)) ?? word;

/** A single letter matches a whole word; more match a prefix, or anywhere in a script without spaces. */
const patternOf = (word: string) => (isLetter(word) ? ` ${word} ` : UNSPACED.test(word) ? word : ` ${word}`);

/** The terms of a typed search. */
export const termsOf = (typed: string): Term[] =>
  compoundsOf(typed).map((parts): Term => {
    const [first = ''] = parts;
    const whole = joined(parts);
    if (parts.length === 1 || isLetter(first)) return { key: keyOf(whole), readings: [[patternOf(whole)]] };
    return { key: keyOf(first), readings: [parts.map(patternOf), [patternOf(whole)]] };
  });
