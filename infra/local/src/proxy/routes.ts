import type { Route } from './config';

/** A route, and whose turn it is on it. */
export class Turns {
  private next = 0;

  constructor(private readonly route: Route) {}

  /** Whether a request's target lies under the prefix; `/api/orders` covers `/api/orders/1`, not `/api/ordersx`. */
  covers(target: string): boolean {
    const { prefix } = this.route;
    if (prefix === '/') return true;
    const after = target[prefix.length];
    return target.startsWith(prefix) && (after === undefined || after === '/' || after === '?');
  }

  /** The target as the upstream knows it. */
  rewrite(target: string): string {
    if (!this.route.strip) return target;
    const rest = target.slice(this.route.prefix.length);
    return rest.startsWith('/') ? rest : `/${rest}`;
  }

  /** All ports, the one whose turn it is first. */
  take(): number[] {
    const { ports } = this.route;
    this.next = (this.next + 1) % ports.length;
    return [...ports.slice(this.next), ...ports.slice(0, this.next)];
  }
}
