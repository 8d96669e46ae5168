import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Payments, Sellers } from '../store';

/** For tests: a process that dies at one of its writes, or at one of its calls to Stripe. */

/** The index of the write or the call, from 0, and for a call whether Stripe has executed it by then. */
export type Death = { at: 'write' | 'call' | 'answer'; number: number };

const WRITES = ['updateOne', 'updateMany', 'findOneAndUpdate'] as const;

export function mortal() {
  let death: Death | undefined;
  let [isDead, left] = [false, 0];
  const deaths = new Set<Death['at']>();
  const calls: string[] = [];
  /** Whether the process is dead from now on. */
  const dies = (at: Death['at']) => {
    if (death?.at === at && left-- === 0) {
      isDead = true;
      deaths.add(at);
    }
    return isDead;
  };
  const server = createServer((call, response) => {
    calls.push(`${call.method} ${call.url?.split('?')[0]}`);
    if (dies('call')) return void call.socket.destroy();
    const isLost = dies('answer');
    const { method, headers, url = '' } = call;
    const passed = request(new URL(url, stripe), { method, headers }, (answer) => {
      if (isLost) return void answer.resume().on('end', () => call.socket.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => call.socket.destroy());
    call.pipe(passed);
  });
  let stripe = '';
  for (const { collection } of [Payments, Sellers])
    for (const name of WRITES) {
      const write = collection[name].bind(collection) as (...args: unknown[]) => Promise<unknown>;
      const mayWrite = (...args: unknown[]) => (dies('write') ? Promise.reject(new Error('killed')) : write(...args));
      Object.assign(collection, { [name]: mayWrite });
    }

  return {
    /** The ways in which it has died. */
    deaths,
    /** Its calls to Stripe. */
    calls,
    /** Makes the process die; undefined: another one takes over. */
    plan(next: Death | undefined) {
      [death, isDead, left] = [next, false, next?.number ?? 0];
    },
    /** A URL at which the process reaches Stripe. */
    async through(url: string) {
      stripe = url;
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
