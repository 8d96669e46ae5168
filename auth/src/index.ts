import { runService, sessions } from '@ticketing/common';
import { readConfig } from './config';
import { devices } from './devices';
import { createLimits } from './limits';
import { createOperations } from './operations';
import { routes } from './routes';
import { Counts, snapshot, Users } from './store';

const config = readConfig();

void runService({
  name: 'auth',
  config,
  aggregates: [{ model: Users, snapshot }],
  copies: [Counts],
  start: ({ outbox }) => ({
    routes: routes(
      createOperations(outbox, createLimits(config.SIGNUPS_PER_ADDRESS)),
      sessions(config.JWT_KEY),
      devices(config.JWT_KEY),
    ),
  }),
});
