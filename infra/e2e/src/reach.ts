import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, setGlobalDispatcher } from 'undici';

/**
 * From now on `fetch` in this process finds the host of `url` at `address`, in whatever way DNS has it, and takes
 * the certificate there as it is: the requests themselves, with Host and SNI, are those of a browser.
 */
export function reach(url: string, address?: string): void {
  const { hostname } = new URL(url);
  const lookup: LookupFunction = (name, options, found) => dns.lookup(name === hostname && address ? address : name, options, found);
  setGlobalDispatcher(new Agent({ connect: { lookup, rejectUnauthorized: false } }));
}
