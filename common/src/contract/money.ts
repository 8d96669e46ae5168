/** The highest price of a ticket in minor units: 999,999.99, the most that Stripe charges at once (eight digits). */
export const MAX_PRICE = 99_999_999;

/** The lowest price of a ticket in minor units: Stripe charges nothing below 0.50. */
export const MIN_PRICE = 50;

/**
 * Reads a price as people and forms write it: a positive number of major units, or a string of one,
 * with two decimals at most. Returns minor units (cents), or undefined where it is not such a price.
 */
export function parsePrice(input: unknown): number | undefined {
  if (typeof input !== 'number' && typeof input !== 'string') return undefined;
  const match = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(String(input).trim());
  if (!match) return undefined;
  const minor = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return minor > 0 && minor <= MAX_PRICE ? minor : undefined;
}

/** Minor units (cents) as the decimal number of major units that the HTTP API speaks. */
export const toMajor = (minor: number): number => minor / 100;
