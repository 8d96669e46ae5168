import { subscribe } from 'node:diagnostics_channel';
import { Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, traceOf } from '@ticketing/common/contract';
import { INFO, print, type Line } from './request-log';

/** By Node.js error code; 400 for all others. */
const STATUSES: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** A connection that the server has accepted. */
type Accepted = Socket & { server?: unknown; _httpMessage?: unknown };

/**
 * From now on answers requests that Node.js cannot parse, and so never reach Next.js, as Node.js itself would, and logs
 * each: without what it has not parsed, and without a duration, since nobody saw it begin.
 */
export function answerUnreadable(write: (line: Line) => void = print): void {
  const answer = (error: NodeJS.ErrnoException, socket: Accepted) => {
    // A response in progress on this connection would be corrupted by ours.
    if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage) return void socket.destroy();
    const status = STATUSES[error.code ?? ''] ?? 400;
    const network = networkOf(socket.remoteAddress);
    write({ level: INFO, trace: traceOf(), status, network, codes: ['request-unreadable'], msg: 'request' });
    const response = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`;
    // Otherwise whoever never closes their side would keep the connection: a request times out only once.
    socket.end(response, () => socket.destroy());
  };
  // The server is Next.js's own: its connections lead to it.
  subscribe('net.server.socket', (message) => {
    const { server } = (message as { socket: Accepted }).socket;
    if (server instanceof Server && server.listenerCount('clientError') === 0) server.on('clientError', answer);
  });
}
