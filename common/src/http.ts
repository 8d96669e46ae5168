import type { IncomingMessage, ServerOptions } from 'node:http';
import express, { Router, type Express, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { register } from 'prom-client';
import { admission } from './admission';
import { Refusal } from './contract';
import type { Logger } from './logger';
import { answerErrors, BODY_LIMIT, SAFE } from './replies';
import { logRequests } from './requests';
import type { Caller } from './session';

/** How a service's HTTP server treats connections, in milliseconds. */
export const serverOptions: ServerOptions = {
  /** Above the idle time-out of any proxy in front, so that it is never we who close a connection it just used. */
  keepAliveTimeout: 75_000,
  headersTimeout: 10_000,
  /** A request that has not arrived by then, its body included, is answered 408. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

/** What an app needs to know of its service. */
export interface AppOptions {
  routes: Router;
  /** Names what the service still waits for; empty when it is ready. */
  missing: () => string[];
  log: Logger;
}

/** The Express app of a service: health, guards, its routes, and one place where errors become answers. */
export function createApp({ routes, missing, log }: AppOptions): Express {
  const app = express();
  app.set('trust proxy', 1);
  app.set('etag', false);
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  app.get('/readyz', (_req, res) => {
    const waitsFor = missing();
    res.status(waitsFor.length ? 503 : 200).json({ status: waitsFor.length ? 'waiting' : 'ready', waitsFor });
  });
  app.get('/metrics', async (_req, res) => void res.type(register.contentType).send(await register.metrics()));
  app.use(logRequests(log));
  app.use(helmet());
  app.use(admission());
  app.use(refuseOtherOrigins);
  app.use(jsonBody);
  app.use(routes);
  app.use(() => {
    throw new Refusal('route-not-found');
  });
  app.use(answerErrors(log));
  return app;
}

/** A request whose JSON body is kept as it came, for a signature over it (`stripe-signature`). */
export interface SignedRequest extends IncomingMessage {
  rawBody?: Buffer;
}

const jsonBody = express.json({
  limit: BODY_LIMIT,
  verify(req: SignedRequest, _res, buffer) {
    if (req.headers['stripe-signature']) req.rawBody = buffer;
  },
});

/** Who is calling, on a route behind `sessions.require`. */
export const callerOf = (res: Response) => res.locals.caller as Caller;

/**
 * Refuses writes that another site's page sends with our visitor's cookie. Browsers name the relation in
 * Sec-Fetch-Site (older ones the Origin); callers that are no browser send neither and have no cookie to steal.
 */
const refuseOtherOrigins: RequestHandler = (req, _res, next) => {
  if (SAFE.has(req.method)) return next();
  const site = req.headers['sec-fetch-site'];
  const origin = req.headers.origin;
  const ours = site
    ? site === 'same-origin' || site === 'none'
    : !origin || hostOf(origin) === (req.headers['x-forwarded-host'] ?? req.headers.host);
  if (!ours) throw new Refusal('other-site');
  next();
};

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);

export { Router };
