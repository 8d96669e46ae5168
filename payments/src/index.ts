import { ownedLeavers, runService, sessions, setCurrency } from '@ticketing/common';
import { createAudit } from './audit';
import { snapshot } from './bodies';
import { readConfig } from './config';
import { declineLimits } from './declines';
import { listeners } from './listeners';
import { createOperations } from './operations';
import { routes } from './routes';
import { sellerEvents } from './domain/seller';
import { Audits, Declines, Orders, Payments, Sellers, Users, type StoredSeller } from './store';
import { stripeClient } from './stripe';
import { createSupport } from './support';

const config = readConfig();
setCurrency(config.CURRENCY);

void runService({
  name: 'payments',
  config,
  aggregates: [
    { model: Payments, snapshot },
    { model: Sellers, snapshot: (seller: StoredSeller) => sellerEvents(seller._id.toString(), seller) },
    ownedLeavers,
  ],
  copies: [Orders, Users, Declines, Audits],
  start({ outbox, log, clock, ended }) {
    const now = () => clock.now();
    const { STRIPE_KEY, STRIPE_WEBHOOK_SECRET, CURRENCY, STRIPE_URL } = config;
    const stripe = stripeClient(STRIPE_KEY, STRIPE_WEBHOOK_SECRET, CURRENCY, STRIPE_URL, now);
    const payments = createOperations(outbox, stripe, declineLimits(), log, config.SELLER_FEE_PERCENT, now);
    const known = sessions(config.JWT_KEY, ended, now);
    return {
      routes: routes(payments, createSupport(outbox, stripe, now), stripe, known),
      support: { base: '/api/payments', sessions: known },
      listeners: listeners(payments, now),
      tasks: [
        { name: 'settle payments', every: 1_000, run: payments.reconcile },
        { name: 'check leavers', every: 5_000, run: payments.checkLeavers },
        { name: 'check bank accounts', every: 10_000, run: payments.lookAtBanks },
        { name: 'audit payments', every: 5_000, run: createAudit(stripe, payments.settle, log, now) },
      ],
    };
  },
});
