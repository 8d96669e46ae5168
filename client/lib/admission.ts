import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkOf, Places } from '@ticketing/common/contract';

/** Pages rendered at once in a process, for everybody and for one network: who is next waits for all before. */
const places = new Places({ total: 200, each: 50 });
/** Where those are answered who are too many (`app/busy`): that costs a fraction of a page. */
const BUSY = '/busy';
/** What costs next to nothing, or tells whether we live. */
const CHEAP = /^\/(_next\/|covers\/|api\/|healthz$|icon\.svg$|favicon\.ico$)/;

/** Where a visitor comes from: what the one proxy before us has seen. */
const cameFrom = ({ headers, socket }: IncomingMessage) =>
  networkOf(
    String(headers['x-forwarded-for'] ?? socket.remoteAddress)
      .split(',')
      .at(-1)
      ?.trim(),
  );

/** Counts a request until it is answered; one that is too many leads to another answer. */
function admit(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url?.split('?', 1)[0] ?? '';
  if (CHEAP.test(path)) return;
  const leave = places.take(cameFrom(request));
  if (leave) response.once('close', leave);
  else request.url = BUSY;
}

/** Bounds what is rendered at once from now on, before Next.js begins with it. */
export const admitRequests = (): void =>
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // The site has no server actions, and Next.js logs whatever one is asked for.
    delete request.headers['next-action'];
    admit(request, response);
  });
