import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { Gauge, register } from 'prom-client';
import { UNSENT } from './aggregate';
import type { Bus } from './bus';
import { systemClock } from './clock';
import type { Event } from './contract';
import type { Logger } from './logger';
import { collectionOf, type Stored } from './mongo';
import { pull, sweep, type Acknowledged } from './sweep';

/** How long an event is left to the process that wrote it before any replica's sweep picks it up. */
const SWEEP_AFTER = 2_000;
const SWEEP_EVERY = 2_000;
/** After a publication, the next one collects for this many milliseconds per event, up to `most`. */
const GATHER = { each: 10, most: 250 };
/** Acknowledged entries are removed from their outboxes this much later, many in one write. */
const PULL_PAUSE = 50;
/** Events beyond this many at once wait in their outboxes for the sweep. */
const MAX_IN_FLIGHT = 2_000;
const UNSENT_METRIC = 'ticketing_outbox_unsent';

interface Gathered {
  model: Stored;
  _id: Types.ObjectId;
  event: Event;
}

/**
 * Publishes outbox events: immediately for what this process committed to a majority, and by a sweep for what was left
 * by a crash, an unknown commit outcome, or a NATS outage. An entry leaves its outbox only once NATS has acknowledged
 * it.
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
    private readonly clock = systemClock,
  ) {
    this.timer = setInterval(() => this.sweepAll(), SWEEP_EVERY).unref();
    bus.onReady(() => this.sweepAll());
    measureUnsent(models);
  }

  /** Publishes entries of a document's outbox in order. Never rejects: failures are left to the sweep. */
  publish(model: Stored, _id: Types.ObjectId, entries: Event[]): void {
    if (!this.bus.ready || this.inFlight.size > MAX_IN_FLIGHT) return;
    for (const event of entries) {
      if (this.inFlight.has(event.id)) continue;
      this.inFlight.add(event.id);
      this.gathered.push({ model, _id, event });
    }
    this.publishing ??= this.publishGathered();
  }

  /** Sends what is in progress and stops. */
  async close() {
    clearInterval(this.timer);
    const deadline = performance.now() + 3_000;
    while ((this.publishing || this.inFlight.size > 0 || this.pulling || this.sweeping) && performance.now() < deadline)
      await delay(20);
    register.removeSingleMetric(UNSENT_METRIC);
  }

  /**
   * A single event is sent at once; those in a burst are sent together, which is cheaper for every receiving process.
   */
  private async publishGathered() {
    do {
      await nextTurn();
      const batch = this.gathered.splice(0);
      for (const { model, _id, event } of batch) void this.send(model, _id, event);
      await delay(Math.min(batch.length * GATHER.each, GATHER.most));
    } while (this.gathered.length > 0);
    this.publishing = undefined;
  }

  private async send(model: Stored, _id: Types.ObjectId, event: Event) {
    try {
      if (!(await this.sent(event))) return;
      const entries = this.acknowledged.get(model) ?? [];
      entries.push({ _id, ids: [event.id] });
      this.acknowledged.set(model, entries);
      await (this.pulling ??= this.pullAll());
    } catch (error) {
      this.log.debug({ err: error, subject: event.subject }, 'event kept in its outbox, to be published again');
    } finally {
      this.inFlight.delete(event.id);
    }
  }

  private async sent(event: Event): Promise<boolean> {
    try {
      await this.bus.publish(event.subject, JSON.stringify(event));
      return true;
    } catch (error) {
      this.log.debug({ err: error, subject: event.subject }, 'event not published yet');
      return false;
    }
  }

  private async pullAll() {
    await delay(PULL_PAUSE);
    const batches = [...this.acknowledged];
    this.acknowledged.clear();
    this.pulling = undefined;
    for (const [model, entries] of batches) await pull(model, entries, { w: 1, journal: false });
  }

  private sweepAll() {
    if (!this.bus.ready) return;
    const before = new Date(this.clock.now().getTime() - SWEEP_AFTER).toISOString();
    const publish = (event: Event) => {
      if (!this.bus.ready) throw new Error('NATS is away');
      return this.inFlight.has(event.id) ? Promise.resolve(false) : this.sent(event);
    };
    this.sweeping ??= (async () => {
      for (const model of this.models) await sweep(model, before, publish);
    })()
      .catch((error: unknown) => this.log.warn({ err: error }, 'outbox sweep failed, will run again'))
      .finally(() => (this.sweeping = undefined));
  }
}

function measureUnsent(models: Stored[]) {
  new Gauge({
    name: UNSENT_METRIC,
    help: 'Documents with events that NATS has not acknowledged',
    async collect() {
      const counts = await Promise.all(
        models.map((model) => collectionOf(model).countDocuments(UNSENT, { hint: 'unsent' })),
      );
      this.set(counts.reduce((sum, count) => sum + count, 0));
    },
  });
}
