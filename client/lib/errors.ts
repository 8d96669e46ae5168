import type { ErrorBody } from '@ticketing/common/contract';
import { translate } from '@/texts/fill';

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

/** What a failure is called where the API's own words are missing, and its words in another language. */
export interface FailureTexts {
  form: { unreachable: string; broken: string };
  api: Record<string, string>;
}

/** The status of the API's answer, or undefined where the error is another or there was no answer. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ApiError && error.status > 0 ? error.status : undefined;

function errorsOf(error: unknown, { form, api }: FailureTexts): ErrorBody['errors'] {
  if (error instanceof Refusal) return [{ message: error.message }];
  if (!(error instanceof ApiError)) return [{ message: form.broken }];
  if (error.status === 0) return [{ message: form.unreachable }];
  if (error.errors.length === 0) return [{ message: form.broken }];
  return error.errors.map(({ message, field }) => ({ message: translate(message, api), field }));
}

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
