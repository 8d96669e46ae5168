import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Connections on which a request waits for the response to the one before. */
const waiting = new WeakSet<Socket>();
/** Connections whose response never ends. */
const endless = new WeakSet<Socket>();

/**
 * Serves each connection's requests one after another. Node.js would serve those that a client sends without waiting for
 * the response before, and forget them without a word (`close`) if the connection dies meanwhile: whatever they had taken
 * would be lost for good. One may wait, since a client may have all of a response before we know that it has ended; a
 * second one, or one behind an event stream, ends the connection. No browser or proxy does that.
 */
export const inTurn =
  (serve: RequestListener): RequestListener =>
  (req, res) => {
    if (res.socket) return serve(req, res);
    const { socket } = req;
    if (waiting.has(socket) || endless.has(socket)) return void socket.destroy();
    waiting.add(socket);
    res.once('socket', () => {
      waiting.delete(socket);
      process.nextTick(serve, req, res);
    });
  };

/** Lets nothing wait for a response that never ends. */
export function neverEnds({ socket }: ServerResponse) {
  if (!socket) return;
  endless.add(socket);
  if (waiting.has(socket)) socket.destroy();
}
