import { runService, sessions, setCurrency } from '@ticketing/common';
import { assemble } from './assemble';
import { readConfig } from './config';
import { devices } from './devices';
import { listeners } from './listeners';
import { mailedLinks } from './messages/links';
import { messageQueue } from './messages/queue';
import { messageSender, senders } from './messages/sender';
import { smtp } from './messages/smtp';
import { unsubscribing } from './messages/unsubscribing';
import { routes } from './routes';
import { endOf } from './sessionEnds';
import { createSessions } from './sessions';
import { snapshot } from './snapshot';
import { createStaff } from './staff';
import { Counts, Links, Messages, Sessions, Users } from './store';

const config = readConfig();
setCurrency(config.CURRENCY);

void runService({
  name: 'auth',
  config,
  aggregates: [
    { model: Users, snapshot },
    { model: Sessions, snapshot: endOf },
    // Their outcome is published once, since nobody keeps a copy of it.
    { model: Messages, snapshot: () => [] },
  ],
  copies: [Counts, Links],
  start({ outbox, reach, log, clock, ended }) {
    const now = () => clock.now();
    const [queue, links] = [messageQueue(now), mailedLinks(now)];
    const own = createSessions(outbox, now);
    const unsubscribe = unsubscribing(config.JWT_KEY, config.SITE_URL);
    const { operations, factors, support } = assemble(config, outbox, queue, links, own, now);
    const mail = config.SMTP_URL ? smtp(config.SMTP_URL, config.MAIL_FROM) : undefined;
    if (!mail) log.warn('no SMTP_URL is set: messages are not sent');
    const send = mail && messageSender({ queue, links, smtp: mail, site: config.SITE_URL, unsubscribe, log });
    const known = sessions(config.JWT_KEY, ended, now);
    return {
      routes: routes(operations, own, factors, support, known, devices(config.JWT_KEY, now)),
      support: { base: '/api/users', sessions: known },
      listeners: listeners({ ...queue, ...factors.leaving }),
      commands: { staff: createStaff(outbox, reach, now) },
      tasks: [
        ...(send ? senders(send) : []),
        { name: 'republish leavers', every: 60_000, run: factors.leaving.tellAgain },
      ],
      close: () => Promise.resolve(mail?.close()),
    };
  },
});
