import { isAxiosError } from 'axios';
import type { ErrorBody } from '@ticketing/common/contract';

/** What a form shows of a failure: a message on a field, by the field's name, and messages above them all. */
export interface FormErrors {
  fields: Record<string, string>;
  general: string[];
}

/** A refusal that did not come from the API, in words for the visitor. */
export class Refusal extends Error {}

const unreachable = 'We could not reach Ticketing. Check your connection and try again.';
const broken = 'Something went wrong on our side. Please try again in a moment.';

/** The status of the API's answer, or undefined where the error is another or there was no answer. */
export const statusOf = (error: unknown): number | undefined =>
  isAxiosError(error) ? error.response?.status : undefined;

function errorsOf(error: unknown): ErrorBody['errors'] {
  if (error instanceof Refusal) return [{ message: error.message }];
  if (!isAxiosError<Partial<ErrorBody> | null>(error)) return [{ message: broken }];
  if (!error.response) return [{ message: unreachable }];
  const errors = error.response.data?.errors;
  return Array.isArray(errors) && errors.length > 0 ? errors : [{ message: broken }];
}

/**
 * Sorts the errors of a failed request to where they belong: the first of each field in `names` on that
 * field, all others to the form. Never empty.
 */
export function toFormErrors(error: unknown, names: readonly string[]): FormErrors {
  const sorted: FormErrors = { fields: {}, general: [] };
  for (const { message, field } of errorsOf(error)) {
    if (field === undefined || !names.includes(field)) sorted.general.push(message);
    else sorted.fields[field] ??= message;
  }
  return sorted;
}
