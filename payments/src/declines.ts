import { Refusal, type Limiter } from '@ticketing/common';
import { limiter, readWindows } from './store';

/** The payer: an account on a network (see `networkOf`). */
export interface Payer {
  id: string;
  network: string;
}

const ACCOUNT_DECLINES = 20;
const NETWORK_DECLINES = 60;
const WINDOW_SECONDS = 60 * 60;

/** Limits declined cards per account and network, so that nobody can test stolen ones here. */
export function declineLimits() {
  const accounts = limiter('account', ACCOUNT_DECLINES, WINDOW_SECONDS);
  const networks = limiter('address', NETWORK_DECLINES, WINDOW_SECONDS);
  const limits: [Limiter, (payer: Payer) => string][] = [
    [accounts, ({ id }) => id],
    [networks, ({ network }) => network],
  ];
  /** Attempts in progress in this process, by limit and key: each may be declined. */
  const pending = new Map<string, number>();
  const add = (payer: Payer, count: 1 | -1) => {
    for (const [limit, key] of limits) {
      const name = limit.getKey(key(payer));
      const sum = (pending.get(name) ?? 0) + count;
      if (sum > 0) pending.set(name, sum);
      else pending.delete(name);
    }
  };
  return {
    /** Runs an attempt to pay; `check` counts it while it runs. */
    async during<T>(payer: Payer, attempt: () => Promise<T>): Promise<T> {
      add(payer, 1);
      try {
        return await attempt();
      } finally {
        add(payer, -1);
      }
    },

    /** Refuses with 429 after too many, or if the attempts in progress could become too many. */
    async check(payer: Payer) {
      const windows = await readWindows(limits.map(([limit, key]) => [limit, key(payer)]));
      for (const [at, [limit, key]] of limits.entries()) {
        const { points: declined = 0, left = 0 } = windows[at] ?? {};
        const underWay = pending.get(limit.getKey(key(payer))) ?? 0;
        if (declined + underWay <= limit.points) continue;
        if (declined < limit.points) throw new Refusal('too-many-payments', { retryAfter: 1 });
        const retryAfter = left / 1000;
        throw new Refusal('too-many-declines', { retryAfter, params: { minutes: Math.ceil(retryAfter / 60) } });
      }
    },

    /** Counts an account's declined card, even one that a bank declined later. */
    countAccount: (id: string) => accounts.add(id),

    /** Counts a card that was declined at once: the network of a later decline is unknown. */
    countNetwork: (network: string) => networks.add(network),
  };
}

export type DeclineLimits = ReturnType<typeof declineLimits>;
