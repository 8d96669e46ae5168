import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import fc from 'fast-check';

/** The longest that an answer may take, in milliseconds. */
const PATIENCE = 5_000;
const AT_ONCE = 8;

/** One request, as it is sent: nothing of it is made tidy. */
export interface Shot {
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body: string;
}

/** A request that the system did not take as it should, and what came of it. */
export interface Fault {
  shot: Shot;
  outcome: string;
}

/** What requests are made of that only who uses the system has: cookies of people, ids of what is theirs. */
export interface Known {
  cookies: string[];
  ids: string[];
}

const ROUTES = [
  ...['signup', 'signin', 'signout', 'currentuser', 'me', 'other'].map((name) => `/api/users/${name}`),
  ...['', '/mine', '/new', '/ID', '/events', '/ID/events'].map((path) => `/api/tickets${path}`),
  ...['', '/create', '/ID', '/ID/events', '/passes/TEXT'].map((path) => `/api/orders${path}`),
  ...['', '/ID', '/webhook'].map((path) => `/api/payments${path}`),
  ...['/', '/account', '/auth/signin', '/auth/signup', '/listings', '/listings/ID', '/listings/new', '/orders'],
  ...['/orders/ID', '/orders/new', '/pass/TEXT', '/preferences', '/tickets/ID', '/tickets/new', '/robots.txt'],
  ...['/sitemap.xml', '/favicon.ico', '/TEXT', '/api/TEXT', '//', '/_next/TEXT'],
];
const NAMES = [
  'q',
  'category',
  'from',
  'to',
  'minPrice',
  'maxPrice',
  'cursor',
  'limit',
  'ids',
  'next',
  'ticket',
  'sort',
];
const FIELDS = [
  'email',
  'password',
  'currentPassword',
  'newPassword',
  'title',
  'price',
  'startsAt',
  'timeZone',
  'seat',
];
const ODD = [
  '%ff',
  '%00',
  '%2e%2e%2f',
  '%E0%A4%A',
  '..',
  '__proto__',
  '\u00ff',
  '%F0%9F%8E%9F',
  'x'.repeat(3_000),
  "'",
  '[$ne]',
];

const text = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: 'binary', maxLength: 20 }).map(escaped));

/** Percent-encodes a text, also one with lone surrogates, which become U+FFFD. */
function escaped(raw: string): string {
  return encodeURIComponent(Buffer.from(raw).toString());
}

function shots({ cookies, ids }: Known): fc.Arbitrary<Shot> {
  const id = fc.oneof(fc.constantFrom(...ids, '0'.repeat(24), 'events', 'mine'), text);
  const path = fc
    .tuple(fc.constantFrom(...ROUTES), id, text)
    .map(([route, id, text]) => route.replace('ID', id).replace('TEXT', text));
  const value = fc.oneof(text, fc.constantFrom(...ids, '-1', '1e999', '2026-13-45', 'NaN', '[]', 'a,b'));
  const query = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), text), value), { maxLength: 3 })
    .map((pairs) => (pairs.length ? `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}` : ''));
  const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...ids, 'ann@test.com', 'password', 12.5));
  const json = fc
    .dictionary(fc.constantFrom(...FIELDS, 'ticketId', 'orderId', 'token', '__proto__'), field, { maxKeys: 5 })
    .map((body) => JSON.stringify(body));
  const body = fc.oneof(
    json,
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    fc.string(),
    fc.constant(''),
  );
  const headers = fc.record(
    {
      'content-type': fc.constantFrom(
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        '??',
      ),
      cookie: fc.constantFrom(
        ...cookies,
        'session=',
        `session=${'x'.repeat(5_000)}`,
        'language=xx; theme=%ff; time-zone=%00',
      ),
      'accept-language': fc.constantFrom('de', '*;q=', 'x'.repeat(500)),
      'last-event-id': fc.constantFrom('7', '-1', 'x'),
      'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site'),
      'content-encoding': fc.constantFrom('gzip', 'x'),
      'next-action': fc.constantFrom('0'.repeat(42), 'x'),
      range: fc.constant('bytes=0-1,5-'),
    },
    { requiredKeys: [] },
  );
  const method = fc.constantFrom(
    'GET',
    'GET',
    'GET',
    'POST',
    'POST',
    'PUT',
    'DELETE',
    'HEAD',
    'OPTIONS',
    'PATCH',
    'TRACE',
  );
  return fc.record({ method, path: fc.tuple(path, query).map((parts) => parts.join('')), headers, body });
}

/** Sends a request; tells what was wrong with its answer, or undefined. A stream counts as soon as it is open. */
function send(url: URL, agent: Agent, { method, path, headers, body }: Shot): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { hostname, port } = url;
    const length = Buffer.byteLength(body);
    const sent = request({ hostname, port, agent, method, path, headers: { ...headers, 'content-length': length } });
    const end = (outcome?: string) => {
      clearTimeout(timer);
      resolve(outcome);
      sent.destroy();
    };
    const timer = setTimeout(() => end(`no answer after ${PATIENCE} ms`), PATIENCE);
    sent.on('error', (error) => end(error.message));
    sent.on('response', (answer) => {
      const { statusCode = 0 } = answer;
      if (statusCode >= 500) return end(String(statusCode));
      if (answer.headers['content-type']?.startsWith('text/event-stream')) return end();
      answer.resume().on('end', () => end());
    });
    sent.end(body);
  });
}

/** Sends so many generated requests to a system, the same ones for the same seed, and tells which were faults. */
export async function fuzz(address: string, known: Known, { requests, seed }: { requests: number; seed: number }) {
  const faults: Fault[] = [];
  const url = new URL(address);
  const agent = new Agent({ keepAlive: false });
  const waiting = fc.sample(shots(known), { numRuns: requests, seed });
  const work = async () => {
    for (let shot = waiting.pop(); shot; shot = waiting.pop()) {
      const outcome = await send(url, agent, shot);
      if (outcome) faults.push({ shot, outcome });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults;
}
