import { moneyOf } from '@ticketing/common/contract/money';
import { currency } from './config';

const NUMBER =
  /^(?<whole>\d+|[1-9]\d{0,2}(?:(?<group>[.,' ])\d{3})(?:\k<group>\d{3})*)(?:(?<point>[.,])(?<cents>\d{1,2}))?$/;

/**
 * Where prices are usually written with three decimals, "12.500" is twelve and a half to one reader, and twelve thousand
 * to another.
 */
const AMBIGUOUS = /^\d+[.,]\d{3}$/;

/**
 * A typed price as the decimal the API accepts: "1.234,50", "1,234.5" and "$1234.50" become "1234.50". It works the
 * same in every locale, because no price has more than two decimals: a separator before three digits separates thousands.
 * Currency signs are ignored. Undefined if it is not a price, or may be two.
 */
export function readPrice(typed: string): string | undefined {
  const text = typed
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll('’', "'")
    .replace(/^ ?\p{Sc}|\p{Sc} ?$/gu, '')
    .trim();
  const { digits, scale } = moneyOf(currency());
  if (scale === 1_000 && AMBIGUOUS.test(text)) return undefined;
  const { whole, group, point, cents = '' } = NUMBER.exec(text)?.groups ?? {};
  if (whole === undefined || (point !== undefined && (point === group || cents.length > digits))) return undefined;
  const major = String(Number(whole.replace(/\D/g, '')));
  return digits > 0 ? `${major}.${cents.padEnd(digits, '0')}` : major;
}

/** A price formatted for its input: 1234.5 → "1234,50" in de. */
export const writePrice = (price: number, locale: string): string =>
  new Intl.NumberFormat(locale, {
    minimumFractionDigits: moneyOf(currency()).digits,
    useGrouping: false,
    numberingSystem: 'latn',
  }).format(price);
