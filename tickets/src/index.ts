import { ownedLeavers, runService, sessions, setCurrency } from '@ticketing/common';
import { readConfig } from './config';
import { listeners } from './listeners';
import { LiveTickets } from './live';
import { createOperations } from './operations';
import { routes } from './routes';
import { snapshot } from './bodies';
import { Chunks, Counts, Files, Reports, Tickets, Users } from './store';

const config = readConfig();
setCurrency(config.CURRENCY);
const terms = {
  deliveryKeys: config.DELIVERY_KEY,
  barcodeKey: config.BARCODE_KEY,
  bytesPerSeller: config.DELIVERY_BYTES_PER_SELLER,
  bytesInAll: config.DELIVERY_BYTES,
  deliveryMs: config.DELIVERY_HOURS * 3_600_000,
  priceCap: config.PRICE_CAP_PERCENT,
  confirmBeforeSelling: config.CONFIRM_BEFORE_SELLING,
  reviewContacts: config.REVIEW_CONTACTS,
};

void runService({
  name: 'tickets',
  config,
  aggregates: [{ model: Tickets, snapshot }, ownedLeavers],
  copies: [Files, Chunks, Reports, Counts, Users],
  start({ outbox, watch, clock, ended }) {
    const operations = createOperations(outbox, terms, () => clock.now());
    const live = new LiveTickets(watch);
    const known = sessions(config.JWT_KEY, ended, () => clock.now());
    return {
      routes: routes(operations, known, live, terms),
      support: { base: '/api/tickets', sessions: known },
      listeners: listeners(operations),
      tasks: [
        { name: 'retire what has begun', every: 10_000, run: operations.retireBegun },
        { name: 'end promises that were not kept', every: 2_000, run: operations.deliveries.miss },
        { name: 'delete files that are not needed', every: 30_000, run: operations.deliveries.sweep },
        { name: 'withdraw what leavers sell', every: 5_000, run: operations.checkLeavers },
        { name: 'withdraw what the frozen list', every: 10_000, run: operations.lookAtFrozen },
        { name: 'close the reports of what is withdrawn', every: 60_000, run: operations.support.closeOfWithdrawn },
        { name: 'make older listings findable', every: 500, run: operations.upgrade },
      ],
      streams: live.streams,
    };
  },
});
