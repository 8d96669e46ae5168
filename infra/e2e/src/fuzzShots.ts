import type { OutgoingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { aimed, idsOf, type Known } from './fuzzRoutes';
import { CURSORS, NAMES, ODD, PAGES, RAW_JSON, ROUTES, TEXTS } from './fuzzWords';

/** One raw request, sent unmodified. */
export interface Shot {
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body: string;
}

const text = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: 'binary', maxLength: 20 }).map(escaped));

/** Percent-encodes a text; lone surrogates become U+FFFD. */
function escaped(raw: string): string {
  return encodeURIComponent(Buffer.from(raw).toString());
}

function headersOf({ cookies, orders }: Known) {
  const session = cookies.map((cookie) => cookie.replace(/^[^=]*=/, ''));
  return fc.record(
    {
      'content-type': fc.constantFrom(
        ...['application/json', 'application/json; charset=utf-16', 'application/json; charset=x', 'text/plain'],
        ...['application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', '??'],
      ),
      cookie: fc.constantFrom(
        ...cookies,
        ...session.map((value) => `__Host-session=${value}`),
        ...session.map((value) => `session=${value.slice(0, -9)}AAAAAAAAA; device=${value}`),
        ...['session=', 'session=bnVsbA==', 'session=W10=', `session=${'x'.repeat(5_000)}`, `${'a=b; '.repeat(1_000)}`],
        'language=xx; theme=%ff; time-zone=%00',
      ),
      'accept-language': fc.constantFrom(
        'de',
        '*;q=',
        'x'.repeat(500),
        'en-us-us',
        'en-x',
        'de-1996-1996',
        'en-u-nu-thai',
      ),
      'last-event-id': fc.constantFrom('7', '-1', 'x', 'ticket:created=9999999999999999', '9'.repeat(400)),
      'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site'),
      origin: fc.constantFrom('null', 'http://[', 'https://evil.test'),
      'content-encoding': fc.constantFrom('gzip', 'br', 'deflate', 'x'),
      'accept-encoding': fc.constantFrom('gzip', 'br;q=0.1', '*;q=0'),
      'next-action': fc.constantFrom('0'.repeat(42), 'x'),
      rsc: fc.constant('1'),
      'next-router-state-tree': fc.constantFrom(
        'x',
        '%5B%22%22%2C%7B%7D%5D',
        '%5B%5D',
        'null',
        '%ff',
        'y'.repeat(5_000),
      ),
      'next-router-prefetch': fc.constantFrom('1', '2', 'x'),
      'next-router-segment-prefetch': fc.constantFrom('/_tree', '/../x', 'x'),
      'next-url': fc.constantFrom('//evil.test', '/orders', 'x'),
      'x-middleware-subrequest': fc.constant('proxy:proxy:proxy:proxy:proxy'),
      'x-forwarded-for': fc.constantFrom('1.2.3.4', '::1%25', 'unknown', ', ,', 'x'.repeat(1_000)),
      'x-forwarded-proto': fc.constantFrom('https', 'x'),
      'x-forwarded-host': fc.constantFrom('evil.test', '[', ''),
      'x-request-id': fc.constantFrom('', orders[0] ?? '', '\u00ff', '{"a":1}'),
      'stripe-signature': fc.constantFrom('', 't=1,v1=00', 't=,v1=', 'x'),
      authorization: fc.constantFrom('Bearer x', 'Basic ::'),
      upgrade: fc.constantFrom('websocket', 'h2c'),
      range: fc.constant('bytes=0-1,5-'),
      'if-none-match': fc.constant('*'),
    },
    { requiredKeys: [] },
  );
}

/** Usually only a few of the headers: any of them may end a request early. */
const few = (headers: OutgoingHttpHeaders, kept: number[]): OutgoingHttpHeaders => {
  const all = Object.entries(headers);
  return Object.fromEntries(all.filter((_, at) => kept.some((number) => number % all.length === at)));
};

/** Requests of every kind: to each route and page, with invalid input, or with small errors. */
export function shots(known: Known): fc.Arbitrary<Shot> {
  const { passes } = known;
  const ids = idsOf(known);
  const id = fc.oneof(fc.constantFrom(...ids, '0'.repeat(24), 'events', 'mine', 'F'.repeat(24)), text);
  const pass = fc.oneof(fc.constantFrom('x.y.z', ...passes, ...passes.map((pass) => pass.slice(0, -3))), text);
  const placeIn = (routes: string[]) =>
    fc
      .tuple(fc.constantFrom(...routes), id, text, pass)
      .map(([route, id, text, pass]) => route.replaceAll('ID', id).replaceAll('TEXT', text).replace('PASS', pass));
  const values = [
    '-1',
    '1e999',
    '2026-13-45',
    '2026-02-30',
    'NaN',
    '[]',
    'a,b',
    'price',
    '0',
    '100',
    '3',
    'include',
    'open',
  ];
  const value = fc.oneof(text, fc.constantFrom(...ids, ...CURSORS, ...values));
  const query = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), text), value), { maxLength: 3 })
    .map((pairs) => (pairs.length ? `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}` : ''));
  const targetIn = (routes: string[]) => fc.tuple(placeIn(routes), query).map((parts) => parts.join(''));
  const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>(...ids, ...TEXTS, 12.5, null, {}, []));
  const body = fc.oneof(
    fc.constantFrom(...RAW_JSON),
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    fc.string(),
    fc.constant(''),
  );
  const method = fc.constantFrom(
    ...['GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'],
  );
  const kept = fc.oneof(fc.array(fc.nat(), { maxLength: 4 }), fc.constant(Array.from({ length: 30 }, (_, at) => at)));
  const headers = fc.tuple(headersOf(known), kept).map(([headers, kept]) => few(headers, kept));
  const wild = fc.record({ method, path: targetIn(ROUTES), headers, body });
  const read = fc.record({
    method: fc.constant('GET'),
    path: targetIn(PAGES),
    headers: fc.record({ cookie: fc.constantFrom(...known.cookies, '') }),
    body: fc.constant(''),
  });
  const tame = fc
    .tuple(aimed(known, field, value), fc.constantFrom(...known.cookies, ''))
    .map(([{ type, ...shot }, cookie]) => ({ ...shot, headers: { cookie, 'content-type': type } }));
  return fc.oneof({ arbitrary: wild, weight: 4 }, { arbitrary: tame, weight: 5 }, { arbitrary: read, weight: 1 });
}
