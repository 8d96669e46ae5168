import { z } from 'zod';
import { integer } from './params';

/** Minimums that are not 50 (Stripe docs: "Supported currencies", "Minimum and maximum charge amounts"). */
const MINIMUM: Readonly<Record<string, number>> = {
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};
/** Currencies whose amounts must end in zeros (Stripe docs: "Supported currencies", "Three-decimal currencies", "Special cases"). */
const STEPS: Readonly<Record<string, number>> = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 };
const MAXIMUM = 99_999_999;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

export const currency = z.string().transform((text, context) => {
  const code = text.toLowerCase();
  if (CURRENCIES.has(code)) return code;
  context.addIssue({ code: 'custom', message: `Invalid currency: ${text}.` });
  return z.NEVER;
});

/** At least one minor unit: part of an amount that has already been checked. */
export const positiveAmount = integer.refine((amount) => amount >= 1, {
  error: 'Invalid positive integer',
  params: { code: 'parameter_invalid_integer' },
});

/** Why `amount` minor units cannot be charged in `currencyCode`, or nothing. */
export function amountProblem(amount: number, currencyCode: string): { message: string; code: string } | undefined {
  const minimum = MINIMUM[currencyCode] ?? 50;
  if (amount < minimum) {
    const message = `Amount must be at least ${inWords(minimum, currencyCode)}`;
    return { message, code: 'amount_too_small' };
  }
  const step = STEPS[currencyCode] ?? 1;
  if (amount % step !== 0) {
    const message = `Amounts in ${currencyCode} must be multiples of ${String(step)}`;
    return { message, code: 'parameter_invalid_integer' };
  }
  if (amount <= MAXIMUM) return undefined;
  return {
    message: `Amount must be no more than ${inWords(MAXIMUM, currencyCode)}`,
    code: 'amount_too_large',
  };
}

function inWords(amount: number, currencyCode: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: currencyCode });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
}
