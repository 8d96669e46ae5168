import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { answerHeaders, forwardedHeaders, hasBody } from './headers';

/** A request on its way through the proxy. */
export interface Passage {
  request: IncomingMessage;
  response: ServerResponse;
  agent: http.Agent;
  /** The request target sent to the upstream. */
  path: string;
  mostBytes: number;
  /** How long its body may pause. */
  silentRequestMs: number;
}

// Longer than any of our responses takes, and than the interval between heartbeats of an event stream.
const SILENCE_MS = 60_000;
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The proxy's own responses, in the form of all errors. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ errors: [{ message }] });
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body);
}

/** Passes a request to the first of the upstream ports, and to the next one if nothing listens there. */
export function passOn(passage: Passage, [port, ...others]: number[]): void {
  const { request, response, agent, path } = passage;
  if (port === undefined) {
    refuse(response, 502, 'This part of the site is not running at the moment: try again in a few seconds');
    return;
  }
  const upstream = http.request({
    ...{ agent, host: '127.0.0.1', port, path, method: request.method ?? 'GET' },
    headers: forwardedHeaders(request),
    timeout: SILENCE_MS,
  });
  const abandon = () => upstream.destroy();
  response.once('close', abandon);
  upstream.once('timeout', () => {
    refuse(response, 504, 'No answer within a minute');
    upstream.destroy();
  });
  upstream.once('response', (answer) => passBack(answer, response));
  upstream.once('error', (error: NodeJS.ErrnoException) => {
    response.off('close', abandon);
    if (response.destroyed || response.writableEnded) return;
    // Refused: nothing was sent. Reset while idle: the upstream closed the connection just as it was reused.
    if (error.code === 'ECONNREFUSED') passOn(passage, others);
    else if (upstream.reusedSocket && mayRepeat(passage)) passOn(passage, [port, ...others]);
    else refuse(response, 502, 'The connection to this part of the site broke');
  });
  if (hasBody(request)) onceConnected(upstream, () => passBody(passage, upstream));
  else upstream.end();
}

function mayRepeat({ request, response }: Passage): boolean {
  return repeatable.has(request.method ?? '') && !hasBody(request) && !response.headersSent;
}

/** Holds a body back until an upstream accepts it, so that it can still go to another one. */
function onceConnected(upstream: http.ClientRequest, proceed: () => void): void {
  upstream.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', proceed);
    else proceed();
  });
}

function passBody({ request, response, mostBytes, silentRequestMs }: Passage, upstream: http.ClientRequest): void {
  let bytes = 0;
  const giveUp = (status: number, message: string) => {
    refuse(response, status, message);
    upstream.destroy();
  };
  const silence = setTimeout(() => {
    // Paused because the upstream is not reading.
    if (request.isPaused()) silence.refresh();
    else giveUp(408, 'The rest of the request did not come');
  }, silentRequestMs);
  upstream.once('close', () => clearTimeout(silence));
  request.on('data', (chunk: Buffer) => {
    silence.refresh();
    bytes += chunk.length;
    if (bytes > mostBytes) {
      giveUp(413, 'The body is larger than 1 MiB');
    } else if (!upstream.write(chunk)) {
      request.pause();
      upstream.once('drain', () => request.resume());
    }
  });
  request.once('end', () => {
    clearTimeout(silence);
    upstream.end();
  });
}

function passBack(answer: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    answer.destroy();
    return;
  }
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', answerHeaders(answer));
  // An event stream may be silent at first; a response of known length is sent together with its headers.
  if (answer.headers['content-length'] === undefined) response.flushHeaders();
  answer.on('data', (chunk: Buffer) => {
    if (!response.write(chunk)) {
      answer.pause();
      response.once('drain', () => answer.resume());
    }
  });
  answer.once('end', () => response.end());
  answer.once('error', () => response.destroy());
}
