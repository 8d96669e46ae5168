import { runService, sessions, setCurrency } from '@ticketing/common';
import { readConfig } from './config';
import { listeners } from './listeners';
import { LiveTickets } from './live';
import { createOperations } from './operations';
import { routes } from './routes';
import { snapshot, Tickets } from './store';

const config = readConfig();
setCurrency(config.CURRENCY);

void runService({
  name: 'tickets',
  config,
  aggregates: [{ model: Tickets, snapshot }],
  start({ outbox, watch, clock }) {
    const operations = createOperations(outbox, () => clock.now());
    const live = new LiveTickets(watch);
    return {
      routes: routes(operations, sessions(config.JWT_KEY), live),
      listeners: listeners(operations),
      tasks: [
        { name: 'retire what has begun', every: 10_000, run: operations.retireBegun },
        { name: 'make older listings findable', every: 500, run: operations.upgrade },
      ],
      streams: live.streams,
    };
  },
});
