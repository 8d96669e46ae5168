import { z } from 'zod';
import { subjects, type DataOf, type Subject } from './events';

/** An event on the wire: the data of one subject, and its origin. */
export interface Event<S extends Subject = Subject> {
  /** Unique to this event; the same when redelivered or republished. */
  id: string;
  subject: S;
  /** The document that changed. */
  aggregateId: string;
  /** The document's version after the change, in its own database. */
  version: number;
  /** ISO 8601, UTC, by the publisher's clock. */
  occurredAt: string;
  /** Follows one request through everything it causes. */
  trace: string;
  /** The account of whoever caused it, if anyone. */
  by?: string | undefined;
  /** Restates what is true at its version, overriding earlier events of that version. */
  republished?: true | undefined;
  data: DataOf<S>;
}

/** Whether an event is new to someone who has its aggregate's state at `version`. */
export const isNews = (event: Pick<Event, 'version' | 'republished'>, version: number) =>
  event.republished ? event.version >= version : event.version > version;

/** An event that has not been published yet: what happened, without where and when. */
export type NewEvent = { [S in Subject]: { subject: S; data: DataOf<S> } }[Subject];

const Envelope = z.object({
  id: z.string().min(1),
  subject: z.string(),
  aggregateId: z.string().regex(/^[0-9a-f]{24}$/),
  version: z.int().nonnegative(),
  occurredAt: z.iso.datetime(),
  trace: z.string(),
  by: z.string().optional(),
  republished: z.literal(true).optional(),
  data: z.unknown(),
});

/** Parses an event from the wire. Throws a SyntaxError, or a ZodError that describes the problem. */
export function parseEvent<S extends Subject>(subject: S, text: string): Event<S> {
  const envelope = Envelope.parse(JSON.parse(text));
  if (envelope.subject !== subject) throw new Error(`An event of ${envelope.subject} came on ${subject}`);
  return { ...envelope, subject, data: subjects[subject].parse(envelope.data) as DataOf<S> };
}
