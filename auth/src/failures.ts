import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { tooManyFailures } from './domain/user';
import { limiter } from './store';

const ACCOUNT_FAILURES = 10;
const ADDRESS_FAILURES = 100;
const WINDOW_SECONDS = 15 * 60;

/** Limits failed sign-ins, of an account and from an address. Only failures count. */
export function failureLimits() {
  const byAccount = limiter('account', ACCOUNT_FAILURES, WINDOW_SECONDS);
  const byAddress = limiter('address', ADDRESS_FAILURES, WINDOW_SECONDS);
  const limits: [RateLimiterAbstract, (email: string, address: string) => string][] = [
    [byAccount, (email) => email],
    [byAddress, (_email, address) => address],
  ];

  return {
    /** Refuses with 429 where there have been too many. */
    async check(email: string, address: string) {
      for (const [limit, key] of limits) {
        const state = await limit.get(key(email, address));
        if (state && state.consumedPoints >= limit.points) throw tooManyFailures(state.msBeforeNext / 1000);
      }
    },
    /** Counts a failure; refuses with 429 if it is one too many, as when many come at once. */
    async count(email: string, address: string) {
      for (const [limit, key] of limits) {
        await limit.consume(key(email, address)).catch((state: unknown) => {
          throw state instanceof RateLimiterRes ? tooManyFailures(state.msBeforeNext / 1000) : state;
        });
      }
    },
  };
}

export type FailureLimits = ReturnType<typeof failureLimits>;
