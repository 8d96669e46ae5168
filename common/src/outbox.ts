import { mongo, type Types, type HydratedDocument, type Model } from 'mongoose';
import type { Aggregate } from './aggregate';
import { Batcher } from './batcher';
import { systemClock } from './clock';
import { Refusal, type Event, type NewEvent } from './contract';
import { makeEvent } from './envelope';
import { isOutage } from './errors';
import { collectionOf, type Stored } from './mongo';
import type { Relay } from './relay';

/** What made a change happen: its trace goes on in the events that the change causes. */
export interface Cause {
  trace: string;
  /** Somebody asks for it, and can ask again: unlike what has happened already, it may be refused. */
  refusable?: true;
}

/** A change of one document in a batch: what it becomes, from which version, and the events of it. */
export interface Change {
  _id: Types.ObjectId;
  version: number;
  set: object;
  events: NewEvent[];
  cause: Cause;
}

/** As many events of one document may wait; while they do, requests for more of them are refused. */
const MAX_UNSENT = 50;
/** While batches wait for the disk, so many others may follow them. */
const INSERTS_AT_ONCE = 4;

/**
 * The only way by which a service changes an aggregate. The events of a change are part of the document that
 * changed, so both are written or neither is; the relay publishes them from there.
 */
export class Outbox {
  private readonly inserts = new Map<Stored, Batcher<Aggregate, void>>();

  constructor(
    private readonly relay: Relay,
    private readonly clock = systemClock,
  ) {}

  /** Inserts a new aggregate. Throws MongoDB's duplicate-key error where a unique index forbids it. */
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
  }

  private insertsOf(model: Stored) {
    const known = this.inserts.get(model);
    if (known) return known;
    const inserts = new Batcher<Aggregate, void>((documents) => insertAll(model, documents), INSERTS_AT_ONCE);
    this.inserts.set(model, inserts);
    return inserts;
  }

  /**
   * Saves a document that was loaded and changed. Throws a VersionError if another write came between, and refuses a
   * request (503) while too many of the document's events wait for NATS. Where it fails with an outage, the change
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
  }

  /** Writes changes of many documents at once. Returns the ids of those that another write came before. */
  async commitAll<T extends Aggregate>(model: Model<T>, changes: Change[]): Promise<Types.ObjectId[]> {
    if (changes.length === 0) return [];
    const writes = changes.map(({ _id, version, set, events, cause }) => ({
      _id,
      version,
      set,
      outbox: this.seal(_id, version + 1, events, cause),
    }));
    const { matchedCount } = await collectionOf(model).bulkWrite(
      writes.map(({ _id, version, set, outbox }) => ({
        updateOne: {
          filter: { _id, version },
          update: { $set: set, $inc: { version: 1 }, $push: { outbox: { $each: outbox } } },
        },
      })),
      { ordered: false },
    );
    const lost = matchedCount === changes.length ? new Set<string>() : await this.lost(model, writes);
    for (const { _id, outbox } of writes) if (!lost.has(_id.toString())) this.relay.publish(model, _id, outbox);
    return changes.flatMap(({ _id }) => (lost.has(_id.toString()) ? _id : []));
  }

  /** A bulkWrite only counts what it matched: which writes took place shows in the outboxes. */
  private async lost<T extends Aggregate>(model: Model<T>, writes: { _id: Types.ObjectId; outbox: Event[] }[]) {
    const found = await collectionOf(model)
      .find({ _id: { $in: writes.map(({ _id }) => _id) } }, { projection: { 'outbox.id': 1 } })
      .toArray();
    const written = new Set(found.flatMap(({ outbox }) => outbox.map(({ id }) => id)));
    return new Set(
      writes.flatMap(({ _id, outbox }) => (outbox.every(({ id }) => written.has(id)) ? [] : _id.toString())),
    );
  }
  private seal(_id: Types.ObjectId, version: number, events: NewEvent[], { trace }: Cause): Event[] {
    const occurrence = { aggregateId: _id.toString(), version, at: this.clock.now(), trace };
    return events.map((event) => makeEvent(event, occurrence));
  }
}

/**
 * Inserts documents in one round trip; each one's result is its own. It rejects only where nothing was sent, so that
 * none is inserted twice, and told then that another one was first.
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

/** What the driver threw before it called it the failure of a bulk write. */
const unwrap = (error: unknown) =>
  error instanceof mongo.MongoBulkWriteError && error.errorResponse instanceof Error ? error.errorResponse : error;
