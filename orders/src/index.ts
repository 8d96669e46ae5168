import { ownedLeavers, runService, sessions, setCurrency, toMinor } from '@ticketing/common';
import { snapshot } from './bodies';
import { passKeys, readConfig } from './config';
import { createDecide } from './decide';
import { Counts } from './leavingStore';
import { listeners } from './listeners';
import { LiveOrders } from './live';
import { createOperations } from './operations';
import { createPasses } from './passes';
import { routes } from './routes';
import { createSecondLook } from './secondLook';
import { Journal } from './journalStore';
import { Spendings } from './spendingStore';
import { Orders, Tickets } from './store';
import { printStory } from './story';
import { createUpgrade } from './upgrade';

const config = readConfig();
setCurrency(config.CURRENCY);

const HOUR = 3_600_000;

void runService({
  name: 'orders',
  config,
  aggregates: [{ model: Orders, snapshot }, ownedLeavers],
  copies: [Tickets, Counts, Journal, Spendings],
  start({ outbox, watch, clock, ended }) {
    const terms = {
      window: config.ORDER_WINDOW_SECONDS * 1000,
      holdsPerBuyer: config.HOLDS_PER_BUYER,
      payoutAfter: config.PAYOUT_HOURS * HOUR,
      payoutAfterSale: config.PAYOUT_UNDATED_HOURS * HOUR,
      payoutAfterRead: config.PAYOUT_READ_HOURS * HOUR,
      answerWithin: config.CLAIM_ANSWER_HOURS * HOUR,
      supportLimit: toMinor(config.SUPPORT_LIMIT),
      supportDaily: toMinor(config.SUPPORT_DAILY ?? 10 * config.SUPPORT_LIMIT),
    };
    const now = () => clock.now();
    const operations = createOperations(outbox, terms, createPasses(passKeys(config)), now);
    const live = new LiveOrders(watch, operations);
    const known = sessions(config.JWT_KEY, ended, now);
    return {
      routes: routes(operations, known, live),
      support: { base: '/api/orders', sessions: known },
      listeners: listeners(operations),
      tasks: [
        { name: 'expire overdue orders', every: 1_000, run: operations.expireOverdue },
        { name: 'release sales', every: 1_000, run: operations.reviewSales },
        { name: 'date the sales of older versions', every: 500, run: createUpgrade(outbox, terms, now) },
        { name: 'see whether leavers are done', every: 5_000, run: operations.checkLeavers },
        { name: 'look again at what waits', every: 1_000, run: createSecondLook(outbox, terms.window, now) },
      ],
      streams: live.streams,
      commands: { decide: createDecide(operations), story: printStory },
    };
  },
});
