import http from 'node:http';
import net from 'node:net';

/** Checks whether a part is ready. Never throws. */
export type Probe = () => Promise<boolean>;

const TIMEOUT_MS = 5_000;

/** Ready once the port accepts connections. */
export function accepts(port: number): Probe {
  return () =>
    new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1');
      const end = (open: boolean) => {
        socket.destroy();
        resolve(open);
      };
      socket.setTimeout(TIMEOUT_MS, () => end(false));
      socket.once('connect', () => end(true)).once('error', () => end(false));
    });
}

/** Ready once a GET returns anything but a 5xx. */
export function answers(port: number, path: string): Probe {
  return () =>
    new Promise((resolve) => {
      const request = http.get({ port, path, host: '127.0.0.1', agent: false, timeout: TIMEOUT_MS }, (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 500);
      });
      request.once('timeout', () => request.destroy(new Error('no answer'))).once('error', () => resolve(false));
    });
}
