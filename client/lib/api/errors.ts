import type { ErrorBody, ErrorItem, RefusalCode } from '@ticketing/common/contract';
import { fill } from '@/texts/fill';
import { formatPrice, formatTime } from '@/lib/format';

/** What a form shows of a failure: a message on a field, by the field's name, and messages above them all. */
export interface FormErrors {
  fields: Record<string, string>;
  general: string[];
}

/** A refusal that did not come from the API, in words for the visitor. */
export class Refusal extends Error {}

/** The API's answer of 400 and above, or none at all (`status` 0). `errors` is empty where it said nothing readable. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errors: ErrorBody['errors'],
  ) {
    super(`The API answered ${status}`);
  }
}

/** In which words and formats failures are told. */
export interface FailureTexts {
  form: { unreachable: string; broken: string };
  api: Record<RefusalCode, string>;
  locale: string;
  timeZone?: string;
}

/** The status of the API's answer, or undefined where the error is another or there was no answer. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError && error.status > 0 ? error.status : undefined;

/** Whether the API refused for this reason. */
export const hasCode = (error: unknown, wanted: RefusalCode): boolean =>
  error instanceof ApiError && error.errors.some(({ code }) => code === wanted);

function errorsOf(error: unknown, texts: FailureTexts): { message: string; field?: string }[] {
  const { unreachable, broken } = texts.form;
  if (error instanceof Refusal) return [{ message: error.message }];
  if (!(error instanceof ApiError)) return [{ message: broken }];
  if (error.status === 0) return [{ message: unreachable }];
  if (error.errors.length === 0) return [{ message: broken }];
  return error.errors.map((item) => ({ message: wordsOf(item, texts), field: item.field }));
}

/** What an error of the API is in the visitor's words; its own where a newer API has a code that we do not know. */
function wordsOf({ code, message, params = {} }: ErrorItem, { api, locale, timeZone }: FailureTexts): string {
  if (!Object.hasOwn(api, code)) return message;
  const values = Object.entries(params).map(([name, value]) => {
    if (typeof value === 'string') return [name, ISO.test(value) ? formatTime(value, locale, timeZone) : value];
    return [name, name === 'price' || code.startsWith('price-') ? formatPrice(value, locale) : value];
  });
  return fill(api[code], Object.fromEntries(values) as Record<string, string | number>);
}

const ISO = /^\d{4}-\d\d-\d\dT/;

/**
 * Sorts the errors of a failed request to where they belong: the first of each field in `names` on that
 * field, all others to the form. Never empty.
 */
export function toFormErrors(error: unknown, names: readonly string[], texts: FailureTexts): FormErrors {
  const sorted: FormErrors = { fields: {}, general: [] };
  for (const { message, field } of errorsOf(error, texts)) {
    if (field === undefined || !names.includes(field)) sorted.general.push(message);
    else sorted.fields[field] ??= message;
  }
  return sorted;
}
