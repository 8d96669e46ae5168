import { ownedLeavers, runService, sessions, setCurrency } from '@ticketing/common';
import { createAudit } from './audit';
import { snapshot } from './bodies';
import { readConfig } from './config';
import { declineLimits } from './declines';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { Audits, Declines, Orders, Payments, Sellers, Users } from './store';
import { stripeClient } from './stripe';

const config = readConfig();
setCurrency(config.CURRENCY);

void runService({
  name: 'payments',
  config,
  aggregates: [{ model: Payments, snapshot }, ownedLeavers],
  copies: [Orders, Users, Declines, Sellers, Audits],
  start({ outbox, log, clock, ended }) {
    const now = () => clock.now();
    const stripe = stripeClient(config.STRIPE_KEY, config.STRIPE_WEBHOOK_SECRET, config.CURRENCY, config.STRIPE_URL);
    const payments = createOperations(outbox, stripe, declineLimits(), log, config.SELLER_FEE_PERCENT, now);
    return {
      routes: routes(payments, stripe, sessions(config.JWT_KEY, ended)),
      listeners: listeners(payments, now),
      tasks: [
        { name: 'settle payments', every: 1_000, run: payments.reconcile },
        { name: 'see whether leavers are paid', every: 1_000, run: payments.checkLeavers },
        { name: 'audit payments', every: 5_000, run: createAudit(stripe, payments.settle, log, now) },
      ],
    };
  },
});
