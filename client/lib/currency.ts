import { currency } from './config';

const nameIn = (locale: string, currencyDisplay: 'symbol' | 'name'): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: currency(), currencyDisplay, maximumFractionDigits: 0 })
    .formatToParts(2)
    .find(({ type }) => type === 'currency')?.value ?? currency().toUpperCase();

/** Our currency's sign: "$" in en-US, "US$" in en-GB. */
export const currencySign = (locale: string): string => nameIn(locale, 'symbol');

/** Our currency's name in the plural: "US dollars". */
export const currencyName = (locale: string): string => nameIn(locale, 'name');
