import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from './logger';
import { networkOf, traceOf } from './contract';
import { isOutage } from './errors';
import type { Cause } from './outbox';

/** What is known about a request in progress. */
interface Served {
  trace: string;
  log: Logger;
  /** Set by `sessions.require`. */
  caller?: { id: string };
  /** The error codes of its refusal. */
  refused?: string[];
}

const served = (res: Response) => res.locals as Partial<Served>;

/**
 * Gives every request a trace, from the proxy or new, and logs one line when its response has ended: with the route's
 * pattern, never the path or query, which may contain private data. For a refused one it adds where it came from.
 */
export const logRequests =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const start = performance.now();
    const trace = traceOf(req.get('x-request-id'));
    Object.assign(res.locals, { trace, log } satisfies Served);
    const { method } = req;
    res.once('close', () => {
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const { caller, refused: codes } = served(res);
      const status = res.statusCode;
      const from = status >= 400 && { network: networkOf(req.ip), codes };
      log.info({ trace, method, route: routeOf(req), status, ms, account: caller?.id, ...from }, 'request');
    });
    next();
  };

/** Logs why a response ended before its content. */
export function logCutOff(res: Response, error: unknown) {
  const { trace, log } = served(res);
  const level = isOutage(error) ? 'warn' : 'error';
  log?.[level]({ err: error, trace, method: res.req.method, route: routeOf(res.req) }, 'response cut off');
}

/** The pattern of the request's route, such as `/api/orders/:id`; undefined if there is none. */
export function routeOf(req: Request): string | undefined {
  const path = (req.route as { path?: string | string[] } | undefined)?.path;
  return Array.isArray(path) ? path[0] : path;
}

/** A request as the cause of changes, which record its trace and caller. */
export function causeOf({ res }: Request): Cause {
  const { trace = randomUUID(), caller } = res ? served(res) : {};
  return { trace, ...(caller && { by: caller.id }), refusable: true };
}

/** Events relevant to security. */
export type SecurityEvent =
  | 'account-changed'
  | 'account-deleted'
  | 'account-kept'
  | 'account-leaving'
  | 'data-exported'
  | 'address-confirmed'
  | 'address-restored'
  | 'app-open-failed'
  | 'factor-required'
  | 'passkey-added'
  | 'passkey-removed'
  | 'password-reset'
  | 'proof-failed'
  | 'proof-given'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'request-refused'
  | 'session-ended'
  | 'sessions-ended'
  | 'sign-in-failed'
  | 'signed-in'
  | 'signed-out'
  | 'signed-up'
  | 'two-step-off'
  | 'two-step-on';

/** Logs a security event with its request's trace and network. `details` must not contain secrets. */
export function logSecurity(
  req: Request,
  event: SecurityEvent,
  details: { account?: string; code?: string; by?: string[] } = {},
) {
  const { trace, log } = req.res ? served(req.res) : {};
  const level = event === 'request-refused' || event.endsWith('-failed') ? 'warn' : 'info';
  log?.[level]({ event, trace, network: networkOf(req.ip), ...details }, 'security');
}
