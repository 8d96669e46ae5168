/** Line breaks and tabs, allowed only in multi-line texts. */
const BREAKS = /[\t\n\r]/g;
/** Control characters, lone surrogates, line separators and bidirectional controls. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;
/** Invisible characters: spaces, joiners, fillers, marks without a letter. */
const INVISIBLE = /[\p{Z}\p{Cc}\p{Cf}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Whether every character of a text can be stored and displayed unchanged. */
export const isClean = (text: string, multiline = false): boolean =>
  !FORBIDDEN.test(multiline ? text.replace(BREAKS, '') : text);

/** Whether a text has a visible character. */
export const isVisible = (text: string): boolean => text.replace(INVISIBLE, '') !== '';

/** Whether a text has no lone surrogates: in UTF-8 they would all become the same character. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

/** How many times its maximum length a text may reach once its ligatures are expanded: an Arabic one has 18 letters. */
const MOST_TIMES = 2;

/** Whether a text is longer than `max` UTF-16 units, or far longer once normalized for comparison. */
export const isLonger = (text: string, max: number): boolean =>
  text.length > max || text.normalize('NFKC').length > MOST_TIMES * max;
