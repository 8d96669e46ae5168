import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Tracks a server's requests, so that it can stop without cutting off a response. Call before it serves.
 * @returns a function that stops it: no new connections, and resolves once all requests in progress are answered. Event
 *   streams do not count: they never end on their own, and their readers reconnect.
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
