import type { Limiter } from '@ticketing/common';
import type { Refusal } from '@ticketing/common/contract';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Device } from './devices';
import { tooManyFailures, tooManySignUps } from './domain/user';
import { limiter, readReached } from './store';

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

/** A limit, and what is counted under it. */
type Counted = [Limiter, string];
type Refuse = (seconds: number) => Refusal;

/** Counts under each limit at once; refuses where that is one too many, as when many come at once. */
async function count(limits: Counted[], refuse: Refuse) {
  const blocked = await Promise.all(
    limits.map(([limit, key]) =>
      limit.consume(key).then(
        () => 0,
        (state: unknown) => {
          if (state instanceof RateLimiterRes) return Math.max(1, state.msBeforeNext) / 1000;
          throw state;
        },
      ),
    ),
  );
  const seconds = Math.max(...blocked);
  if (seconds > 0) throw refuse(seconds);
}

/**
 * Limits what guesses and floods. Networks are as `networkOf` has them; all replicas count together.
 * @param signUpsPerHour from one network
 */
export function createLimits(signUpsPerHour: number) {
  const ofDevice = limiter('device', 10, QUARTER);
  const ofAccountHere = limiter('account-here', 10, QUARTER);
  const ofAccount = limiter('account', 100, QUARTER);
  const ofNetwork = limiter('network', 100, QUARTER);
  const signUps = limiter('sign-ups', signUpsPerHour, HOUR);
  const taken = limiter('taken', 5, HOUR);

  /** Refuses with 429 where a network has been told of too many addresses that they are in use. */
  async function checkProbing(network: string) {
    const [seconds = 0] = (await readReached<Counted>([[taken, network]])).values();
    if (seconds > 0) throw tooManySignUps(seconds);
  }

  return {
    /**
     * The limits on failed sign-ins, as they stand: of an account from a network, from anywhere, and of a network. A
     * device that signed in to the account before has a limit of its own instead.
     */
    async failures(email: string, network: string, device?: Device) {
      const strangers: Counted[] = [
        [ofAccountHere, `${email} ${network}`],
        [ofAccount, email],
        [ofNetwork, network],
      ];
      const owner: Counted[] = device ? [[ofDevice, device.id]] : [];
      const reached = await readReached([...strangers, ...owner]);
      const those = (account?: string) => (device && device.account === account ? owner : strangers);
      return {
        /** Refuses with 429 where there have been too many. `account` is the id of whose address it is. */
        check(account?: string) {
          const seconds = Math.max(...those(account).map((limit) => reached.get(limit) ?? 0));
          if (seconds > 0) throw tooManyFailures(seconds);
        },
        /** Counts a failure. */
        count: (account?: string) => count(those(account), tooManyFailures),
      };
    },

    /** Counts a sign-up; refuses with 429 where a network has had too many, or asked for too many addresses. */
    async admitSignUp(network: string) {
      await Promise.all([count([[signUps, network]], tooManySignUps), checkProbing(network)]);
    },

    checkProbing,

    /** Counts that a network is told of an address that it is in use; refuses to tell where it is one too many. */
    countProbe: (network: string) => count([[taken, network]], tooManySignUps),
  };
}

export type AccountLimits = ReturnType<typeof createLimits>;
