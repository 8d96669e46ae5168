/** Line breaks and tabs, which only a text of several lines may have. */
const BREAKS = /[\t\n\r]/g;
/** Control characters, lone surrogates, line separators, and what turns the direction of the text that follows. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;
/** What leaves no mark: spaces, joiners, fillers, marks without a letter. */
const INVISIBLE = /[\p{Z}\p{Cc}\p{Cf}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Whether every character of a text can be stored and shown as it is. */
export const isClean = (text: string, multiline = false): boolean =>
  !FORBIDDEN.test(multiline ? text.replace(BREAKS, '') : text);

/** Whether a text has a character that can be seen. */
export const isVisible = (text: string): boolean => text.replace(INVISIBLE, '') !== '';

/** Whether a text has no half of a surrogate pair alone: as UTF-8 all of them would be the same character. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);
