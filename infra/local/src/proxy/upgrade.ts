import http, { type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuse } from './passOn';

/**
 * Connects a WebSocket to an upstream, byte for byte, once the upstream has agreed. Until then nothing else that the client
 * sends is passed on: it must not reach paths that are not routed.
 */
export function passUpgrade(request: IncomingMessage, client: Duplex, head: Buffer, port: number, path: string): void {
  const upstream = http.get({ host: '127.0.0.1', port, path, headers: request.rawHeaders, agent: false });
  upstream.once('upgrade', (answer, socket, first) => {
    const { statusMessage, rawHeaders } = answer;
    const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
    client.write([`HTTP/1.1 101 ${statusMessage}`, ...lines, '', ''].join('\r\n'));
    client.write(first);
    socket.write(head);
    socket.pipe(client).pipe(socket);
    const end = () => {
      socket.destroy();
      client.destroy();
    };
    socket.on('error', end).on('close', end);
    client.on('error', end).on('close', end);
  });
  upstream.once('response', (answer) => {
    answer.destroy();
    refuseOn(client, request, 400, 'This address takes no WebSocket');
  });
  upstream.once('error', () => refuseOn(client, request, 502, 'The connection to this part of the site broke'));
  client.once('close', () => upstream.destroy());
}

/** Refuses a request for which Node provides a socket instead of a response. */
export function refuseOn(client: Duplex, request: IncomingMessage, status: number, message: string): void {
  if (client.destroyed) return;
  client.on('error', () => client.destroy());
  const response = new http.ServerResponse(request);
  response.assignSocket(client as Socket);
  response.once('finish', () => client.end());
  refuse(response, status, message);
}
