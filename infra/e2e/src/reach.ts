import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, setGlobalDispatcher } from 'undici';

/**
 * From now on `fetch` in this process finds the host of `url` at `address`, in whatever way DNS has it, and takes
 * the certificate there as it is: the requests themselves, with Host and SNI, are those of a browser. Each has a
 * connection of its own: a proxy may close one that is idle just when it is used again, and a browser would repeat.
 */
export function reach(url: string, address?: string): void {
  const { hostname } = new URL(url);
  const lookup: LookupFunction = (name, options, found) =>
    dns.lookup(name === hostname && address ? address : name, options, found);
  setGlobalDispatcher(new Agent({ pipelining: 0, connect: { lookup, rejectUnauthorized: false } }));
}
