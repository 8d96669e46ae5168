import { batch, Batcher, type Event, type Listener, type Listeners, type Subject } from '@ticketing/common';
import { entryOf, journaled, type Entry } from './domain/journal';
import { addEntries } from './journalStore';

/** The journal, the source of order stories (see `story.ts`). No request writes to it. */
export function createJournal() {
  const writes = new Batcher<Entry, void>(async (entries) => {
    await addEntries(entries);
    return entries.map(() => undefined);
  }, 2);
  return {
    /** Records events in one write with others that arrive at the same time. Idempotent. */
    async journal(events: Event[]): Promise<void> {
      await Promise.all(events.flatMap((event) => entryOf(event) ?? []).map((entry) => writes.add(entry)));
    },
  };
}

type AddToJournal = ReturnType<typeof createJournal>['journal'];

/**
 * Listeners that also record events in the journal: an event is acknowledged once both are done.
 */
export function withJournal(listeners: Listeners, journal: AddToJournal): Listeners {
  const journalOnly = batch(journal);
  const both = (listener: Listener): Listener => ({
    size: listener.size,
    handle: (events) => Promise.all([listener.handle(events), journal(events)]),
  });
  const withEntries = journaled.map((subject: Subject) => {
    const listener = listeners[subject];
    return [subject, listener ? both(listener) : journalOnly];
  });
  return { ...listeners, ...(Object.fromEntries(withEntries) as Listeners) };
}
