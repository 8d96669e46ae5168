import { runService, sessions } from '@ticketing/common';
import { readConfig } from './config';
import { failureLimits } from './failures';
import { createOperations } from './operations';
import { routes } from './routes';
import { Failures, snapshot, Users } from './store';

const config = readConfig();

void runService({
  name: 'auth',
  config,
  aggregates: [{ model: Users, snapshot }],
  copies: [Failures],
  start: ({ outbox }) => ({ routes: routes(createOperations(outbox, failureLimits()), sessions(config.JWT_KEY)) }),
});
