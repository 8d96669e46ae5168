import { examplePrice, moneyOf } from '@ticketing/common/contract/money';
import { currency } from './config';
import { formatPrice } from './format';
import { writePrice } from './price';

const nameIn = (locale: string, currencyDisplay: 'symbol' | 'name'): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: currency(), currencyDisplay, maximumFractionDigits: 0 })
    .formatToParts(2)
    .find(({ type }) => type === 'currency')?.value ?? currency().toUpperCase();

/** Our currency's sign: "$" in en-US, "US$" in en-GB. */
export const currencySign = (locale: string): string => nameIn(locale, 'symbol');

/** Our currency's name in the plural: "US dollars". */
export const currencyName = (locale: string): string => nameIn(locale, 'name');

/** How prices are written in a locale, for hints and errors: an example, and the lowest and the highest. */
export function priceFacts(locale: string): { example: string; min: string; max: string } {
  const money = moneyOf(currency());
  const [min, max] = [money.min, money.max].map((minor) => formatPrice(money.toMajor(minor), locale)) as [
    string,
    string,
  ];
  return { example: writePrice(examplePrice(money), locale), min, max };
}
