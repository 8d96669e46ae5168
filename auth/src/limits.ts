import { consume, siteOf, type Limiter } from '@ticketing/common';
import type { Refusal } from '@ticketing/common/contract';
import type { AddressHash } from './counted';
import type { Device } from './devices';
import { linkExpired, tooManyCodes, tooManyFailures, tooManyLinks, tooManySignUps } from './domain/user';
import { limiter, readWindows } from './store';

const QUARTER = 15 * 60;
const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** A limit and the key it counts. */
type Counted = [Limiter, string];
type Refuse = (seconds: number) => Refusal;

/**
 * Counts towards one limit after the other, before anything is done, so that concurrent requests cannot slip through.
 * A request that one refuses does not count towards those after it, which are shared with others.
 */
async function count(limits: Counted[], refuse: Refuse) {
  for (const [limit, key] of limits) {
    const seconds = await consume(limit, key);
    if (seconds > 0) throw refuse(seconds);
  }
}

/** The given limits that have been reached → seconds until they reset. */
async function readReached(limits: Counted[]): Promise<Map<Counted, number>> {
  const windows = await readWindows(limits);
  return new Map(
    windows.map(({ points, left }, at) => {
      const limit = limits[at] as Counted;
      return [limit, points >= limit[0].points ? left / 1000 : 0];
    }),
  );
}

/** Refuses if one of these limits has been reached; counts nothing. */
async function refuseReached(limits: Counted[], refuse: Refuse) {
  const seconds = Math.max(0, ...(await readReached(limits)).values());
  if (seconds > 0) throw refuse(seconds);
}

/** A site's share, as a number of networks: see `siteOf`. */
const SITE = 10;

/** A limit per network, and per site that it belongs to. */
function ofNetworks(prefix: string, points: number, duration: number) {
  const [each, all] = [limiter(prefix, points, duration), limiter(`${prefix}-site`, SITE * points, duration)];
  return (network: string): Counted[] => {
    const site = siteOf(network);
    return site === undefined
      ? [[each, network]]
      : [
          [each, network],
          [all, site],
        ];
  };
}

/**
 * Limits guessing and flooding. Networks are as in `networkOf`; all replicas share the counts.
 * @param signUpsPerHour per network
 * @param hashOf identifies addresses: a count that outlives an account does not reveal its address
 */
export function createLimits(signUpsPerHour: number, hashOf: AddressHash) {
  const ofDevice = limiter('device', 10, QUARTER);
  const ofDevices = limiter('devices', 100, QUARTER);
  const ofAccountHere = limiter('account-here', 10, QUARTER);
  const ofAccount = limiter('account', 100, QUARTER);
  const ofNetwork = ofNetworks('network', 100, QUARTER);
  const signUps = ofNetworks('sign-ups', signUpsPerHour, HOUR);
  const signUpsTo = limiter('sign-ups-to', 5, DAY);
  const badLinks = ofNetworks('bad-links', 30, QUARTER);
  const linksSent = limiter('links', 5, HOUR);
  const linksOfDay = limiter('links-of-day', 15, DAY);
  const linksTo = limiter('links-to', 15, DAY);
  const forgotten = limiter('forgotten', 5, HOUR);
  const forgottenHere = ofNetworks('forgotten-here', 20, HOUR);
  const taken = ofNetworks('taken', 5, HOUR);
  const codes = limiter('codes', 10, QUARTER);
  const codesOfDay = limiter('codes-of-day', 30, DAY);
  const codesOfDevices = limiter('codes-of-devices', 100, DAY);
  const codesHere = ofNetworks('codes-here', 100, QUARTER);

  /** Refuses with 429 if a network has been told too often that an address is in use. */
  const checkProbing = (network: string) => refuseReached(taken(network), tooManySignUps);

  return {
    /**
     * The current limits on failed sign-ins: per account and network, per account, and per network. A device that has
     * signed in to the account before has its own limit instead, and one shared with all such devices: a thief of the
     * password may have collected many.
     */
    async failures(email: string, network: string, device?: Device) {
      const anyone: Counted[] = [
        [ofAccountHere, `${hashOf(email)} ${network}`],
        [ofAccount, hashOf(email)],
        ...ofNetwork(network),
      ];
      const owner: Counted[] = device
        ? [
            [ofDevice, device.id],
            [ofDevices, device.account],
          ]
        : [];
      const reached = await readReached([...anyone, ...owner]);
      const those = (isKnown: boolean) => (isKnown ? owner : anyone);
      return {
        /** Refuses with 429 after too many failures. `isKnown` says whether the account knows the device. */
        check(isKnown: boolean) {
          const seconds = Math.max(...those(isKnown).map((limit) => reached.get(limit) ?? 0));
          if (seconds > 0) throw tooManyFailures(seconds);
        },
        /** Counts a failure. */
        count: (isKnown: boolean) => count(those(isKnown), tooManyFailures),
      };
    },

    /**
     * Counts an app code before it is checked: per account, whatever the network, and per network. A device
     * that has signed in to the account before has its own limit instead, and one shared with all such devices. Recovery
     * codes cannot be guessed, and count per account and network: nobody can block the owner's last way in.
     * @returns a function that undoes the count, for a correct code
     */
    async countCode(kind: 'app' | 'recovery', account: string, network: string, known?: Device) {
      const key = kind === 'recovery' ? `${account} ${network}` : known ? `device ${known.id}` : account;
      const here: Counted[] = known ? [] : codesHere(network);
      const each: Counted[] =
        kind === 'recovery'
          ? [[codes, key]]
          : [[codes, key], [codesOfDay, key], ...(known ? [[codesOfDevices, account] satisfies Counted] : [])];
      // A refused network uses up no account's limit.
      await count(here, tooManyCodes);
      await count(each, tooManyCodes);
      return async () => void (await Promise.all([...here, ...each].map(([limit, key]) => limit.add(key, -1))));
    },

    /** Counts a sign-up; refuses with 429 if the network has had too many, or probed too many addresses. */
    async admitSignUp(network: string) {
      await Promise.all([count(signUps(network), tooManySignUps), checkProbing(network)]);
    },

    /**
     * Counts a new account with an address, which may be a stranger's: they are sent what happens to it, and it may be deleted
     * and opened again.
     */
    countSignUpTo: (address: string) => count([[signUpsTo, hashOf(address)]], tooManySignUps),

    checkProbing,

    /** Refuses with 429 if a network has tried too many invalid links. */
    checkLinks: (network: string) => refuseReached(badLinks(network), tooManyLinks),

    /** Counts and refuses an invalid link. */
    async countBadLink(network: string): Promise<never> {
      await count(badLinks(network), tooManyLinks);
      throw linkExpired();
    },

    /**
     * Counts a link requested for an address, which may be a stranger's; refuses with 429 after too many,
     * by the account or, whoever requests them, to the address.
     */
    async countLink(account: string, address: string) {
      await count(
        [
          [linksSent, account],
          [linksOfDay, account],
        ],
        tooManyLinks,
      );
      await count([[linksTo, hashOf(address)]], tooManyLinks);
    },

    /**
     * Counts a password reset requested for an address, whether or not it is in use; refuses with 429 after too
     * many, for the address or from the network. A refused network uses up no address's limit.
     */
    async countForgotten(email: string, network: string) {
      await count(forgottenHere(network), tooManyLinks);
      await count([[forgotten, hashOf(email)]], tooManyLinks);
    },

    /** Counts telling a network that an address is in use; refuses once that has happened too often. */
    countProbe: (network: string) => count(taken(network), tooManySignUps),
  };
}

export type AccountLimits = ReturnType<typeof createLimits>;
