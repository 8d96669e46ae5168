import { runService, sessions } from '@ticketing/common';
import { readConfig } from './config';
import { failureLimits } from './failures';
import { createOperations } from './operations';
import { routes } from './routes';
import { snapshot, Users } from './store';

const config = readConfig();

void runService({
  name: 'auth',
  config,
  aggregates: [{ model: Users, snapshot }],
  start: ({ outbox }) => ({ routes: routes(createOperations(outbox, failureLimits()), sessions(config.JWT_KEY)) }),
});
