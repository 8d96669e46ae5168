import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkOf, Places } from '@ticketing/common/contract';

/** Pages rendered at once in a process, in all and per network: each waits for those before it. */
const places = new Places({ total: 200, each: 50 });
/** The route that answers excess requests (`app/busy`), at a fraction of the cost of a page. */
const BUSY = '/busy';
/** Paths that cost next to nothing, and the health check. */
const CHEAP = /^\/(_next\/|covers\/|api\/|healthz$|icon\.svg$|favicon\.ico$)/;

/** The visitor's network, as seen by the one proxy in front of us. */
const cameFrom = ({ headers, socket }: IncomingMessage) =>
  networkOf(
    String(headers['x-forwarded-for'] ?? socket.remoteAddress)
      .split(',')
      .at(-1)
      ?.trim(),
  );

/** Counts a request until it is answered; one too many is routed to `BUSY`. */
function admit(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?', 1)[0] ?? '';
  if (CHEAP.test(path)) return;
  const leave = places.take(cameFrom(request));
  if (leave) response.once('close', leave);
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
