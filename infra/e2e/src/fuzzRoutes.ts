import { apiRoutes, type ApiRoute } from '@ticketing/common/contract/openapi';
import fc from 'fast-check';
import { BYTES, TAKEN } from './fuzzWords';

/** A request that is meaningful to an API route, without headers yet. */
export interface Aimed {
  method: string;
  path: string;
  type: string;
  body: string;
}

/** What a user knows: cookies, and ids by kind. */
export interface Known {
  cookies: string[];
  tickets: string[];
  orders: string[];
  uploads: string[];
  people: string[];
  passes: string[];
}

export const idsOf = ({ tickets, orders, uploads, people }: Known) => [...tickets, ...orders, ...uploads, ...people];

/** The real values of a path parameter. */
function valuesOf(path: string, name: string, known: Known): string[] {
  if (name === 'pass') return known.passes;
  if (name === 'part') return ['0', '1'];
  if (name === 'uploadId') return known.uploads;
  if (path.startsWith('/api/users') || path.includes('/sellers/')) return known.people;
  return path.startsWith('/api/tickets') ? known.tickets : known.orders;
}

/** A route's path, with each parameter replaced by `fill` of its name. */
export const filled = (path: string, fill: (name: string) => string) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => fill(name));

/** A path of a route, with ids of things that exist. */
function pathOf(path: string, known: Known): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return fc
    .tuple(...names.map((name) => fc.constantFrom(...valuesOf(path, name, known))))
    .map((values) => filled(path, (name) => values[names.indexOf(name)] ?? ''));
}

/** A route's query: usually empty, or a few of its parameters with odd values. */
function queryOf({ query = {} }: ApiRoute, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const names = Object.keys(query);
  if (names.length === 0) return fc.constant('');
  return fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 2 })
    .map((pairs) => (pairs.length ? `?${pairs.map((pair) => pair.join('=')).join('&')}` : ''));
}

/** A route's body from `TAKEN`, with `ID` replaced by a known id and `NUMBER` by any number. */
export const takenOf = ({ method, path }: ApiRoute, id: string, number: number) => {
  const taken = TAKEN[`${method} ${path}`];
  const text = JSON.stringify(taken ?? {}).replaceAll('ID', id);
  return JSON.parse(text.replaceAll('NUMBER', String(number))) as Record<string, unknown>;
};

/** A body that a route accepts, or one with a few invalid fields. */
function bodyOf(route: ApiRoute, known: Known, field: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  if (route.isBinary) return fc.oneof(fc.constant(BYTES), fc.string({ unit: 'binary', maxLength: 20 }));
  if (!route.body) return fc.constantFrom('', '{}');
  const changes = fc.array(fc.tuple(fc.nat(), field), { maxLength: 2 });
  const ids = route.path.startsWith('/api/orders') ? known.tickets : known.orders;
  return fc.tuple(fc.constantFrom(...ids), fc.nat(), changes).map(([id, number, changes]) => {
    const body = takenOf(route, id, number);
    const names = Object.keys(body);
    for (const [at, value] of changes) body[names[at % names.length] ?? ''] = value;
    return JSON.stringify(body);
  });
}

/** Requests that pass early checks: each to a route of the contract, with its method and existing ids. */
export function aimed(known: Known, field: fc.Arbitrary<unknown>, value: fc.Arbitrary<string>): fc.Arbitrary<Aimed> {
  const ofRoute = (route: ApiRoute) =>
    fc
      .tuple(
        fc.constantFrom(route.path, ...(route.aliases ?? [])).chain((path) => pathOf(path, known)),
        queryOf(route, value),
        bodyOf(route, known, field),
      )
      .map(([path, query, body]) => ({
        method: route.method.toUpperCase(),
        path: `${path}${query}`,
        type: route.isBinary ? 'application/octet-stream' : 'application/json',
        body: route.method === 'get' ? '' : body,
      }));
  return fc.oneof(...apiRoutes.map(ofRoute));
}
