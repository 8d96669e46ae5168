import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { traceOf } from '@ticketing/common/contract';
import { cameFrom, CHEAP, pathOf } from './admission';

/** What a line of the log says, in the services' format. */
export type Line = Record<string, unknown> & { level: number; msg: string };

/** A part of a path that names a page. Others are ids, passes (a secret), or whatever someone made up. */
const WORD = /^[a-z][a-z-]{0,23}(\.[a-z]{3,4})?$/;
export const INFO = 30;
const WARN = 40;
/** Refusals that indicate attempts at unauthorized or excessive access. */
const GUARDED = new Set([403, 429]);

/** A path without its secrets: `/orders/:id`. */
const routeOf = (path: string) =>
  path
    .split('/', 9)
    .map((part) => (part === '' || WORD.test(part) ? part : ':id'))
    .join('/');

export const print = (line: Line) =>
  void process.stdout.write(`${JSON.stringify({ time: Date.now(), service: 'client', ...line })}\n`);

/**
 * From now on gives every request for a page a trace, from the proxy or new, which its questions to the API carry too
 * (`X-Request-Id`), and logs one line when its response has ended; a refused one is also a security event.
 */
export const logRequests = (write: (line: Line) => void = print): void =>
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const path = pathOf(request);
    if (CHEAP.test(path)) return;
    const start = performance.now();
    const trace = traceOf(String(request.headers['x-request-id'] ?? ''));
    request.headers['x-request-id'] = trace;
    response.once('close', () => {
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const { statusCode: status } = response;
      const network = status >= 400 ? cameFrom(request) : undefined;
      if (GUARDED.has(status)) write({ level: WARN, event: 'request-refused', trace, network, msg: 'security' });
      const about = { trace, method: request.method, route: routeOf(path), status, ms, network };
      write({ level: INFO, ...about, msg: 'request' });
    });
  });
