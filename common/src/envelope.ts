import { randomUUID } from 'node:crypto';
import { subjects, type Event, type NewEvent } from './contract';

/** Where and when an event happened, and what caused it. */
export interface Occurrence {
  aggregateId: string;
  version: number;
  at: Date;
  trace: string;
  by?: string | undefined;
}

/**
 * An event as sent: only the fields its subject defines.
 * @throws a ZodError if the data does not match the schema: nobody could parse the event
 */
export const makeEvent = ({ subject, data }: NewEvent, { aggregateId, version, at, trace, by }: Occurrence): Event => ({
  id: randomUUID(),
  subject,
  aggregateId,
  version,
  occurredAt: at.toISOString(),
  trace,
  ...(by !== undefined && { by }),
  data: subjects[subject].parse(data),
});
