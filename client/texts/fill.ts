/** Puts values in the places of a text: fill('{count} tickets', { count: 3 }) → "3 tickets". */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** The text for a number: `one` for one of a thing, else `other`, with the number in the place of `{count}`. */
export const countOf = (text: { one: string; other: string }, count: number, locale: string): string =>
  fill(count === 1 ? text.one : text.other, { count: count.toLocaleString(locale) });
