/**
 * Money in the currency of this marketplace. Amounts are kept in minor units, as Stripe counts them; the HTTP API speaks
 * of decimal numbers of major units. Stripe docs: "Supported currencies", "Minimum and maximum charge amounts".
 */
export interface Money {
  /** Three letters, in lower case. */
  currency: string;
  /** Minor units of a major one. */
  scale: number;
  /** Decimals of a price in major units. */
  digits: number;
  /** The lowest and the highest price, in minor units. */
  min: number;
  max: number;
  /**
   * Reads a price as people and forms write it: a positive number of major units, or a string of one, with `digits`
   * decimals at most. Returns minor units, or undefined where it is not such a price.
   */
  parse(input: unknown): number | undefined;
  /** Minor units as a decimal number of major units, and back. */
  toMajor(minor: number): number;
  toMinor(major: number): number;
}

/** The highest price in minor units: Stripe charges eight digits at once. */
export const MAX_PRICE = 99_999_999;

const ZERO_DECIMALS = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
/** Counted in thousandths, of which the last one must be 0. */
const THREE_DECIMALS = 'bhd jod kwd omr tnd'.split(' ');
/** Without decimals, and yet counted in hundredths, which must be 00. HUF and TWD are so in payouts alone. */
const WHOLE_HUNDREDS = 'isk ugx'.split(' ');

/** The least that Stripe charges, in minor units, where that is not 50 or one of the least coin. */
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

/** How prices of a currency (three letters, in lower case) are written, kept and charged. */
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

let money = moneyOf('usd');

/** Sets the one currency of this process: once, when it starts. The same for every service and the site. */
export const setCurrency = (currency: string): void => void (money = moneyOf(currency));

export const ourMoney = (): Money => money;

/** A price in our currency, read as `Money.parse` does. */
export const parsePrice = (input: unknown): number | undefined => money.parse(input);

/** Minor units of our currency as the decimal number of major units that the HTTP API speaks. */
export const toMajor = (minor: number): number => money.toMajor(minor);

/** And back. */
export const toMinor = (major: number): number => money.toMinor(major);
