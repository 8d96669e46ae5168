import { z } from 'zod';
import type { RefusalCode } from '../refusals';

/** A route of the HTTP API: what it takes, and everything that it may answer. */
export interface ApiRoute {
  method: 'get' | 'post' | 'put' | 'delete';
  /** `{name}` stands for a parameter. */
  path: string;
  /** Paths of before that still lead here. */
  aliases?: string[];
  summary: string;
  /** Only with a session: else 401. */
  isPrivate?: true;
  query?: Record<string, z.ZodType>;
  body?: z.ZodObject;
  /** Status of success → its body; null where there is none, `stream` for Server-Sent Events. */
  answers: Record<number, z.ZodType | 'stream' | null>;
  /** Whether more follow by the `Link` header, with rel="next". */
  isPaged?: true;
  /** Its own reasons to refuse, beside those of every route (see `codesOf`). */
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

/** Every code with which a route may refuse. */
export const codesOf = ({ method, path, isPrivate, refusals = [] }: ApiRoute): RefusalCode[] => [
  ...anywhere,
  ...(method === 'get' ? [] : [...ofWrites, ...ofBodies]),
  ...(isPrivate ? (['sign-in-first'] as const) : []),
  ...(path.includes('Id}') || path.includes('{id}') ? (['id-malformed'] as const) : []),
  ...refusals,
];

/** The queries of paged lists. */
export const pages = {
  limit: z.int().min(1).max(100),
  cursor: z.string().meta({ description: 'From the Link header of the page before' }),
};
export const ofPages: RefusalCode[] = ['cursor-unknown', 'limit-out-of-range'];
