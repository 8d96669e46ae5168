import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Next.js bundles this module more than once; all copies share one storage. */
const KEY = Symbol.for('ticketing.visits');
const shared = globalThis as { [KEY]?: AsyncLocalStorage<AbortSignal> };
const visits = (shared[KEY] ??= new AsyncLocalStorage());

/**
 * From now on gives every request a signal that aborts once its response has ended or its visitor has left. React's
 * `cacheSignal` aborts only when rendering ends, which a visitor who leaves does not make happen.
 */
export const noticeLeaving = (): void =>
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse };
    const controller = new AbortController();
    // Each question of the page listens.
    setMaxListeners(Infinity, controller.signal);
    response.once('close', () => controller.abort());
    visits.enterWith(controller.signal);
  });

/** The signal of the request being answered; undefined outside of one. */
export const untilVisitorLeaves = (): AbortSignal | undefined => visits.getStore();

/** Runs work that several visitors wait for: none of them ends it by leaving. */
export const forEveryone = <T>(work: () => T): T => visits.exit(work);
