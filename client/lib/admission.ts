import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, Places } from '@ticketing/common/contract';

/** Pages rendered at once in a process, in all and per network: each waits for those before it. */
const places = new Places({ total: 200, each: 50 });
/** The same for pages that cost some twenty times as much as others: what all routes are described on. */
const heavyPlaces = new Places({ total: 8, each: 2 });
const HEAVY = /^\/developers\b/;
/** The route that answers excess requests (`app/busy`), at a fraction of the cost of a page. */
const BUSY = '/busy';
/** Paths that cost next to nothing, whether or not there is such a file, and the health check; only without escapes. */
export const CHEAP = /^\/(_next\/static\/|healthz$|icon\.svg$|favicon\.ico$)/;
const BASE = 'http://site.invalid';

/** The path as Next.js will read it, without `..`; one that cannot be read counts like any page. */
export const pathOf = ({ url = '/' }: IncomingMessage): string =>
  URL.canParse(url, BASE) ? new URL(url, BASE).pathname : '/';

/** Whether Next.js renders a heavy page for a path, which it reads without escapes. */
function isHeavy(path: string): boolean {
  try {
    return HEAVY.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

/** Takes the places that a page needs, if there are as many. */
function take(path: string, network: string): (() => void) | undefined {
  const leave = places.take(network);
  if (!leave || !isHeavy(path)) return leave;
  const leaveHeavy = heavyPlaces.take(network);
  if (!leaveHeavy) return void leave();
  return () => {
    leave();
    leaveHeavy();
  };
}

/** The visitor's network, as seen by the one proxy in front of us. */
export const cameFrom = ({ headers, socket }: IncomingMessage) =>
  networkOf(
    String(headers['x-forwarded-for'] ?? socket.remoteAddress)
      .split(',')
      .at(-1)
      ?.trim(),
  );

/** What the requests of each connection hold. */
const held = new WeakMap<Socket, Set<() => void>>();

/**
 * Frees what a request holds once it is answered or its connection is gone: Node.js then closes no response that waits
 * behind another one.
 */
function holdFor({ socket }: IncomingMessage, response: ServerResponse, leave: () => void): void {
  const all = held.get(socket) ?? new Set();
  if (!held.has(socket)) socket.once('close', () => all.forEach((each) => free(all, each)));
  held.set(socket, all.add(leave));
  response.once('close', () => free(all, leave));
}

function free(all: Set<() => void>, leave: () => void): void {
  if (all.delete(leave)) leave();
}

/** Counts a request until it is answered; one too many is routed to `BUSY`. */
function admit(request: IncomingMessage, response: ServerResponse): void {
  const path = pathOf(request);
  if (CHEAP.test(path)) return;
  const leave = take(path, cameFrom(request));
  if (leave) holdFor(request, response, leave);
  else request.url = BUSY;
}

/** From now on limits how many requests are rendered at once, before Next.js handles them. */
export const admitRequests = (): void =>
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // The site has no server actions, and Next.js logs the name of any that is requested.
    delete request.headers['next-action'];
    admit(request, response);
  });
