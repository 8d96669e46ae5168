import { z } from 'zod';
import { MAX_PRICE, ourMoney } from './money';
import { isClean, isLonger, isVisible } from './text';
import type { Problem } from './refusal';

/** Request fields: how each is parsed, and what is wrong with invalid input. */

/** A field's value, or what is wrong with it. */
export type Read<T> = { value: T } | { problem: Problem };

/** A field parsed by `read`; `shape` describes its input as JSON Schema for the API description. */
export const field = <T>(read: (input: unknown) => Read<T>, shape: Record<string, unknown>) =>
  z
    .unknown()
    .optional()
    .transform((input, context): T => {
      const result = read(input);
      if ('value' in result) return result.value;
      const { code, params } = result.problem;
      context.issues.push({ code: 'custom', input, message: code, params });
      return z.NEVER;
    })
    .meta(shape);

/** Null and the empty string count as omitted. */
export const isGiven = (input: unknown) => input !== undefined && input !== null && input !== '';

/** Capitalized for the start of a message: `seat` → `Seat`. */
const named = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

interface TextLimits {
  /** In UTF-16 units, as HTML's `maxlength` counts. */
  max: number;
  multiline?: boolean;
}

function readText(name: string, input: unknown, { max, multiline }: TextLimits, min: 0 | 1): Read<string> {
  const length: Problem = min
    ? { code: 'text-length', params: { field: named(name), min, max } }
    : { code: 'text-too-long', params: { field: named(name), max } };
  if (typeof input !== 'string') return { problem: length };
  const value = input.trim();
  if (isLonger(value, max) || (min > 0 && !isVisible(value))) return { problem: length };
  if (!isClean(value, multiline)) return { problem: { code: 'text-characters', params: { field: named(name) } } };
  return { value };
}

/** A required text with at least one visible character. */
export const text = (name: string, limits: TextLimits) =>
  field((input) => readText(name, input, limits, 1), { type: 'string', minLength: 1, maxLength: limits.max });

/** An optional text: null if omitted or invisible. */
export const optionalText = (name: string, limits: TextLimits) =>
  field<string | null>(
    (input) => {
      if (!isGiven(input)) return { value: null };
      const read = readText(name, input, limits, 0);
      return 'value' in read && !isVisible(read.value) ? { value: null } : read;
    },
    { type: ['string', 'null'], maxLength: limits.max },
  );

function readPrice(input: unknown): Read<number> {
  const { parse, toMajor, min, max } = ourMoney();
  const value = parse(input);
  if (value !== undefined && value >= min) return { value };
  return { problem: { code: 'price-out-of-range', params: { min: toMajor(min), max: toMajor(max) } } };
}

/** A price in major units, as a number or decimal string; parsed into minor units. */
export const price = field(readPrice, { type: ['number', 'string'], exclusiveMinimum: 0, maximum: MAX_PRICE });

/** An optional price; null if omitted. */
export const optionalPrice = field<number | null>((input) => (isGiven(input) ? readPrice(input) : { value: null }), {
  type: ['number', 'string', 'null'],
  exclusiveMinimum: 0,
  maximum: MAX_PRICE,
});

const Time = z.iso.datetime({ offset: true });
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** The time given by an ISO 8601 text with an offset or Z, in the years 1970 to 2199 (UTC), or undefined. */
export function timeOf(text: unknown): Date | undefined {
  const { data } = Time.safeParse(text);
  if (data === undefined) return undefined;
  const time = new Date(data);
  const year = time.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? time : undefined;
}

/** An optional time; null if omitted. */
export const optionalTime = (name: string) =>
  field<Date | null>(
    (input) => {
      if (!isGiven(input)) return { value: null };
      const value = timeOf(input);
      return value ? { value } : { problem: { code: 'time-malformed', params: { field: name } } };
    },
    { type: ['string', 'null'], format: 'date-time' },
  );

function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[a-z]/i.test(value)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
}

/** An optional IANA time zone; null if omitted. */
export const optionalTimeZone = field<string | null>(
  (input) => {
    if (!isGiven(input)) return { value: null };
    return isTimeZone(input) ? { value: input } : { problem: { code: 'time-zone-unknown' } };
  },
  { type: ['string', 'null'], examples: ['Europe/Berlin'] },
);

const readOneOf = <T extends string>(name: string, options: readonly T[], input: unknown): Read<T> => {
  const value = options.find((option) => option === input);
  if (value) return { value };
  return { problem: { code: 'option-unknown', params: { field: named(name), options: options.join(', ') } } };
};

/** One of a set of values. */
export const requiredOneOf = <T extends string>(name: string, options: readonly T[]) =>
  field<T>((input) => readOneOf(name, options, input), { type: 'string', enum: [...options] });

/** One of a set of values; `fallback` if omitted. */
export const oneOf = <T extends string>(name: string, options: readonly T[], fallback: T) =>
  field<T>((input) => (isGiven(input) ? readOneOf(name, options, input) : { value: fallback }), {
    type: ['string', 'null'],
    enum: [...options, null],
  });

/** One of a set of values; null if omitted. */
export const optionalOneOf = <T extends string>(name: string, options: readonly T[]) =>
  field<T | null>((input) => (isGiven(input) ? readOneOf(name, options, input) : { value: null }), {
    type: ['string', 'null'],
    enum: [...options, null],
  });

/** A document id, in upper or lower case. */
export const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** An id, converted to lower case. */
export const id = (name: string) =>
  field<string>(
    (input) =>
      typeof input === 'string' && OBJECT_ID.test(input)
        ? { value: input.toLowerCase() }
        : { problem: { code: 'id-malformed', params: { field: name } } },
    { type: 'string', pattern: '^[0-9a-fA-F]{24}$' },
  );
