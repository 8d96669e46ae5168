import type { Bus } from './bus';
import { systemClock } from './clock';
import type { NewEvent } from './contract';
import { makeEvent, type Occurrence } from './envelope';

/** Publishes an event that belongs to no document. Resolves once NATS has stored it. */
export type Publish = (event: NewEvent, of: Pick<Occurrence, 'aggregateId' | 'trace'>) => Promise<void>;

/** Publishes events that belong to no document. */
export const publisher =
  (bus: Bus, clock = systemClock): Publish =>
  async (event, of) => {
    await bus.publish(event.subject, JSON.stringify(makeEvent(event, { ...of, version: 0, at: clock.now() })));
  };
