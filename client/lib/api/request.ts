import type { ErrorBody } from '@ticketing/common/contract';
import { ApiError } from './errors';

const PATIENCE_MS = 30_000;

/** What the API answered, and the moment of its clock at which it did (the `Date` header). */
export interface Answer<T> {
  data: T;
  date: string | null;
  /** Where the next page of a list is (RFC 8288). */
  link: string | null;
}

async function errorsIn(response: Response): Promise<ErrorBody['errors']> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
  return Array.isArray(body?.errors) ? body.errors : [];
}

/**
 * Asks the API from the browser, with JSON both ways. In place of axios, which would weigh a fifth of all the
 * scripts of a page. Rejects with an ApiError, also where no answer came.
 */
export async function request<T = void>(method: string, path: string, body?: object): Promise<Answer<T>> {
  const response = await fetch(`/api${path}`, {
    method,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError(0, []);
  });
  if (!response.ok) throw new ApiError(response.status, await errorsIn(response));
  const isEmpty = response.status === 204;
  return {
    data: (isEmpty ? undefined : await response.json()) as T,
    date: response.headers.get('date'),
    link: response.headers.get('link'),
  };
}
