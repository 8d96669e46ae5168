import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { Gauge } from 'prom-client';
import type { Bus } from './bus';
import type { Event } from './contract';
import type { Logger } from './logger';
import { collectionOf, type Stored } from './mongo';
import { UNSENT } from './outbox';

/** How long an event is left to the process that wrote it, before any replica's sweep takes it up. */
const SWEEP_AFTER = 2_000;
const SWEEP_EVERY = 1_000;
const SWEEP_SIZE = 500;
/** After a publication, for each event in it, the next one gathers for so many milliseconds, and for `most` at most. */
const GATHER = { each: 10, most: 250 };
/** Acknowledged entries are pulled from their outboxes this much later, many in one write. */
const PULL_PAUSE = 50;
const MAX_IN_FLIGHT = 2_000;

interface Gathered {
  model: Stored;
  _id: Types.ObjectId;
  event: Event;
}

interface Acknowledged {
  _id: Types.ObjectId;
  eventId: string;
}

/**
 * Publishes what stands in outboxes: at once what this process committed, by a sweep what was left over by a
 * crash or while NATS was away. An entry leaves its outbox only when NATS has acknowledged it.
 */
export class Relay {
  private readonly gathered: Gathered[] = [];
  private publishing: Promise<void> | undefined;
  private readonly inFlight = new Set<string>();
  private readonly acknowledged = new Map<Stored, Acknowledged[]>();
  private pulling: Promise<void> | undefined;
  private sweeping: Promise<void> | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly bus: Bus,
    private readonly models: Stored[],
    private readonly log: Logger,
  ) {
    this.timer = setInterval(() => this.sweep(), SWEEP_EVERY).unref();
    bus.onReady(() => this.sweep());
    measureUnsent(models);
  }

  /** Publishes entries of a document's outbox, in their order. Never rejects: what fails stays for the sweep. */
  publish(model: Stored, _id: Types.ObjectId, entries: Event[]): void {
    if (!this.bus.ready || this.inFlight.size + this.gathered.length > MAX_IN_FLIGHT) return;
    for (const event of entries) this.gathered.push({ model, _id, event });
    this.publishing ??= this.publishGathered();
  }

  /** Sends what is in hand and stops. */
  async close() {
    clearInterval(this.timer);
    const deadline = Date.now() + 3_000;
    while ((this.publishing || this.inFlight.size > 0 || this.pulling || this.sweeping) && Date.now() < deadline)
      await delay(20);
  }

  /** A lone event goes out at once; those of a rush go out together, which costs every process that hears them less. */
  private async publishGathered() {
    do {
      await nextTurn();
      const batch = this.gathered.splice(0);
      for (const { model, _id, event } of batch) void this.send(model, _id, event);
      await delay(Math.min(batch.length * GATHER.each, GATHER.most));
    } while (this.gathered.length > 0);
    this.publishing = undefined;
  }

  /** Returns whether the event was published and has left its outbox. */
  private async send(model: Stored, _id: Types.ObjectId, event: Event): Promise<boolean> {
    if (this.inFlight.has(event.id)) return false;
    this.inFlight.add(event.id);
    try {
      await this.bus.publish(event.subject, JSON.stringify(event));
      const entries = this.acknowledged.get(model) ?? [];
      entries.push({ _id, eventId: event.id });
      this.acknowledged.set(model, entries);
      await (this.pulling ??= this.pull());
      return true;
    } catch (error) {
      this.log.debug({ err: error, subject: event.subject }, 'event not published yet');
      return false;
    } finally {
      this.inFlight.delete(event.id);
    }
  }

  private async pull() {
    await delay(PULL_PAUSE);
    const batches = [...this.acknowledged];
    this.acknowledged.clear();
    this.pulling = undefined;
    for (const [model, entries] of batches) {
      const writes = entries.map(({ _id, eventId }) => ({
        updateOne: { filter: { _id }, update: { $pull: { outbox: { id: eventId } } as never } },
      }));
      await collectionOf(model).bulkWrite(writes, { ordered: false, writeConcern: { w: 1, journal: false } });
    }
  }

  private sweep() {
    this.sweeping ??= this.sweepAll()
      .catch((error: unknown) => this.log.warn({ err: error }, 'outbox sweep failed, it goes on in a second'))
      .finally(() => (this.sweeping = undefined));
  }

  private async sweepAll() {
    for (const model of this.models) {
      for (let more = true; more && this.bus.ready;) {
        const before = new Date(Date.now() - SWEEP_AFTER).toISOString();
        const left = await collectionOf(model)
          .find({ ...UNSENT, 'outbox.occurredAt': { $lt: before } }, { projection: { outbox: 1 } })
          .limit(SWEEP_SIZE)
          .toArray();
        const sent = await Promise.all(
          left.flatMap(({ _id, outbox }) => outbox.map((event) => this.send(model, _id, event))),
        );
        more = left.length === SWEEP_SIZE && sent.includes(true);
      }
    }
  }
}

function measureUnsent(models: Stored[]) {
  new Gauge({
    name: 'ticketing_outbox_unsent',
    help: 'Documents with events that NATS has not acknowledged',
    async collect() {
      const counts = await Promise.all(
        models.map((model) => collectionOf(model).countDocuments(UNSENT, { hint: 'unsent' })),
      );
      this.set(counts.reduce((sum, count) => sum + count, 0));
    },
  });
}
