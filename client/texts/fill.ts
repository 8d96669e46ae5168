/** Puts values in the places of a text: fill('{count} tickets', { count: 3 }) → "3 tickets". */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** The text for a number: `one` for one of a thing, else `other`, with the number in the place of `{count}`. */
export const countOf = (text: { one: string; other: string }, count: number, locale: string): string =>
  fill(count === 1 ? text.one : text.other, { count: count.toLocaleString(locale) });

/**
 * Says what the API said in the visitor's language, where `known` has it: by the English text, in which # stands for
 * each number. Anything else stays as it is.
 */
export function translate(message: string, known: Record<string, string>): string {
  const numbers = message.match(/\d+/g) ?? [];
  const pattern = message.replace(/\d+/g, '#');
  const text = Object.hasOwn(known, pattern) ? known[pattern] : undefined;
  return text?.replace(/#/g, () => numbers.shift() ?? '') ?? message;
}
