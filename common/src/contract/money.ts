/**
 * Money in the marketplace's currency. Amounts are stored in minor units, as in Stripe; the HTTP API uses decimal
 * numbers of major units. Stripe docs: "Supported currencies", "Minimum and maximum charge amounts".
 */
export interface Money {
  /** ISO 4217 code in lower case. */
  currency: string;
  /** Minor units per major unit. */
  scale: number;
  /** Decimals of a price in major units. */
  digits: number;
  /** The smallest coin, in minor units. */
  step: number;
  /** Lowest and highest price, in minor units. */
  min: number;
  max: number;
  /**
   * Parses a price as typed by people: a positive number of major units, or a string of one, with at most `digits`
   * decimals. Returns minor units, or undefined if invalid.
   */
  parse(input: unknown): number | undefined;
  /** Converts minor units to a decimal number of major units, and back. */
  toMajor(minor: number): number;
  toMinor(major: number): number;
}

/** The highest price in minor units: Stripe allows at most eight digits. */
export const MAX_PRICE = 99_999_999;

const ZERO_DECIMALS = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
/** Three-decimal currencies, whose last digit must be 0. */
const THREE_DECIMALS = 'bhd jod kwd omr tnd'.split(' ');
/**
 * Currencies without decimals that Stripe counts in hundredths, which must be 00. HUF and TWD only in payouts.
 */
const WHOLE_HUNDREDS = 'isk ugx'.split(' ');

/** Stripe's minimum charge in minor units, if other than 50 or one smallest coin. */
const MINIMUMS: Record<string, number> = {
  ...{ aed: 200, bgn: 100, czk: 1_500, dkk: 250, gbp: 30, hkd: 400, huf: 17_500, mxn: 1_000 },
  ...{ myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1_000 },
};

const decimalsOf = (currency: string): { scale: number; digits: number } => {
  if (ZERO_DECIMALS.includes(currency)) return { scale: 1, digits: 0 };
  if (THREE_DECIMALS.includes(currency)) return { scale: 1_000, digits: 2 };
  if (WHOLE_HUNDREDS.includes(currency)) return { scale: 100, digits: 0 };
  return { scale: 100, digits: 2 };
};

/** How prices in a currency (ISO 4217 code in lower case) are written, stored and charged. */
export function moneyOf(currency: string): Money {
  const { scale, digits } = decimalsOf(currency);
  const step = scale / 10 ** digits;
  const roundUp = (amount: number) => Math.ceil(amount / step) * step;
  const min = roundUp(MINIMUMS[currency] ?? 50);
  const max = MAX_PRICE - (MAX_PRICE % step);
  const pattern = new RegExp(digits ? `^(\\d{1,8})(?:\\.(\\d{1,${digits}}))?$` : '^(\\d{1,8})$');
  return {
    currency,
    scale,
    digits,
    step,
    min,
    max,
    parse(input) {
      if (typeof input !== 'number' && typeof input !== 'string') return undefined;
      const [, whole, decimals = ''] = pattern.exec(String(input).trim()) ?? [];
      if (whole === undefined) return undefined;
      const minor = Number(whole) * scale + Number(decimals.padEnd(digits, '0')) * step;
      return minor > 0 && minor <= max ? minor : undefined;
    },
    toMajor: (minor) => minor / scale,
    toMinor: (major) => Math.round(major * scale),
  };
}

/** A plausible price in major units, for texts that show how one is written: 49.5 in dollars, 4950 in yen. */
export const examplePrice = ({ min, toMajor }: Money): number => toMajor(99 * min);

let money = moneyOf('usd');

/** Sets the currency of this process: once, at startup. The same in every service and the site. */
export const setCurrency = (currency: string): void => void (money = moneyOf(currency));

export const ourMoney = (): Money => money;

/** Parses a price in our currency, see `Money.parse`. */
export const parsePrice = (input: unknown): number | undefined => money.parse(input);

/** Converts minor units of our currency to the decimal number of major units used in the HTTP API. */
export const toMajor = (minor: number): number => money.toMajor(minor);

/** Converts a decimal number of major units to minor units. */
export const toMinor = (major: number): number => money.toMinor(major);

/** The marketplace's share of an amount in minor units, rounded half to even, to the smallest coin. */
export function feeOf(amount: number, percent: number, { step }: Pick<Money, 'step'> = money): number {
  // In hundredths of a percent, so that no fraction of a percent is lost to binary arithmetic.
  const [exact, unit] = [amount * Math.round(percent * 100), 10_000 * step];
  const [coins, rest] = [Math.floor(exact / unit), exact % unit];
  const isUp = rest > unit / 2 || (rest === unit / 2 && coins % 2 === 1);
  return (isUp ? coins + 1 : coins) * step;
}
