import { z } from 'zod';
import { MAX_PRICE, MIN_PRICE, parsePrice, toMajor } from './money';
import { isClean, isVisible } from './text';
import type { Problem } from './refusals';

/** The fields of requests: how the input of each is read, and what is wrong with input that cannot be. */

type Read<T> = { value: T } | { problem: Problem };

/** A field that `read` understands; `shape` describes its input as JSON Schema, for the description of the API. */
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

/** Null and the empty text say nothing, as an absent field does. */
export const isGiven = (input: unknown) => input !== undefined && input !== null && input !== '';

/** Capitalised, as a message begins: `seat` → `Seat`. */
const named = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

interface TextLimits {
  /** In UTF-16 units, as the `maxlength` of an HTML input counts. */
  max: number;
  multiline?: boolean;
}

function readText(name: string, input: unknown, { max, multiline }: TextLimits, min: 0 | 1): Read<string> {
  const length: Problem = min
    ? { code: 'text-length', params: { field: named(name), min, max } }
    : { code: 'text-too-long', params: { field: named(name), max } };
  if (typeof input !== 'string') return { problem: length };
  const value = input.trim();
  if (value.length > max || (min > 0 && !isVisible(value))) return { problem: length };
  if (!isClean(value, multiline)) return { problem: { code: 'text-characters', params: { field: named(name) } } };
  return { value };
}

/** A text that must be given, with a visible character. */
export const text = (name: string, limits: TextLimits) =>
  field((input) => readText(name, input, limits, 1), { type: 'string', minLength: 1, maxLength: limits.max });

/** A text that may be left out: null then, and where nothing in it can be seen. */
export const optionalText = (name: string, limits: TextLimits) =>
  field<string | null>(
    (input) => {
      if (!isGiven(input)) return { value: null };
      const read = readText(name, input, limits, 0);
      return 'value' in read && !isVisible(read.value) ? { value: null } : read;
    },
    { type: ['string', 'null'], maxLength: limits.max },
  );

/** A price in major units, a number or a decimal string; read as minor units. */
export const price = field<number>(
  (input) => {
    const value = parsePrice(input);
    if (value !== undefined && value >= MIN_PRICE) return { value };
    return { problem: { code: 'price-out-of-range', params: { min: toMajor(MIN_PRICE), max: toMajor(MAX_PRICE) } } };
  },
  { type: ['number', 'string'], minimum: toMajor(MIN_PRICE), maximum: toMajor(MAX_PRICE), multipleOf: 0.01 },
);

const Time = z.iso.datetime({ offset: true });
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** The moment that a text in ISO 8601 with its offset or Z names, in the years 1970 to 2199 (UTC), or undefined. */
export function timeOf(text: unknown): Date | undefined {
  const { data } = Time.safeParse(text);
  if (data === undefined) return undefined;
  const time = new Date(data);
  const year = time.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? time : undefined;
}

/** A moment that may be left out: null then. */
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

/** An IANA time zone that may be left out: null then. */
export const optionalTimeZone = field<string | null>(
  (input) => {
    if (!isGiven(input)) return { value: null };
    return isTimeZone(input) ? { value: input } : { problem: { code: 'time-zone-unknown' } };
  },
  { type: ['string', 'null'], examples: ['Europe/Berlin'] },
);

/** One of some values; `fallback` where it is left out. */
export const oneOf = <T extends string>(name: string, options: readonly T[], fallback: T) =>
  field<T>(
    (input) => {
      if (!isGiven(input)) return { value: fallback };
      const value = options.find((option) => option === input);
      if (value) return { value };
      return { problem: { code: 'option-unknown', params: { field: named(name), options: options.join(', ') } } };
    },
    { type: ['string', 'null'], enum: [...options, null] },
  );

/** The id of a document, in either case. */
export const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** An id, read in lower case. */
export const id = (name: string) =>
  field<string>(
    (input) =>
      typeof input === 'string' && OBJECT_ID.test(input)
        ? { value: input.toLowerCase() }
        : { problem: { code: 'id-malformed', params: { field: name } } },
    { type: 'string', pattern: '^[0-9a-fA-F]{24}$' },
  );
