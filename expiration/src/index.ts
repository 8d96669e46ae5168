import { runService } from '@ticketing/common';
import { readConfig } from './config';
import { listeners } from './listeners';
import { ring } from './operations';
import { createQueue } from './queue';

const config = readConfig();

void runService({
  name: 'expiration',
  config,
  publishes: true,
  start({ publish, log }) {
    const timers = createQueue(config.REDIS_URL, ring(publish), log);
    return {
      listeners: listeners(timers),
      deadLetters: timers.deadLetters,
      missing: () => (timers.ready() ? [] : ['redis']),
      close: timers.close,
    };
  },
});
