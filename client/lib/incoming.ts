import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';

/** The header in which Next.js's router says what the browser already shows. */
const STATE = 'next-router-state-tree';
const NO_PAGE = '/no-such-page';

function succeeds(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes from a request what Next.js would answer with a 500 before any of our code runs: an unreadable router state,
 * whose sender gets the whole page instead, and a path that cannot be decoded, which becomes that of a missing page.
 */
function makeReadable(request: Pick<IncomingMessage, 'headers' | 'url'>): void {
  const { headers, url = '/' } = request;
  if (!succeeds(() => parseAndValidateFlightRouterState(headers[STATE]))) delete headers[STATE];
  if (!succeeds(() => decodeURIComponent(url.split('?', 1)[0] ?? ''))) request.url = NO_PAGE;
}

/** Does so for all requests from now on, before Next.js handles them. */
export const makeRequestsReadable = (): void =>
  subscribe('http.server.request.start', (message) => {
    makeReadable((message as { request: IncomingMessage }).request);
  });
