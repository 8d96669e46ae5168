import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Route } from './config';
import { hasBody } from './headers';
import { passOn, refuse } from './passOn';
import { Turns } from './routes';
import { passUpgrade } from './upgrade';

const IDLE_CONNECTION_MS = 75_000;
const MOST_BODY_BYTES = 1024 * 1024;

/**
 * The proxy: a reverse proxy that routes by path prefix and streams everything through. It takes turns among a
 * route's upstreams, and goes to the next one where nobody listens. Bodies above 1 MiB are refused with 413.
 */
export function createProxy(routes: Route[]): http.Server {
  const all = routes.map((route) => new Turns(route));
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 1_024 });
  const routeOf = (request: IncomingMessage) => all.find((turns) => turns.covers(request.url ?? '/'));

  const server = http.createServer({ keepAliveTimeout: IDLE_CONNECTION_MS }, (request, response) => {
    const turns = routeOf(request);
    if (!turns) refuse(response, 404, 'Not found');
    else if (hasBody(request) && Number(request.headers['content-length']) > MOST_BODY_BYTES) refuseBody(response);
    else
      passOn(
        { request, response, agent, path: turns.rewrite(request.url ?? '/'), mostBytes: MOST_BODY_BYTES },
        turns.take(),
      );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const port = routeOf(request)?.take()[0];
    if (port) passUpgrade(request, socket, head, port);
    else socket.destroy();
  });
  server.on('close', () => agent.destroy());
  return server;
}

function refuseBody(response: ServerResponse): void {
  refuse(response, 413, 'The body is larger than 1 MiB');
}
