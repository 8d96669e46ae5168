import { Refusal } from '@ticketing/common';

interface Limits {
  /** Maximum waiting requests per caller. */
  perCaller: number;
  total: number;
  /** Maximum wait, in milliseconds. */
  patience: number;
}

/** Requests waiting for a result. Those for the same thing share one wait, and no caller can take all slots. */
export class Waits<T> {
  private readonly shared = new Map<string, Promise<T>>();
  private readonly callers = new Map<string, number>();
  private total = 0;

  constructor(private readonly limits: Limits) {}

  /** Admits a request, unless its caller, or all callers together, have too many waiting. */
  async admit<R>(caller: string, request: () => Promise<R>): Promise<R> {
    const own = this.callers.get(caller) ?? 0;
    if (own >= this.limits.perCaller) throw new Refusal('too-many-payments', { retryAfter: 1 });
    if (this.total >= this.limits.total) throw new Refusal('unavailable', { retryAfter: 1 });
    this.callers.set(caller, own + 1);
    this.total++;
    try {
      return await request();
    } finally {
      this.total--;
      const left = (this.callers.get(caller) ?? 1) - 1;
      if (left > 0) this.callers.set(caller, left);
      else this.callers.delete(caller);
    }
  }

  /** The result of `work`, which runs once for all concurrent callers of `key`; undefined if it takes too long. */
  async share(key: string, work: () => Promise<T>): Promise<T | undefined> {
    let running = this.shared.get(key);
    if (!running) {
      running = work().finally(() => this.shared.delete(key));
      this.shared.set(key, running);
    }
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, this.limits.patience, undefined);
    });
    // Callers who stopped waiting do not learn the outcome.
    running.catch(() => undefined);
    return Promise.race([running, impatience]).finally(() => clearTimeout(timer));
  }
}
