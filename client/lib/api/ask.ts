import axios, { type AxiosResponse } from 'axios';
import { OBJECT_ID } from '@ticketing/common/contract';
import { deadline } from './deadline';

/** Maximum total time a page waits for a response, in milliseconds, and maximum response size, in bytes. */
const DEADLINE_MS = 5_000;
export const MAX_BYTES = 2 * 1024 * 1024;

export interface Question {
  params?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** Aborts the request. */
  signal?: AbortSignal | null;
  deadlineMs?: number;
  /** Resolves with the headers; the body is a stream to be read, or else destroyed. */
  isStream?: boolean;
}

/**
 * Calls the API from the server. Rejects if no complete response arrived in time, or on 5xx or 429. The deadline runs
 * from request to last byte, so an endless response cannot outlast it.
 */
export async function ask<T>(
  url: string,
  { params, headers, signal, deadlineMs = DEADLINE_MS, isStream = false }: Question = {},
): Promise<AxiosResponse<T>> {
  try {
    return await axios.get<T>(url, {
      params,
      headers,
      proxy: false,
      maxRedirects: 0,
      // With a limit, axios would wrap a stream so that destroying it no longer ends the request.
      maxContentLength: isStream ? -1 : MAX_BYTES,
      ...(isStream && { responseType: 'stream' }),
      signal: deadline(deadlineMs, signal),
      validateStatus: (status) => status < 500 && status !== 429,
    });
  } catch (error) {
    // Axios's error contains the visitor's cookie, which must not reach a log.
    throw new Error(`GET ${new URL(url).pathname} failed: ${error instanceof Error ? error.message : 'no answer'}`);
  }
}

const PASS = /^[\w-]{1,200}\.[\w-]{1,500}\.[\w-]{1,200}$/;

/** A document's API path; undefined for anything but an id, which could be another path. */
export const documentPath = (collection: string, id: string): string | undefined =>
  OBJECT_ID.test(id) ? `${collection}/${id.toLowerCase()}` : undefined;

/** The API path of a pass, like `documentPath`. */
export const passPath = (pass: string): string | undefined =>
  PASS.test(pass) ? `/api/orders/passes/${pass}` : undefined;
