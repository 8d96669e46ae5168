import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state';

/** In which Next.js's router says what a browser shows already. */
const HEADER = 'next-router-state-tree';

/**
 * Takes a router's state that cannot be read off a request: its sender gets the whole page. Next.js itself answers 500, and
 * hides the header from `proxy.ts`.
 */
export function withoutBrokenState({ headers }: Pick<IncomingMessage, 'headers'>): void {
  try {
    parseAndValidateFlightRouterState(headers[HEADER]);
  } catch {
    delete headers[HEADER];
  }
}

/** Does so with all requests from now on, before Next.js sees them. */
export const ignoreBrokenRouterStates = (): void =>
  subscribe('http.server.request.start', (message) =>
    withoutBrokenState((message as { request: IncomingMessage }).request),
  );
