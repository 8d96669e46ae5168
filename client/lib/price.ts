import { moneyOf } from '@ticketing/common/contract/money';
import { currency } from './config';

/** What separates groups of three digits in a locale's numbers, as typed on a keyboard. */
function groupOf(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567);
  const group = parts.find(({ type }) => type === 'group')?.value ?? '';
  return /\s/.test(group) ? ' ' : group.replace('’', "'");
}

const escaped = (text: string) => text.replace(/[.]/g, '\\$&');

/**
 * The price that a seller typed, as the decimal that the API takes: "1.234,50" → "1234.50" in de. Comma and point both
 * separate the cents, unless the locale groups thousands by them. Undefined where it is no price.
 */
export function parsePrice(typed: string, locale: string): string | undefined {
  const text = typed
    .replace(/^\s*\$|\$\s*$/g, '')
    .trim()
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace('’', "'");
  const group = escaped(groupOf(locale));
  const { digits } = moneyOf(currency());
  const decimals = digits > 0 ? `(?:[.,](\\d{1,${digits}}))?` : '';
  const pattern = new RegExp(`^(\\d{1,3}(?:${group}\\d{3})+|\\d+)${decimals}$`);
  const [, whole, cents] = pattern.exec(text) ?? [];
  const major = whole && String(Number(whole.replace(/\D/g, '')));
  return major && digits > 0 ? `${major}.${(cents ?? '').padEnd(digits, '0')}` : major;
}

/** A price as its input shows it: 1234.5 → "1234,50" in de. */
export const writePrice = (price: number, locale: string): string =>
  new Intl.NumberFormat(locale, {
    minimumFractionDigits: moneyOf(currency()).digits,
    useGrouping: false,
    numberingSystem: 'latn',
  }).format(price);
