import { mongo, type Types, type HydratedDocument, type Model } from 'mongoose';
import type { Aggregate } from './aggregate';
import { Batcher } from './batcher';
import { systemClock } from './clock';
import { Refusal, type Event, type NewEvent } from './contract';
import { makeEvent } from './envelope';
import { isOutage } from './errors';
import { collectionOf, type Stored } from './mongo';
import type { Relay } from './relay';

/** The cause of a change: its trace continues in the resulting events. */
export interface Cause {
  trace: string;
  /** The account that did it; undefined if none did, or for an operator's command. */
  by?: string;
  /** It is a request, which the client can repeat: unlike something that has already happened, it may be refused. */
  refusable?: true;
}

/** A change to one document in a batch: its new state, the version it is based on, and its events. */
export interface Change {
  _id: Types.ObjectId;
  version: number;
  /** Further conditions on the document, as MongoDB takes them: otherwise it counts as lost. */
  where?: object;
  set: object;
  events: NewEvent[];
  cause: Cause;
}

/** Maximum number of unsent events per document; at the limit, requests that would add more are refused. */
const MAX_UNSENT = 50;
/** Number of further batches allowed while others wait for the disk. */
const INSERTS_AT_ONCE = 4;

/**
 * The only way for a service to change an aggregate. A change's events are part of the changed document, so both are
 * written or neither; the relay publishes them from there.
 */
export class Outbox {
  private readonly inserts = new Map<Stored, Batcher<Aggregate, void>>();

  constructor(
    private readonly relay: Relay,
    private readonly clock = systemClock,
    /** Called with the events of each change that was written, before the change counts as done. */
    private readonly obey: (events: NewEvent[]) => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Inserts a new aggregate. Throws MongoDB's duplicate-key error if a unique index forbids it. */
  async insert<T extends Aggregate>(
    model: Model<T>,
    state: Omit<T, 'version' | 'outbox'>,
    events: NewEvent[],
    cause: Cause,
  ) {
    const _id = state._id;
    const outbox = this.seal(_id, 0, events, cause);
    await this.insertsOf(model).add({ ...state, _id, version: 0, outbox });
    this.relay.publish(model, _id, outbox);
    await this.obey(events);
  }

  private insertsOf(model: Stored) {
    const known = this.inserts.get(model);
    if (known) return known;
    const inserts = new Batcher<Aggregate, void>((documents) => insertAll(model, documents), INSERTS_AT_ONCE);
    this.inserts.set(model, inserts);
    return inserts;
  }

  /**
   * Saves a document that was loaded and changed. Throws a VersionError if another write came first, and refuses a
   * request (503) while too many of the document's events wait for NATS. If it fails because of an outage, the change
   * may have been written: its events are published once a majority has it, or never.
   */
  async commit<T extends Aggregate>(document: HydratedDocument<T>, events: NewEvent[], cause: Cause) {
    const model = document.constructor as Model<T>;
    if (cause.refusable && document.outbox.length >= MAX_UNSENT)
      throw new Refusal('changes-waiting', { retryAfter: 5 });
    const entries = this.seal(document._id, document.version + 1, events, cause);
    document.outbox.push(...entries);
    await document.save();
    this.relay.publish(model, document._id, entries);
    await this.obey(events);
  }

  /** Writes changes to many documents at once. Returns the ids of those that lost to another write. */
  async commitAll<T extends Aggregate>(model: Model<T>, changes: Change[]): Promise<Types.ObjectId[]> {
    if (changes.length === 0) return [];
    const writes = changes.map(({ _id, version, where, set, events, cause }) => ({
      _id,
      version,
      where,
      set,
      outbox: this.seal(_id, version + 1, events, cause),
    }));
    const { matchedCount } = await collectionOf(model).bulkWrite(
      writes.map(({ _id, version, where, set, outbox }) => ({
        updateOne: {
          filter: { ...where, _id, version },
          update: { $set: set, $inc: { version: 1 }, $push: { outbox: { $each: outbox } } },
        },
      })),
      { ordered: false },
    );
    const lost = matchedCount === changes.length ? new Set<string>() : await this.lost(model, writes);
    for (const { _id, outbox } of writes) if (!lost.has(_id.toString())) this.relay.publish(model, _id, outbox);
    await this.obey(changes.flatMap(({ _id, events }) => (lost.has(_id.toString()) ? [] : events)));
    return changes.flatMap(({ _id }) => (lost.has(_id.toString()) ? _id : []));
  }

  /** A bulkWrite reports only match counts: the outboxes show which writes took place. */
  private async lost<T extends Aggregate>(model: Model<T>, writes: { _id: Types.ObjectId; outbox: Event[] }[]) {
    const found = await collectionOf(model)
      .find({ _id: { $in: writes.map(({ _id }) => _id) } }, { projection: { 'outbox.id': 1 } })
      .toArray();
    const written = new Set(found.flatMap(({ outbox }) => outbox.map(({ id }) => id)));
    return new Set(
      writes.flatMap(({ _id, outbox }) => (outbox.every(({ id }) => written.has(id)) ? [] : _id.toString())),
    );
  }
  private seal(_id: Types.ObjectId, version: number, events: NewEvent[], { trace, by }: Cause): Event[] {
    const occurrence = { aggregateId: _id.toString(), version, at: this.clock.now(), trace, by };
    return events.map((event) => makeEvent(event, occurrence));
  }
}

/**
 * Inserts documents in one round trip, with a result for each. Rejects only if nothing was sent, so that none is
 * inserted twice and then reported as a duplicate.
 */
async function insertAll(model: Stored, documents: Aggregate[]): Promise<(undefined | Error)[]> {
  try {
    await collectionOf(model).insertMany(documents, { ordered: false });
    return documents.map(() => undefined);
  } catch (error) {
    const cause = unwrap(error);
    if (!(cause instanceof mongo.MongoServerError || isOutage(cause))) throw cause;
    const failures = new Map(writeErrorsOf(cause).map((failure) => [failure.index, failure]));
    return documents.map((_, index) => {
      const failure = failures.get(index);
      if (failure) return new mongo.MongoServerError({ message: failure.errmsg, code: failure.code });
      return failures.size === 0 ? (cause as Error) : undefined;
    });
  }
}

const writeErrorsOf = (error: unknown) =>
  error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];

/** The error the driver wrapped as a bulk write failure. */
const unwrap = (error: unknown) =>
  error instanceof mongo.MongoBulkWriteError && error.errorResponse instanceof Error ? error.errorResponse : error;
