import { parseEvent, type Event, type Subject } from './contract';

/** A service's reaction to a subject. If it rejects, the events are retried. */
export interface Listener<S extends Subject = Subject> {
  /** Maximum number of events per call. Calls that take more than one run one after another. */
  readonly size: number;
  handle(events: Event<S>[]): Promise<unknown>;
}

/** A service's listeners by subject. */
export type Listeners = { [S in Subject]?: Listener<S> };

/** Handles events one at a time, different aggregates in parallel. */
export const each = <S extends Subject>(operation: (event: Event<S>) => Promise<unknown>): Listener<S> => ({
  size: 1,
  handle: async ([event]) => event && operation(event),
});

/** Handles all events that have arrived in one call. */
export const batch = <S extends Subject>(operation: (events: Event<S>[]) => Promise<unknown>): Listener<S> => ({
  size: 200,
  handle: operation,
});

/** Handles one event as received. */
export async function handleText(listeners: Listeners = {}, subject: Subject, text: string) {
  const listener = listeners[subject];
  if (!listener) throw new Error(`Nothing listens to ${subject} any more`);
  await listener.handle([parseEvent(subject, text) as never]);
}
