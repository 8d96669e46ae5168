import { Refusal, type Limiter } from '@ticketing/common';
import { limiter } from './store';

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
  const limits: [Limiter, (payer: Payer) => string][] = [
    [limiter('account', ACCOUNT_DECLINES, WINDOW_SECONDS), ({ id }) => id],
    [limiter('address', NETWORK_DECLINES, WINDOW_SECONDS), ({ network }) => network],
  ];
  return {
    /** Refuses with 429 after too many. */
    async check(payer: Payer) {
      const states = await Promise.all(limits.map(([limit, key]) => limit.get(key(payer))));
      for (const [at, [limit]] of limits.entries()) {
        const state = states[at];
        if (!state || state.consumedPoints < limit.points) continue;
        const retryAfter = state.msBeforeNext / 1000;
        throw new Refusal('too-many-declines', { retryAfter, params: { minutes: Math.ceil(retryAfter / 60) } });
      }
    },
    /** Counts a declined card. */
    async count(payer: Payer) {
      await Promise.all(limits.map(([limit, key]) => limit.penalty(key(payer), 1)));
    },
  };
}

export type DeclineLimits = ReturnType<typeof declineLimits>;
