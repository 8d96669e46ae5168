import type { ErrorBody, ErrorItem, RefusalCode } from '@ticketing/common/contract';
import { fill } from '@/texts/fill';
import { formatPrice, formatTime } from '@/lib/format';

/** A failure as shown in a form: messages on fields, by name, and messages above them. */
export interface FormErrors {
  fields: Record<string, string>;
  general: string[];
}

/** A refusal that did not come from the API, with a text for the visitor. */
export class LocalRefusal extends Error {}

/** The API's error response, or none at all (`status` 0). `errors` is empty if it was unreadable. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: ErrorBody['errors'],
  ) {
    super(`The API answered ${status}`);
  }
}

/** The texts and formats for failures. */
export interface FailureTexts {
  form: { unreachable: string; broken: string };
  api: Record<RefusalCode, string>;
  locale: string;
  timeZone?: string;
}

/** The response's status, or undefined for other errors or without a response. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError && error.status > 0 ? error.status : undefined;

/** Whether the API refused with this code. */
export const hasCode = (error: unknown, wanted: RefusalCode): boolean =>
  error instanceof ApiError && error.errors.some(({ code }) => code === wanted);

/** A parameter of the API's refusal. */
export const paramOf = (error: unknown, name: string): string | number | undefined =>
  error instanceof ApiError ? error.errors[0]?.params?.[name] : undefined;

function errorsOf(error: unknown, texts: FailureTexts): { message: string; field?: string }[] {
  const { unreachable, broken } = texts.form;
  if (error instanceof LocalRefusal) return [{ message: error.message }];
  if (!(error instanceof ApiError)) return [{ message: broken }];
  if (error.status === 0) return [{ message: unreachable }];
  if (error.errors.length === 0) return [{ message: broken }];
  return error.errors.map((item) => ({ message: wordsOf(item, texts), field: item.field }));
}

/** An API error in the visitor's language; in the API's own words if a newer API uses an unknown code. */
function wordsOf({ code, message, params = {} }: ErrorItem, { api, locale, timeZone }: FailureTexts): string {
  if (!Object.hasOwn(api, code)) return message;
  const values = Object.entries(params).map(([name, value]) => {
    if (typeof value === 'string') return [name, ISO.test(value) ? formatTime(value, locale, timeZone) : value];
    return [name, isPrice(code, name) ? formatPrice(value, locale) : value.toLocaleString(locale)];
  });
  return fill(api[code], Object.fromEntries(values) as Record<string, string | number>);
}

/** Which numbers of a refusal are money. */
const isPrice = (code: string, name: string) =>
  name === 'price' || (code.startsWith('price-') && (name === 'min' || name === 'max'));

const ISO = /^\d{4}-\d\d-\d\dT/;

/**
 * Assigns the errors of a failed request: the first of each field in `names` to that field, all others to the form.
 * Never empty.
 */
export function toFormErrors(error: unknown, names: readonly string[], texts: FailureTexts): FormErrors {
  const sorted: FormErrors = { fields: {}, general: [] };
  for (const { message, field } of errorsOf(error, texts)) {
    if (field === undefined || !names.includes(field)) sorted.general.push(message);
    else sorted.fields[field] ??= message;
  }
  return sorted;
}
