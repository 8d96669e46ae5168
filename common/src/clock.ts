import mongoose from 'mongoose';
import { Gauge } from 'prom-client';
import type { Logger } from './logger';

/** The time a service uses for its decisions. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock: for processes without a database, and for tests. */
export const systemClock: Clock = { now: () => new Date() };

const MEASURE_EVERY = 10_000;
/** Clock skew above which a warning is logged, in milliseconds. */
const MAX_SKEW = 2_000;

const skewGauge = new Gauge({
  name: 'ticketing_clock_skew_seconds',
  help: "How far this machine's clock is ahead of the database's",
});

/**
 * The time of the service's MongoDB, shared by all replicas regardless of their own clocks. Between measurements it
 * advances with the monotonic clock, so setting the system clock has no effect.
 */
export class DatabaseClock implements Clock {
  /** Offset from the monotonic clock to the database's, in milliseconds; undefined until measured. */
  private offset: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: Logger) {}

  /** Whether it has been measured; until then the machine's own clock is used. */
  get measured() {
    return this.offset !== undefined;
  }

  now() {
    return this.offset === undefined ? new Date() : new Date(performance.now() + this.offset);
  }

  /** How far the machine's clock is ahead of the database's, in milliseconds. */
  get skew() {
    return Date.now() - this.now().getTime();
  }

  /** Measures now and then repeatedly until `stop`. Rejects if the first measurement fails. */
  async start() {
    await this.measure();
    this.timer ??= setInterval(
      () =>
        void this.measure().catch((error: unknown) =>
          this.log.debug({ err: error }, "the database's clock could not be read"),
        ),
      MEASURE_EVERY,
    ).unref();
  }

  stop() {
    clearInterval(this.timer);
  }

  /**
   * The database read its clock at some point between request and response: the previous offset is kept if it is
   * consistent with that.
   */
  private async measure() {
    const asked = performance.now();
    const time = (await databaseTime()).getTime();
    const answered = performance.now();
    const [least, most] = [time - answered, time - asked];
    this.offset = Math.min(most, Math.max(least, this.offset ?? (least + most) / 2));
    const { skew } = this;
    skewGauge.set(skew / 1000);
    if (Math.abs(skew) > MAX_SKEW) this.log.warn({ skew }, "this machine's clock differs from the database's");
  }
}

async function databaseTime() {
  const { db } = mongoose.connection;
  if (!db) throw new Error('MongoDB is not connected');
  const { localTime } = await db.admin().command({ hello: 1 });
  return localTime as Date;
}
