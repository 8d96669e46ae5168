import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

const STATUSES: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
const BODY = JSON.stringify({ errors: [{ message: 'The request cannot be read' }] });

interface Unread extends NodeJS.ErrnoException {
  /** What was received of the request. */
  rawPacket?: Buffer;
}

/** Answers what Node cannot parse as a request, in the form of all errors. */
export function answerUnreadable(server: Server): void {
  server.on('clientError', (error: Unread, socket: Duplex & { _httpMessage?: unknown }) => {
    // Ours would end up in the middle of a response in progress on this connection.
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

// The response to HEAD has no body, only its length.
const isHead = ({ rawPacket }: Unread) => rawPacket?.toString('latin1', 0, 5) === 'HEAD ';
