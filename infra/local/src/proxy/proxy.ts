import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Route } from './config';
import { limitConnections } from './connections';
import { hasBody, hasTwoHosts } from './headers';
import { passOn, refuse } from './passOn';
import { pathOf, Turns } from './routes';
import { answerUnreadable } from './unreadable';
import { passUpgrade, refuseOn } from './upgrade';

const IDLE_CONNECTION_MS = 75_000;
const SILENT_REQUEST_MS = 30_000;
const MOST_BODY_BYTES = 1024 * 1024;
// Far more than a browser or the benchmarks open, far fewer than a process may have.
const MOST_CONNECTIONS = 4_000;
// Below the 16 KiB that Node's servers accept, so that an upstream has room for the headers that the proxy adds.
const MOST_HEADER_BYTES = 14 * 1024;

/**
 * The proxy: a reverse proxy that routes by path prefix and streams everything through. It takes turns among a
 * route's upstreams, and skips those where nothing listens. Bodies above 1 MiB are refused with 413, headers
 * above 14 KiB with 431.
 * @param silentRequestMs how long its headers may take, and its body may pause; refused with 408 after that
 * @param mostConnections of one address at once; more are closed
 */
export function createProxy(
  routes: Route[],
  silentRequestMs = SILENT_REQUEST_MS,
  mostConnections = MOST_CONNECTIONS,
): http.Server {
  const all = routes.map((route) => new Turns(route));
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 1_024 });
  const limits = { mostBytes: MOST_BODY_BYTES, silentRequestMs };
  const options = {
    keepAliveTimeout: IDLE_CONNECTION_MS,
    headersTimeout: silentRequestMs,
    connectionsCheckingInterval: Math.ceil(silentRequestMs / 6),
    maxHeaderSize: MOST_HEADER_BYTES,
  };

  const server = http.createServer(options, (request, response) => {
    const path = pathOf(request.url);
    const turns = path && all.find((each) => each.covers(path));
    // Node reads no further requests from a connection after an upgrade request.
    if (request.headers.upgrade) response.shouldKeepAlive = false;
    if (!path) refuse(response, 400, 'The address is malformed');
    else if (hasTwoHosts(request)) refuse(response, 400, 'A request has one Host');
    else if (request.method === 'TRACE') refuse(response, 405, 'TRACE is not answered here');
    else if (!turns) refuse(response, 404, 'Not found');
    else if (hasBody(request) && Number(request.headers['content-length']) > MOST_BODY_BYTES) refuseBody(response);
    else passOn({ request, response, agent, path, ...limits }, turns.take());
  });
  // Without a listener, Node treats an upgrade request like any other.
  if (all.some(({ upgrades }) => upgrades)) {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const path = pathOf(request.url);
      const turns = path && all.find((each) => each.covers(path));
      const port = turns && turns.upgrades ? turns.take()[0] : undefined;
      if (path && port && request.method === 'GET' && !hasTwoHosts(request))
        passUpgrade(request, socket, head, port, path);
      else refuseOn(socket, request, 400, 'This address takes no WebSocket');
    });
  }
  server.on('connect', (request: IncomingMessage, socket: Duplex) =>
    refuseOn(socket, request, 405, 'CONNECT is not answered here'),
  );
  limitConnections(server, mostConnections);
  answerUnreadable(server);
  server.on('close', () => agent.destroy());
  return server;
}

function refuseBody(response: ServerResponse): void {
  refuse(response, 413, 'The body is larger than 1 MiB');
}
