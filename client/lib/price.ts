const NUMBER =
  /^(?<whole>\d+|[1-9]\d{0,2}(?:(?<group>[.,' ])\d{3})(?:\k<group>\d{3})*)(?:(?<point>[.,])(?<cents>\d{1,2}))?$/;

/**
 * The price that somebody typed, as the decimal that the API takes: "1.234,50", "1,234.5" and "$1234.50" are "1234.50".
 * It reads the same in every locale, because a price has two decimals at most: what separates three digits separates
 * thousands. A currency's sign is passed over. Undefined where it is no price.
 */
export function parsePrice(typed: string): string | undefined {
  const text = typed
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll('’', "'")
    .replace(/^ ?\p{Sc}|\p{Sc} ?$/gu, '')
    .trim();
  const { whole, group, point, cents = '' } = NUMBER.exec(text)?.groups ?? {};
  if (whole === undefined || (point !== undefined && point === group)) return undefined;
  return `${Number(whole.replace(/\D/g, ''))}.${cents.padEnd(2, '0')}`;
}

/** A price as its input shows it: 1234.5 → "1234,50" in de. */
export const writePrice = (price: number, locale: string): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 2, useGrouping: false, numberingSystem: 'latn' }).format(
    price,
  );
