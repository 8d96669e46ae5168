import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import express, { Router, type Express, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { register } from 'prom-client';
import { admission, MOST_FIELDS } from './admission';
import { Refusal } from './contract';
import type { Logger } from './logger';
import { inTurn } from './pipelining';
import { answerErrors, BODY_LIMIT, SAFE } from './replies';
import { logRequests } from './requests';
import type { Caller, Session } from './session';
import { answerUnreadable } from './unreadable';

/** Connection timeouts of a service's HTTP server, in milliseconds. */
export const serverOptions: ServerOptions = {
  /** Above any proxy's idle timeout, so that we never close a connection it is about to reuse. */
  keepAliveTimeout: 75_000,
  headersTimeout: 10_000,
  /** A request that has not fully arrived by then, body included, gets 408. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

/** Responses are data: a browser that opens one displays it, and runs, loads and embeds nothing. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...{ defaultSrc: ["'none'"], objectSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
      ...{ frameAncestors: ["'none'"], sandbox: [] },
    },
  },
});

/** What an app needs to know about its service. */
export interface AppOptions {
  routes: Router;
  /** What the service is still waiting for; empty when ready. */
  missing: () => string[];
  log: Logger;
}

/** A service's Express app: health, guards, routes, and error handling in one place. */
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
  app.use(protect);
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

/** A service's HTTP server. Trailers, which nobody reads, are as few as header fields: a request keeps them. */
export function serverOf(app: Express, log: Logger): Server {
  const server = createServer(serverOptions, inTurn(app));
  // Node.js drops what is beyond; `admission` refuses such requests.
  server.maxHeadersCount = MOST_FIELDS + 1;
  answerUnreadable(server, log);
  return server;
}

/** A request that keeps its raw JSON body, to verify a signature over it (`stripe-signature`). */
export interface SignedRequest extends IncomingMessage {
  rawBody?: Buffer;
}

const parseJson = express.json({
  limit: BODY_LIMIT,
  verify(req: SignedRequest, _res, buffer) {
    if (req.headers['stripe-signature']) req.rawBody = buffer;
  },
});

/**
 * Parses the body of a write. The route must read it before it awaits anything; then it is dropped: 64 KB of JSON can
 * take up twenty times as much memory, for as long as its request waits. Reads have no body.
 */
const jsonBody: RequestHandler = (req, res, next) => {
  if (SAFE.has(req.method)) {
    req.resume();
    return next();
  }
  parseJson(req, res, (error?: unknown) => {
    const parsed: unknown = req.body;
    const forget = () => {
      if (req.body === parsed) req.body = undefined;
      delete (req as SignedRequest).rawBody;
    };
    next(error);
    // After the route's synchronous part, and before the next request is read: many may have arrived together.
    queueMicrotask(() => process.nextTick(forget));
  });
};

/** The caller, on a route behind `sessions.require`. */
export const callerOf = (res: Response) => res.locals.caller as Caller;

/** The caller's session, on a route behind `sessions.require`. */
export const sessionOf = (res: Response) => res.locals.session as Session;

/**
 * Rejects writes that another site's page sends with our visitor's cookie (CSRF). Browsers state the relation in
 * Sec-Fetch-Site (older ones in Origin); other clients send neither and have no cookie to abuse.
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
