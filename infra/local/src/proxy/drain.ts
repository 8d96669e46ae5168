import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Watches a server's requests, so that it can be ended without cutting off an answer. Call before it serves.
 * @returns what ends it: it takes no new connections, and resolves once all has been answered that was under way.
 * Event streams do not count: they have no end of their own, and whoever reads one comes back.
 */
export function drain(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let answered: () => void = () => undefined;
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.accept?.includes('text/event-stream')) return;
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) answered();
    });
  });
  return () => {
    server.close();
    return new Promise((resolve) => {
      answered = resolve;
      if (underWay.size === 0) resolve();
    });
  };
}
