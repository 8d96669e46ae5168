import { setTimeout as delay } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { refused, type Effect, type Endpoint } from '../api/endpoint';
import { expand } from '../api/expand';
import { decodeForm, decodeJson, type FormFields } from '../api/form';
import { readParams } from '../api/params';
import { ApiError } from '../domain/errors';
import type { Faults, RequestFault } from '../faults';
import type { KeptAnswer } from '../storage/state';
import { authenticate } from './authentication';
import { fingerprintOf, type Idempotency } from './idempotency';
import type { Processor } from './processor';

/** What every API call passes through. */
export interface Gateway {
  processor: Processor;
  idempotency: Idempotency;
  faults: Faults;
  /** Aborted when the emulator closes. */
  closing: AbortSignal;
}

const SERVER_ERROR = new ApiError(500, {
  type: 'api_error',
  message: 'An unknown error occurred. (A fault injected into the emulator.)',
});
const REJECTED = new ApiError(400, {
  type: 'invalid_request_error',
  message: 'This request is not valid. (A fault injected into the emulator.)',
});
const FORBIDDEN = new ApiError(403, {
  type: 'invalid_request_error',
  code: 'account_invalid',
  message: 'This account is not connected to yours. (A fault injected into the emulator.)',
});
const CONFLICT = new ApiError(409, {
  type: 'invalid_request_error',
  message: 'Another request with this key is in progress. (A fault injected into the emulator.)',
});
const RATE_LIMIT = new ApiError(429, {
  type: 'invalid_request_error',
  code: 'rate_limit',
  message: 'Request rate limit exceeded. (A fault injected into the emulator.)',
});

/** Serves one endpoint: authenticate, replay or execute once, answer; injects the matching fault, if any. */
export function serve(endpoint: Endpoint, gateway: Gateway): RequestHandler {
  return async (request, response) => {
    authenticate(request);
    const fault = gateway.faults.takeForRequest(request.method, request.path);
    if (fault?.kind === 'lose-request') return void request.socket.destroy();
    if (fault?.kind === 'error-400') throw REJECTED;
    if (fault?.kind === 'error-403') throw FORBIDDEN;
    if (fault?.kind === 'error-429') throw RATE_LIMIT;
    const answer = await answerTo(endpoint, gateway, request, response, fault);
    if (fault?.kind === 'error-409') throw CONFLICT;
    if (fault?.kind === 'lose-answer') return void request.socket.destroy();
    if (answer.status >= 500) response.set('stripe-should-retry', 'false');
    response.status(answer.status).type('json').send(answer.body);
  };
}

async function answerTo(
  endpoint: Endpoint,
  gateway: Gateway,
  request: Request,
  response: Response,
  fault: RequestFault | undefined,
): Promise<Pick<KeptAnswer, 'status' | 'body'>> {
  const requestId = String(response.get('request-id'));
  const execute = (): Promise<KeptAnswer> => executeOnce(endpoint, gateway, request, requestId, fault);
  const key = request.method === 'POST' ? request.get('idempotency-key') : undefined;
  if (key === undefined) return execute();
  response.set('idempotency-key', key);
  const kept = gateway.idempotency.kept({
    key,
    path: request.path,
    fingerprint: fingerprintOf(bodyOf(request)),
  });
  if (!kept) return gateway.idempotency.hold(key, execute);
  response.set({ 'idempotent-replayed': 'true', 'original-request': kept.requestId });
  return kept;
}

async function executeOnce(
  endpoint: Endpoint,
  { processor, closing }: Gateway,
  request: Request,
  requestId: string,
  fault: RequestFault | undefined,
): Promise<KeptAnswer> {
  const given = paramsOf(endpoint, request);
  const params = readParams(endpoint.params, given);
  const pause = async (when: RequestFault['when']): Promise<void> => {
    if (fault?.kind === 'slow' && fault.when === when) await delay(fault.delayMs, undefined, { signal: closing });
  };
  await pause('before');
  const call = processor.call(String(request.params.id ?? ''), request.get('stripe-account') ?? null);
  const effect = withServerError(fault, () => endpoint.run(call, params));
  const find = (id: string) => effect.put.find((object) => object.id === id) ?? call.state.find(id);
  const body = JSON.stringify(effect.status === 200 ? expand(effect.body, given.expand, find) : effect.body);
  const key = (endpoint.method === 'post' && request.get('idempotency-key')) || null;
  const answer: KeptAnswer = {
    key: key ?? '',
    path: request.path,
    fingerprint: fingerprintOf(bodyOf(request)),
    status: effect.status,
    body,
    requestId,
    at: Date.now(),
  };
  const isKept = key !== null && !(endpoint.isV2 && effect.status >= 400);
  processor.commit(effect, { id: requestId, idempotency_key: key }, isKept ? answer : undefined);
  await pause('after');
  return answer;
}

/** Forms, or the JSON bodies of API v2. */
function paramsOf({ method, isV2 }: Endpoint, request: Request): FormFields {
  if (method === 'get') return decodeForm(queryOf(request));
  return isV2 ? decodeJson(bodyOf(request)) : decodeForm(bodyOf(request));
}

/** A 500 instead of the effect, or instead of its answer. */
function withServerError(fault: RequestFault | undefined, run: () => Effect): Effect {
  if (fault?.kind !== 'error-500') return settle(run);
  const instead = refused(SERVER_ERROR);
  return fault.when === 'before' ? instead : { ...settle(run), status: instead.status, body: instead.body };
}

/** An error from a rule is a response too, and is kept like any other. */
function settle(run: () => Effect): Effect {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) return refused(error);
    throw error;
  }
}

function bodyOf(request: Request): string {
  return typeof request.body === 'string' ? request.body : '';
}

function queryOf(request: Request): string {
  return request.url.split('?')[1] ?? '';
}
