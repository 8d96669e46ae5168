import type { Outbox } from '@ticketing/common';
import { createChallenges } from './challenges';
import { createChanges } from './changes';
import { addressHash } from './counted';
import { createEntrance } from './entrance';
import type { Factors } from './factorRoutes';
import { createFactors } from './factors';
import { createLeaving } from './leaving';
import { createLimits } from './limits';
import type { MailedLinks } from './messages/links';
import type { MessageQueue } from './messages/queue';
import { unsubscribing } from './messages/unsubscribing';
import { createOperations, type Operations } from './operations';
import { createPasskeys } from './passkeys';
import { sealing } from './sealing';
import type { AccountSessions } from './sessions';
import { createSignIns } from './signIns';
import { createSteps } from './steps';
import { createSupport, type Support } from './support';
import { webauthn } from './webauthn';

/** The settings that the service's operations depend on. */
interface Settings {
  JWT_KEY: string[];
  FACTOR_KEY?: string[];
  SITE_URL: string;
  SIGNUPS_PER_ADDRESS: number;
}

/** Creates auth's operations and connects them. */
export function assemble(
  { JWT_KEY, FACTOR_KEY = [], SITE_URL, SIGNUPS_PER_ADDRESS }: Settings,
  outbox: Outbox,
  queue: MessageQueue,
  links: MailedLinks,
  sessions: AccountSessions,
  now: () => Date,
): { operations: Operations; factors: Factors; support: Support } {
  const hashOf = addressHash(JWT_KEY[0] ?? '');
  const limits = createLimits(SIGNUPS_PER_ADDRESS, hashOf);
  const entrance = createEntrance(limits, queue, sessions, now);
  const [challenges, site, seals] = [
    createChallenges(JWT_KEY, now),
    webauthn(SITE_URL),
    sealing([...FACTOR_KEY, ...JWT_KEY]),
  ];
  const unsubscribe = unsubscribing(JWT_KEY, SITE_URL);
  const steps = createSteps(outbox, site, challenges, seals, limits, now);
  const changes = createChanges(outbox, sessions, now);
  return {
    support: createSupport(outbox, queue, now),
    operations: createOperations(outbox, limits, queue, links, sessions, entrance, unsubscribe, now),
    factors: {
      challenges,
      factors: createFactors(changes, seals, sessions, now),
      passkeys: createPasskeys(outbox, changes, site, steps, now),
      signIns: createSignIns(site, challenges, steps, entrance, sessions, now),
      leaving: createLeaving(outbox, changes, hashOf, now),
    },
  };
}
