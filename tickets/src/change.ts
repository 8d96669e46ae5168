import { duplicateIndex, Refusal, retryConflicts, untilLasting, type Cause, type Outbox } from '@ticketing/common';
import { newsOf } from './bodies';
import type { Ticket } from './domain/ticket';
import * as store from './store';

/** A rule: a listing's change, if any. Refuses what is not allowed. */
export type Decide = (ticket: store.StoredTicket | null) => Partial<Ticket> | undefined;

/** Loads a listing, applies a rule, and commits; starts over while others change the same one. */
export const createChange =
  (outbox: Outbox) =>
  (id: string, cause: Cause, decide: Decide): Promise<store.StoredTicket> =>
    retryConflicts(async () => {
      const ticket = await store.loadTicket(id);
      const changes = decide(ticket?.toObject<store.StoredTicket>() ?? null);
      if (!ticket) throw new Refusal('ticket-not-found');
      if (!changes) {
        // The response says that it is as requested, so that must be durable.
        if (cause.refusable) await untilLasting(store.Tickets, ticket);
        return ticket;
      }
      ticket.set(changes);
      await outbox.commit(ticket, newsOf(id, ticket), cause).catch(refuseListed);
      return ticket;
    });

export type Change = ReturnType<typeof createChange>;

/** Rethrows a write rejected by a unique key as a refusal. */
export function refuseListed(error: unknown): never {
  if (duplicateIndex(error) !== store.UNIQUE_KEYS) throw error;
  throw new Refusal(/uniqueKeys: "seat /.test((error as Error).message) ? 'seat-listed' : 'content-listed');
}
