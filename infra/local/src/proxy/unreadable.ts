import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

const STATUSES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
const BODY = JSON.stringify({ errors: [{ message: 'The request cannot be read' }] });

interface Unread extends NodeJS.ErrnoException {
  /** What had come of the request. */
  rawPacket?: Buffer;
}

/** Answers what Node cannot read as a request in the form that all errors have. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: Unread, socket: Duplex & { _httpMessage?: unknown }) => {
    // An answer that is under way on this connection would get ours in its midst.
    if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage) {
      socket.destroy();
      return;
    }
    const headers = ['Content-Type: application/json', `Content-Length: ${BODY.length}`, 'Connection: close'];
    socket.end(
      [`HTTP/1.1 ${STATUSES[error.code ?? ''] ?? '400 Bad Request'}`, ...headers, '', isHead(error) ? '' : BODY].join(
        '\r\n',
      ),
    );
  });
}

// The answer to HEAD has no body, only its length.
const isHead = ({ rawPacket }: Unread) => rawPacket?.toString('latin1', 0, 5) === 'HEAD ';
