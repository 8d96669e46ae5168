import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, setGlobalDispatcher } from 'undici';

/**
 * Makes `fetch` in this process resolve the host of `url` to `address`, whatever DNS says, and accept any certificate
 * there: the requests themselves, with Host and SNI, are those of a browser. Each uses its own connection: a proxy may
 * close an idle one just as it is reused, and a browser would retry.
 */
export function reach(url: string, address?: string): void {
  const { hostname } = new URL(url);
  const lookup: LookupFunction = (name, options, found) =>
    dns.lookup(name === hostname && address ? address : name, options, found);
  setGlobalDispatcher(new Agent({ pipelining: 0, connect: { lookup, rejectUnauthorized: false } }));
}
