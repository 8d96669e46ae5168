import { z } from 'zod';
import type { RefusalCode } from '../refusals';

/** An HTTP API route: its input, and all its possible responses. */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'delete';
  /** `{name}` is a parameter. */
  path: string;
  /** Older paths that still work. */
  aliases?: string[];
  summary: string;
  /** Requires a session, otherwise 401. */
  isPrivate?: true;
  /** Also requires the support role, otherwise 403. */
  isForSupport?: true;
  query?: Record<string, z.ZodType>;
  body?: z.ZodObject;
  /** Its body is bytes, not JSON. */
  isBinary?: true;
  /** Success status → body; null if there is none, `stream` for Server-Sent Events. */
  answers: Record<number, z.ZodType | 'stream' | null>;
  /** Media types of files it may respond with instead. */
  files?: string[];
  /** Whether the response is paged by a `Link` header with rel="next". */
  isPaged?: true;
  /** Its own error codes, in addition to those of every route (see `codesOf`). */
  refusals?: RefusalCode[];
}

const anywhere: RefusalCode[] = ['broken', 'request-unreadable', 'route-not-found', 'too-many-requests', 'unavailable'];
const ofWrites: RefusalCode[] = ['changes-waiting', 'conflict', 'other-site', 'outcome-unknown'];
const ofBodies: RefusalCode[] = [
  'body-charset',
  'body-encoding',
  'body-incomplete',
  'body-length',
  'body-not-json',
  'body-too-large',
];

/** Every error code a route may return. */
export const codesOf = ({ method, path, isPrivate, isForSupport, refusals = [] }: ApiRoute): RefusalCode[] => [
  ...anywhere,
  ...(method === 'get' ? [] : [...ofWrites, ...ofBodies]),
  ...(isPrivate ? (['sign-in-first'] as const) : []),
  ...(isForSupport ? (['support-only'] as const) : []),
  ...(path.includes('Id}') || path.includes('{id}') ? (['id-malformed'] as const) : []),
  ...refusals,
];

/** Query parameters of paged lists. */
export const pages = {
  limit: z.int().min(1).max(100),
  cursor: z.string().meta({ description: 'From the Link header of the page before' }),
};
export const ofPages: RefusalCode[] = ['cursor-unknown', 'limit-out-of-range'];
