const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A user's text, isolated if it is right-to-left, so that it does not reorder the words around it. */
const isolated = (text: string) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** Fills in the placeholders of a text: fill('{count} tickets', { count: 3 }) → "3 tickets". */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => isolated(String(values[name] ?? place)));

/** The text for a number: `one` for exactly one, else `other` with `{count}` filled in. */
export const countOf = (text: { one: string; other: string }, count: number, locale: string): string =>
  fill(count === 1 ? text.one : text.other, { count: count.toLocaleString(locale) });
