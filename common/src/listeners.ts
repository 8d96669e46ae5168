import type { Event, Subject } from './contract';

/** What a service does on a subject. A rejection means that the events are handled again. */
export interface Listener<S extends Subject = Subject> {
  /** How many events one call takes at most. Calls that take more than one follow each other. */
  readonly size: number;
  handle(events: Event<S>[]): Promise<unknown>;
}

/** A service's table: subject → what it does. */
export type Listeners = { [S in Subject]?: Listener<S> };

/** Handles events one by one, those of different aggregates side by side. */
export const each = <S extends Subject>(operation: (event: Event<S>) => Promise<unknown>): Listener<S> => ({
  size: 1,
  handle: async ([event]) => event && operation(event),
});

/** Handles in one call all events that have arrived. */
export const batch = <S extends Subject>(operation: (events: Event<S>[]) => Promise<unknown>): Listener<S> => ({
  size: 200,
  handle: operation,
});
