const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Someone's text, fit to stand within ours: one that is written from the right must not turn the words around it over. */
const isolated = (text: string) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** Puts values in the places of a text: fill('{count} tickets', { count: 3 }) → "3 tickets". */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => isolated(String(values[name] ?? place)));

/** The text for a number: `one` for one of a thing, else `other`, with the number in the place of `{count}`. */
export const countOf = (text: { one: string; other: string }, count: number, locale: string): string =>
  fill(count === 1 ? text.one : text.other, { count: count.toLocaleString(locale) });
