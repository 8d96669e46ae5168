import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';

/** The header in which Next.js's router describes what the browser already shows. */
const HEADER = 'next-router-state-tree';

/**
 * Removes an unparsable router state from a request: its sender gets the full page. Next.js itself would respond with
 * 500, and hides the header from `proxy.ts`.
 */
export function withoutBrokenState({ headers }: Pick<IncomingMessage, 'headers'>): void {
  try {
    parseAndValidateFlightRouterState(headers[HEADER]);
  } catch {
    delete headers[HEADER];
  }
}

/** Applies this to all requests from now on, before Next.js sees them. */
export const ignoreBrokenRouterStates = (): void =>
  subscribe('http.server.request.start', (message) =>
    withoutBrokenState((message as { request: IncomingMessage }).request),
  );
