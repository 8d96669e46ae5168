import { Refusal } from '@ticketing/common';

interface Limits {
  /** So many requests of one caller wait at a time. */
  perCaller: number;
  total: number;
  /** How long one waits at most, in milliseconds. */
  patience: number;
}

/** Requests that wait for an answer. Those about the same thing share one wait, and nobody fills the place. */
export class Waits<T> {
  private readonly shared = new Map<string, Promise<T>>();
  private readonly callers = new Map<string, number>();
  private total = 0;

  constructor(private readonly limits: Limits) {}

  /** Lets a request in, unless its caller, or everyone together, has too many waiting. */
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

  /** What `work` gives, which runs once for all who ask for `key` meanwhile; undefined where it takes too long. */
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
    // Who has stopped waiting does not hear how it ends.
    running.catch(() => undefined);
    return Promise.race([running, impatience]).finally(() => clearTimeout(timer));
  }
}
