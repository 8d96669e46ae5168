import { consume, type Limiter } from '@ticketing/common';
import type { Refusal } from '@ticketing/common/contract';
import type { Device } from './devices';
import { linkExpired, tooManyFailures, tooManyLinks, tooManySignUps } from './domain/user';
import { limiter, readReached } from './store';

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

/** A limit and the key it counts. */
type Counted = [Limiter, string];
type Refuse = (seconds: number) => Refusal;

/** Counts towards each limit first and refuses if one is exceeded, so that concurrent requests cannot slip through. */
async function count(limits: Counted[], refuse: Refuse) {
  const seconds = Math.max(...(await Promise.all(limits.map(([limit, key]) => consume(limit, key)))));
  if (seconds > 0) throw refuse(seconds);
}

/** Refuses if a limit has been reached; counts nothing. */
async function refuseReached(limit: Counted, refuse: Refuse) {
  const [seconds = 0] = (await readReached([limit])).values();
  if (seconds > 0) throw refuse(seconds);
}

/**
 * Limits guessing and flooding. Networks are as in `networkOf`; all replicas share the counts.
 * @param signUpsPerHour per network
 */
export function createLimits(signUpsPerHour: number) {
  const ofDevice = limiter('device', 10, QUARTER);
  const ofAccountHere = limiter('account-here', 10, QUARTER);
  const ofAccount = limiter('account', 100, QUARTER);
  const ofNetwork = limiter('network', 100, QUARTER);
  const signUps = limiter('sign-ups', signUpsPerHour, HOUR);
  const badLinks = limiter('bad-links', 30, QUARTER);
  const linksSent = limiter('links', 5, HOUR);
  const forgotten = limiter('forgotten', 5, HOUR);
  const forgottenHere = limiter('forgotten-here', 20, HOUR);
  const taken = limiter('taken', 5, HOUR);

  /** Refuses with 429 if a network has been told too often that an address is in use. */
  const checkProbing = (network: string) => refuseReached([taken, network], tooManySignUps);

  return {
    /**
     * The current limits on failed sign-ins: per account and network, per account, and per network. A device that has
     * signed in to the account before has its own limit instead.
     */
    async failures(email: string, network: string, device?: Device) {
      const anyone: Counted[] = [
        [ofAccountHere, `${email} ${network}`],
        [ofAccount, email],
        [ofNetwork, network],
      ];
      const owner: Counted[] = device ? [[ofDevice, device.id]] : [];
      const reached = await readReached([...anyone, ...owner]);
      const those = (account?: string) => (device && device.account === account ? owner : anyone);
      return {
        /** Refuses with 429 after too many failures. `account` is the id of the address's account. */
        check(account?: string) {
          const seconds = Math.max(...those(account).map((limit) => reached.get(limit) ?? 0));
          if (seconds > 0) throw tooManyFailures(seconds);
        },
        /** Counts a failure. */
        count: (account?: string) => count(those(account), tooManyFailures),
      };
    },

    /** Counts a sign-up; refuses with 429 if the network has had too many, or probed too many addresses. */
    async admitSignUp(network: string) {
      await Promise.all([count([[signUps, network]], tooManySignUps), checkProbing(network)]);
    },

    checkProbing,

    /** Refuses with 429 if a network has tried too many links that were no good. */
    checkLinks: (network: string) => refuseReached([badLinks, network], tooManyLinks),

    /** Counts and refuses a link that is no good. */
    async countBadLink(network: string): Promise<never> {
      await count([[badLinks, network]], tooManyLinks);
      throw linkExpired();
    },

    /** Counts a link that someone has had sent; refuses with 429 after too many. */
    countLink: (account: string) => count([[linksSent, account]], tooManyLinks),

    /**
     * Counts that someone forgot the password of an address, whether or not it is in use; refuses with 429 after too
     * many, for the address or from the network. A network that is refused uses up nobody's address.
     */
    async countForgotten(email: string, network: string) {
      await count([[forgottenHere, network]], tooManyLinks);
      await count([[forgotten, email]], tooManyLinks);
    },

    /** Counts that a network is told an address is in use; refuses to tell once there are too many. */
    countProbe: (network: string) => count([[taken, network]], tooManySignUps),
  };
}

export type AccountLimits = ReturnType<typeof createLimits>;
