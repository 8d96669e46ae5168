import type { Route } from './config';

/**
 * The path and query that a request asks for, whether its target is in origin form or in absolute form (RFC 9112).
 * Escapes that are not UTF-8 are passed on: the site responds with its not-found page.
 * @returns undefined for a target that names no resource: `*`
 */
export function pathOf(target = '/'): string | undefined {
  const rest = target.replace(/^https?:\/\/[^/?]*/i, '');
  const path = rest === '' || rest.startsWith('?') ? `/${rest}` : rest;
  return path.startsWith('/') ? path : undefined;
}

/** A route, and whose turn it is among its upstreams. */
export class Turns {
  private next = 0;

  constructor(private readonly route: Route) {}

  /** Whether this route passes WebSockets. */
  get upgrades(): boolean {
    return this.route.upgrades ?? false;
  }

  /** Whether a path lies under the prefix; `/api/orders` covers `/api/orders/1`, not `/api/ordersx`. */
  covers(path: string): boolean {
    const { prefix } = this.route;
    if (prefix === '/') return true;
    const after = path[prefix.length];
    return path.startsWith(prefix) && (after === undefined || after === '/' || after === '?');
  }

  /** All ports, starting with the next one. */
  take(): number[] {
    const { ports } = this.route;
    this.next = (this.next + 1) % ports.length;
    return [...ports.slice(this.next), ...ports.slice(0, this.next)];
  }
}
