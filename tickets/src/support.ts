import {
  countParked,
  Refusal,
  type Cause,
  type ReviewInput,
  type Sought,
  type SupportListingBody,
  type TicketQueueBody,
} from '@ticketing/common';
import { toSupport } from './bodies';
import type { Change } from './change';
import * as domain from './domain/support';
import * as store from './store';
import {
  closeOfWithdrawn,
  closeReports,
  findListings,
  findReported,
  findWaiting,
  loadReport,
  readReports,
} from './supportStore';

/** What the support desk can do about listings. */
export function createSupport(change: Change, now: () => Date) {
  /** Listings with their open reports. */
  const withReports = async (tickets: store.Shown[]): Promise<SupportListingBody[]> => {
    const reports = await readReports(tickets.map(({ _id }) => _id.toString()));
    return tickets.map((ticket) =>
      toSupport(
        ticket,
        reports.filter(({ ticketId }) => ticketId === ticket._id.toString()),
      ),
    );
  };

  const show = async (id: string): Promise<SupportListingBody> => {
    const ticket = await store.readTicket(id);
    const [body] = ticket ? await withReports([ticket]) : [];
    if (!body) throw new Refusal('ticket-not-found');
    return body;
  };

  return {
    show,

    find: async (sought: Sought) => withReports(await findListings(sought)),

    /** Withdraws a listing, which closes its reports. */
    async withdraw(id: string, why: string, by: string, cause: Cause) {
      await change(id, cause, (ticket) => domain.withdrawFor(domain.foreign(ticket, by), why, now()));
      await closeReports({ ticketId: id }, now());
      return show(id);
    },

    async review(id: string, { decision, reason, edition }: ReviewInput, by: string, cause: Cause) {
      await change(id, cause, (ticket) => domain.review(domain.foreign(ticket, by), decision, reason, edition, now()));
      return show(id);
    },

    async closeReport(id: string, by: string) {
      const report = await loadReport(id);
      if (!report) throw new Refusal('report-not-found');
      const ticket = await store.readTicket(report.ticketId);
      if (ticket) domain.foreign(ticket, by);
      await closeReports({ _id: id }, now());
    },

    /** Closes all open reports of a listing: nothing needs to be done about it. */
    async closeReportsOf(id: string, by: string) {
      domain.foreign(await store.readTicket(id), by);
      await closeReports({ ticketId: id }, now());
      return show(id);
    },

    /** Closes the reports of listings that were withdrawn since. */
    closeOfWithdrawn: () => closeOfWithdrawn(now()),

    async queue(): Promise<TicketQueueBody> {
      const [found, waits, deadLetters] = await Promise.all([findReported(), findWaiting(), countParked()]);
      const [reported, waiting] = await Promise.all([withReports(found), withReports(waits)]);
      return { reported, waiting, deadLetters };
    },
  };
}

export type Support = ReturnType<typeof createSupport>;
