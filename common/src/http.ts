import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, {
  Router,
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { validationResult, type ValidationChain } from 'express-validator';
import helmet from 'helmet';
import { register } from 'prom-client';
import type { ErrorBody } from './contract';
import { isOutage, Refusal } from './errors';
import type { Logger } from './logger';
import type { Cause } from './outbox';
import type { Caller } from './session';

const BODY_LIMIT = '64kb';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

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
  app.use(helmet());
  app.use(refuseOtherOrigins);
  app.use(jsonBody);
  app.use(routes);
  app.use(() => {
    throw new Refusal('Route not found', 404);
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

/** The id of a document, in either case. Narrower than isMongoId, which takes a prefix `0x` for two digits. */
export const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** Runs validators and refuses with every message, each once a field. */
export const validate =
  (...chains: ValidationChain[]): RequestHandler =>
  async (req, res, next) => {
    for (const chain of chains) await chain.run(req);
    const errors = validationResult(req).array({ onlyFirstError: true });
    if (errors.length === 0) return next();
    reply(
      res,
      400,
      errors.map((error) => ({ message: String(error.msg), ...(error.type === 'field' && { field: error.path }) })),
    );
  };

/** Who is calling, on a route behind `sessions.require`. */
export const callerOf = (res: Response) => res.locals.caller as Caller;

/** A request as the cause of changes: it keeps the trace that a proxy gave it. */
export const causeOf = (req: Request): Cause => ({
  trace: req.get('x-request-id')?.slice(0, 64) ?? randomUUID(),
  refusable: true,
});

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
  if (!ours) throw new Refusal('This request came from another site: open ours and try again', 403);
  next();
};

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);

const reply = (res: Response, status: number, errors: ErrorBody['errors']) =>
  void res.status(status).json({ errors } satisfies ErrorBody);

function refuse(res: Response, { status, message, field, retryAfter }: Refusal) {
  if (retryAfter) res.set('Retry-After', String(Math.ceil(retryAfter)));
  reply(res, status, [{ message, ...(field && { field }) }]);
}

const answerErrors =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof Refusal) return refuse(res, error);
    const refused = bodyErrors[(error as { type?: string }).type ?? ''];
    if (refused) return reply(res, refused.status, [{ message: refused.message }]);
    if ((error as { status?: number }).status === 400)
      return reply(res, 400, [{ message: 'The request cannot be read' }]);
    if (isOutage(error)) {
      log.warn({ err: error, method: req.method, path: req.path }, 'a server is out of reach');
      return refuse(res, new Refusal('A part of us is out of reach: try again in a moment', 503, undefined, 1));
    }
    log.error({ err: error, method: req.method, path: req.path }, 'request failed');
    reply(res, 500, [{ message: 'Something went wrong on our side: try again in a moment' }]);
  };

/** What express.json throws, by its `type`. */
const bodyErrors: Record<string, { status: number; message: string }> = {
  'entity.parse.failed': { status: 400, message: 'The body is not valid JSON' },
  'entity.too.large': { status: 413, message: `The body is larger than ${BODY_LIMIT}` },
  'encoding.unsupported': { status: 415, message: 'The encoding of the body is not supported' },
  'charset.unsupported': { status: 415, message: 'The character set of the body is not supported: use UTF-8' },
  'request.aborted': { status: 400, message: 'The body did not arrive whole' },
  'request.size.invalid': { status: 400, message: 'The body is not as long as it says' },
};

export { Router };
