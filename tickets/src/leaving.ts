import { allFound, createLeaving, dropLettersOf, type Outbox } from '@ticketing/common';
import type { Change } from './change';
import type { Delist } from './delisting';
import * as domain from './domain/ticket';
import * as leaving from './leavingStore';
import { readLeavers } from './userStore';

/** What happens to listings whose sellers delete their accounts. */
export function createSellersLeaving(
  outbox: Outbox,
  change: Change,
  delist: Delist,
  byAccount: (userId: string) => string,
  now: () => Date,
) {
  /** Withdraws what nobody holds. Returns whether nothing is left. */
  async function isDelisted(userId: string, since: Date): Promise<boolean> {
    const [leaver] = await readLeavers([userId]);
    if (leaver?.since !== since.toISOString()) return false;
    await delist(userId, { trace: `leaving-${userId}` }, domain.retire);
    return !(await leaving.hasOpen(userId));
  }

  const leavers = createLeaving(outbox, 'user:delisted', isDelisted, now);

  return {
    checkLeavers: leavers.check,

    /** Handles changed accounts: whether their owners are leaving. */
    async hearLeavers(ids: string[]) {
      const asked = await readLeavers(ids);
      await leavers.ask(asked);
      await leavers.forget(ids.filter((id) => !asked.some((leaver) => leaver.id === id)));
    },

    /** Erases what the owner of a deleted account wrote. */
    async eraseSeller(userId: string) {
      await leavers.forget([userId]);
      await dropLettersOf([userId]);
      await leaving.eraseReports(byAccount(userId));
      await allFound(leaving.findWritten(userId), ({ _id }) =>
        change(_id.toString(), { trace: `deleted-${userId}` }, (ticket) =>
          ticket ? domain.erase(ticket, now()) : undefined,
        ),
      );
    },
  };
}
