import { randomUUID } from 'node:crypto';
import { subjects, type Event, type NewEvent } from './contract';

/** Where an event happened, when, and in the course of what. */
export interface Occurrence {
  aggregateId: string;
  version: number;
  at: Date;
  trace: string;
}

/**
 * An event as it travels: of its data, what its subject carries.
 * @throws a ZodError if the data is not of that form, so that nobody could hear the event
 */
export const makeEvent = ({ subject, data }: NewEvent, { aggregateId, version, at, trace }: Occurrence): Event => ({
  id: randomUUID(),
  subject,
  aggregateId,
  version,
  occurredAt: at.toISOString(),
  trace,
  data: subjects[subject].parse(data),
});
