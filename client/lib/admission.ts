import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkOf } from '@ticketing/common/contract';

/** Pages rendered at once in a process, for everybody and for one network: who is next waits for all before. */
const [ALL, OF_NETWORK] = [200, 50];
/** Where those are answered who are too many (`app/busy`): that costs a fraction of a page. */
const BUSY = '/busy';
/** What costs next to nothing, or tells whether we live. */
const CHEAP = /^\/(_next\/|covers\/|api\/|healthz$|icon\.svg$|favicon\.ico$)/;

const underWay = new Map<string, number>();
let all = 0;

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
  const network = cameFrom(request);
  const own = underWay.get(network) ?? 0;
  if (all >= ALL || own >= OF_NETWORK) {
    request.url = BUSY;
    return;
  }
  all++;
  underWay.set(network, own + 1);
  response.once('close', () => {
    all--;
    const left = (underWay.get(network) ?? 1) - 1;
    if (left > 0) underWay.set(network, left);
    else underWay.delete(network);
  });
}

/** Bounds what is rendered at once from now on, before Next.js begins with it. */
export const admitRequests = (): void =>
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    admit(request, response);
  });
