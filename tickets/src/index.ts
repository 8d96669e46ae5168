import { runService, sessions } from '@ticketing/common';
import { readConfig } from './config';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { snapshot, Tickets } from './store';

const config = readConfig();

void runService({
  name: 'tickets',
  config,
  aggregates: [{ model: Tickets, snapshot }],
  start({ outbox }) {
    const operations = createOperations(outbox);
    return { routes: routes(operations, sessions(config.JWT_KEY)), listeners: listeners(operations) };
  },
});
