import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { ZodError, z } from 'zod';
import { accountEndpoints } from '../api/accounts';
import { chargeEndpoints } from '../api/charges';
import { disputeEndpoints } from '../api/disputes';
import { paymentIntentEndpoints } from '../api/paymentIntents';
import { paymentMethodEndpoints } from '../api/paymentMethods';
import { refundEndpoints } from '../api/refunds';
import { transferEndpoints } from '../api/transfers';
import { ApiError, invalidRequest } from '../domain/errors';
import type { Log } from '../logger';
import { challengePage } from './challengePage';
import { serve, type Gateway } from './gateway';
import { onboardingPage } from './onboardingPage';
import { newId } from './processor';
import { testRoutes } from './testRoutes';

const ENDPOINTS = [
  ...paymentIntentEndpoints,
  ...paymentMethodEndpoints,
  ...refundEndpoints,
  ...chargeEndpoints,
  ...disputeEndpoints,
  ...accountEndpoints,
  ...transferEndpoints,
];

/** The emulator's HTTP API. */
export function createApp(gateway: Gateway, log: Log): Express {
  const app = express().disable('etag').disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.use('/_test', testRoutes(gateway.processor, gateway.faults));
  app.use(express.text({ type: () => true, limit: '1mb' }));
  for (const place of placesOf(gateway.processor.publicUrl)) {
    app.use(`${place}/authenticate`, challengePage(gateway.processor));
    app.use(`${place}/onboard`, onboardingPage(gateway.processor));
  }
  app.use(['/v1', '/v2'], stripeHeaders, logCalls(log));
  for (const endpoint of ENDPOINTS) app[endpoint.method](endpoint.path, serve(endpoint, gateway));
  app.use(({ method, path }) => {
    throw invalidRequest(`Unrecognized request URL (${method}: ${path}).`, {}, 404);
  });
  app.use(answerError(log));
  return app;
}

/** The root, and the path of the public URL: a proxy may strip it or pass it on. */
function placesOf(publicUrl: string): Set<string> {
  return new Set(['', new URL(publicUrl).pathname.replace(/\/$/, '')]);
}

const stripeHeaders: RequestHandler = (request, response, next) => {
  response.set('request-id', newId('req'));
  const version = request.get('stripe-version');
  if (version !== undefined) response.set('stripe-version', version);
  next();
};

function logCalls(log: Log): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.on('close', () => {
      log('call', {
        method: request.method,
        path: request.baseUrl + request.path,
        status: response.writableFinished ? response.statusCode : 'lost',
        ms: Math.round(performance.now() - started),
        request: response.get('request-id'),
        idempotencyKey: request.get('idempotency-key'),
        replayed: response.get('idempotent-replayed'),
      });
    });
    next();
  };
}

function answerError(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent || response.destroyed) {
      next(error);
      return;
    }
    const refusal = refusalFor(error);
    if (refusal.status === 500) log('failure', { error: error instanceof Error ? error.stack : String(error) });
    response.status(refusal.status).json(refusal.body);
  };
}

function refusalFor(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ZodError) return invalidRequest(z.prettifyError(error));
  const client = z.object({ status: z.int().min(400).max(499), message: z.string() }).safeParse(error);
  if (client.success) return invalidRequest(client.data.message, {}, client.data.status);
  return new ApiError(500, { type: 'api_error', message: 'The emulator failed; its log says why.' });
}
