import axios, { type AxiosResponse } from 'axios';
import { OBJECT_ID } from '@ticketing/common/contract';

/** What a page may wait for an answer in all, in milliseconds, and the longest one that it takes, in bytes. */
export const DEADLINE_MS = 5_000;
export const MAX_BYTES = 2 * 1024 * 1024;

export interface Question {
  params?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** Ends the question early. */
  signal?: AbortSignal | null;
  deadlineMs?: number;
}

/**
 * Asks the API from the server. Rejects where no answer came whole in time, or one above 499 or of 429.
 * The deadline counts from the question to the last byte, so that an answer without an end cannot outlast it.
 */
export async function ask<T>(
  url: string,
  { params, headers, signal, deadlineMs = DEADLINE_MS }: Question = {},
): Promise<AxiosResponse<T>> {
  try {
    return await axios.get<T>(url, {
      params,
      headers,
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_BYTES,
      signal: AbortSignal.any([AbortSignal.timeout(deadlineMs), ...(signal ? [signal] : [])]),
      validateStatus: (status) => status < 500 && status !== 429,
    });
  } catch (error) {
    // Axios's own error holds the visitor's cookie, which must not reach a log.
    throw new Error(`GET ${new URL(url).pathname} failed: ${error instanceof Error ? error.message : 'no answer'}`);
  }
}

const PASS = /^[\w-]{1,200}\.[\w-]{1,500}\.[\w-]{1,200}$/;

/** A document's path in the API; undefined for what is no id, for it could be the path of something else. */
export const documentPath = (collection: string, id: string): string | undefined =>
  OBJECT_ID.test(id) ? `${collection}/${id.toLowerCase()}` : undefined;

/** The path of a pass, as `documentPath`. */
export const passPath = (pass: string): string | undefined =>
  PASS.test(pass) ? `/api/orders/passes/${pass}` : undefined;
