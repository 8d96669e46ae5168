import { runService, sessions, setCurrency } from '@ticketing/common';
import { readConfig } from './config';
import { listeners } from './listeners';
import { LiveOrders } from './live';
import { createOperations } from './operations';
import { createPasses } from './passes';
import { routes } from './routes';
import { Orders, snapshot, Tickets } from './store';

const config = readConfig();
setCurrency(config.CURRENCY);

void runService({
  name: 'orders',
  config,
  aggregates: [{ model: Orders, snapshot }],
  copies: [Tickets],
  start({ outbox, bus }) {
    const operations = createOperations(outbox, config.ORDER_WINDOW_SECONDS * 1000, createPasses(config.JWT_KEY));
    const live = new LiveOrders(bus, operations);
    return {
      routes: routes(operations, sessions(config.JWT_KEY), live),
      listeners: listeners(operations),
      tasks: [{ name: 'expire overdue orders', every: 1_000, run: operations.expireOverdue }],
      streams: live.streams,
    };
  },
});
