import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { messageOf, networkOf, traceOf, type ErrorBody } from './contract';
import type { Logger } from './logger';

/** By Node.js error code; 400 for all others. */
const STATUSES: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };
const problem = { code: 'request-unreadable' } as const;
const body = JSON.stringify({ errors: [{ ...problem, message: messageOf(problem) }] } satisfies ErrorBody);

/** The headers of every response (see `createApp`), as far as they apply here. */
const GUARDS = [
  'X-Content-Type-Options: nosniff',
  'Strict-Transport-Security: max-age=31536000; includeSubDomains',
  "Content-Security-Policy: default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy: no-referrer',
];

interface Unread extends NodeJS.ErrnoException {
  /** The part of the request that arrived. */
  rawPacket?: Buffer;
}

/**
 * Answers requests that Node.js cannot parse, and so never reach the app, in the common error format, and logs each:
 * without what it has not parsed, and without a duration, since nobody saw it begin.
 */
export function answerUnreadable(server: Server, log: Logger): void {
  server.on('clientError', (error: Unread, socket: Socket & { _httpMessage?: unknown }) => {
    // A response in progress on this connection would be corrupted by ours.
    if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage) return void socket.destroy();
    const status = STATUSES[error.code ?? ''] ?? 400;
    const network = networkOf(socket.remoteAddress);
    log.info({ trace: traceOf(), status, network, codes: [problem.code] }, 'request');
    const headers = [
      'Content-Type: application/json; charset=utf-8',
      ...GUARDS,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    const answer = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', isHead(error) ? '' : body];
    // Otherwise whoever never closes their side would keep the connection: a request times out only once.
    socket.end(answer.join('\r\n'), () => socket.destroy());
  });
}

/** A response to HEAD has no body, only its length. */
const isHead = ({ rawPacket }: Unread) => rawPacket?.toString('latin1', 0, 5) === 'HEAD ';
