import { runService, sessions } from '@ticketing/common';
import { readConfig } from './config';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { createSettlement } from './settlement';
import { Orders, Payments, snapshot, Users } from './store';
import { stripeClient } from './stripe';

const config = readConfig();

void runService({
  name: 'payments',
  config,
  aggregates: [{ model: Payments, snapshot }],
  copies: [Orders, Users],
  start({ outbox, log }) {
    const stripe = stripeClient(config.STRIPE_KEY, config.STRIPE_WEBHOOK_SECRET, config.CURRENCY, config.STRIPE_URL);
    const settlement = createSettlement(outbox, stripe, log);
    return {
      routes: routes(createOperations(outbox, stripe, settlement), settlement, stripe, sessions(config.JWT_KEY)),
      listeners: listeners(settlement),
      tasks: [{ name: 'settle payments', every: 1_000, run: settlement.reconcile }],
    };
  },
});
