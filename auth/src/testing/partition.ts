import type { Outbox } from '@ticketing/common';
import { TEST_KEY } from '@ticketing/common/testing';
import { assemble } from '../assemble';
import { mailedLinks } from '../messages/links';
import { messageQueue } from '../messages/queue';
import { createSessions } from '../sessions';
import { Counts } from '../store';
import { SITE } from '.';

/** Auth's operations and sessions on a replica set that can be cut apart, and someone who visits. */
export async function startOn(outbox: Outbox) {
  await Counts.createIndexes();
  const now = () => new Date();
  const settings = { JWT_KEY: [TEST_KEY], SITE_URL: SITE, SIGNUPS_PER_ADDRESS: 20 };
  const sessions = createSessions(outbox, now);
  const { operations } = assemble(settings, outbox, messageQueue(now), mailedLinks(now), sessions, now);
  const visitor = { network: '10.0.0.1', browser: null, language: 'en', log: () => undefined } as const;
  return { sessions, operations, visitor, now };
}
