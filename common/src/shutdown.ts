import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** How often idle connections are closed during shutdown. */
const CLOSE_IDLE_EVERY = 100;

/**
 * Tracks a server's requests, so that it can stop without cutting one off. Call before it serves.
 * @returns a function that stops it: no new connections; requests in progress are answered, for at most `limit`
 *   milliseconds, and their connections closed. Resolves with the number of unanswered requests.
 */
export function gracefully(server: Server) {
  const underWay = new Set<ServerResponse>();
  let ending = false;
  const sayGoodbye = (res: ServerResponse) => {
    if (!res.headersSent) res.setHeader('Connection', 'close');
  };
  const track = (res: ServerResponse) => {
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
    if (ending) sayGoodbye(res);
  };
  server.prependListener('request', (_req, res) => {
    // Until its turn comes (see pipelining.ts), a request is not served, and its response never closed.
    if (res.socket) track(res);
    else res.once('socket', () => track(res));
  });

  return async (limit: number): Promise<number> => {
    ending = true;
    const closed = once(server, 'close');
    server.close();
    for (const res of underWay) sayGoodbye(res);
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY);
    await Promise.race([closed, delay(limit, undefined, { ref: false })]);
    clearInterval(idle);
    const cut = underWay.size;
    server.closeAllConnections();
    return cut;
  };
}
