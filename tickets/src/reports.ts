import { consume, Refusal, type ReportInput } from '@ticketing/common';
import type { KeyedHash } from './sealing';
import * as store from './store';

/** Reports of one network, per hour. */
const [MOST, HOUR] = [20, 3_600];

/** Who reports: an account, or anyone on a network (see `networkOf`). */
export interface Reporter {
  id?: string;
  network: string;
}

/**
 * Reports of listings that should not be there.
 * @param hash hides who made one
 */
export function createReports(hash: KeyedHash, now: () => Date) {
  const limit = store.limiter('reports', MOST, HOUR);
  const byAccount = (id: string) => hash('account').update(id).digest();
  return {
    /** Under what an account's reports are kept. */
    byAccount,

    /** Keeps what someone says about a listing; a second time adds nothing. Refuses a network with 429 after too many. */
    async report(ticketId: string, { id, network }: Reporter, { reason, text }: ReportInput) {
      const retryAfter = await consume(limit, network);
      if (retryAfter > 0) throw new Refusal('too-many-reports', { retryAfter });
      if (!(await store.readTicket(ticketId))) throw new Refusal('ticket-not-found');
      const by = id ? byAccount(id) : hash('network').update(network).digest();
      await store.Reports.updateOne({ ticketId, by }, { $setOnInsert: { reason, text, at: now() } }, { upsert: true });
    },
  };
}
