import { consume, Refusal, siteOf, type ReportInput } from '@ticketing/common';
import type { KeyedHash } from './sealing';
import * as store from './store';

/** Reports per network and hour, and how many networks' worth a site may make (see `siteOf`). */
const [MOST, HOUR, SITE] = [20, 3_600, 10];

/** Who reports: an account, or anyone on a network (see `networkOf`). */
export interface Reporter {
  id?: string;
  network: string;
}

/**
 * Reports of listings that should not be there.
 * @param hash hides the reporter
 */
export function createReports(hash: KeyedHash, now: () => Date) {
  const ofNetwork = store.limiter('reports', MOST, HOUR);
  const ofSite = store.limiter('reports-site', SITE * MOST, HOUR);
  const byAccount = (id: string) => hash('account').update(id).digest();
  /** How long to wait, in seconds. Refused requests of a network do not count for its site. */
  const waitOf = async (network: string) => {
    const seconds = await consume(ofNetwork, network);
    const site = siteOf(network);
    return seconds > 0 || site === undefined ? seconds : consume(ofSite, site);
  };

  return {
    /** The hash under which an account's reports are stored. */
    byAccount,

    /** Stores a report of a listing; a second one adds nothing. Refuses (429) after too many of a network or site. */
    async report(ticketId: string, { id, network }: Reporter, { reason, text }: ReportInput) {
      const retryAfter = await waitOf(network);
      if (retryAfter > 0) throw new Refusal('too-many-reports', { retryAfter });
      if (!(await store.readTicket(ticketId))) throw new Refusal('ticket-not-found');
      const by = id ? byAccount(id) : hash('network').update(network).digest();
      await store.Reports.updateOne({ ticketId, by }, { $setOnInsert: { reason, text, at: now() } }, { upsert: true });
    },
  };
}
