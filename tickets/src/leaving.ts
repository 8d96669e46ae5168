import { allFound, createLeaving, dropLettersOf, type Outbox } from '@ticketing/common';
import type { Change } from './change';
import * as domain from './domain/ticket';
import * as leaving from './leavingStore';
import { readLeavers } from './userStore';

/** What becomes of listings whose sellers have their accounts deleted. */
export function createSellersLeaving(
  outbox: Outbox,
  change: Change,
  byAccount: (userId: string) => string,
  now: () => Date,
) {
  const decide = (
    id: string,
    trace: string,
    rule: (ticket: domain.Ticket, now: Date) => Partial<domain.Ticket> | undefined,
  ) => change(id, { trace }, (ticket) => (ticket ? rule(ticket, now()) : undefined));

  /** Withdraws what nobody holds. Whether nothing is left. */
  async function isDelisted(userId: string, since: Date): Promise<boolean> {
    const [leaver] = await readLeavers([userId]);
    if (leaver?.since !== since.toISOString()) return false;
    await allFound(leaving.findOpen(userId), ({ _id }) => decide(_id.toString(), `leaving-${userId}`, domain.retire));
    return !(await leaving.findOpen(userId).hasNext());
  }

  const leavers = createLeaving(outbox, 'user:delisted', isDelisted, now);

  return {
    checkLeavers: leavers.check,

    /** Hears that accounts have changed: whether their owners leave. */
    async hearLeavers(ids: string[]) {
      const asked = await readLeavers(ids);
      await leavers.ask(asked);
      await leavers.forget(ids.filter((id) => !asked.some((leaver) => leaver.id === id)));
    },

    /** Erases what someone wrote whose account is deleted. */
    async eraseSeller(userId: string) {
      await leavers.forget([userId]);
      await dropLettersOf([userId]);
      await leaving.eraseReports(byAccount(userId));
      await allFound(leaving.findWritten(userId), ({ _id }) =>
        decide(_id.toString(), `deleted-${userId}`, domain.erase),
      );
    },
  };
}
