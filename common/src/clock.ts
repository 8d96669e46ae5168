import mongoose from 'mongoose';
import { Gauge } from 'prom-client';
import type { Logger } from './logger';

/** Tells the time by which a service decides. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock: for what has no database to agree with, and for tests. */
export const systemClock: Clock = { now: () => new Date() };

const MEASURE_EVERY = 10_000;
/** From here on the machine's clock is said to be wrong, in milliseconds. */
const MAX_SKEW = 2_000;

const skewGauge = new Gauge({
  name: 'ticketing_clock_skew_seconds',
  help: "How far this machine's clock is ahead of the database's",
});

/**
 * The time of the service's MongoDB, which all its replicas share, whatever their own clocks say. It runs on by the
 * monotonic clock between measurements, so that a clock that is set meanwhile changes nothing.
 */
export class DatabaseClock implements Clock {
  /** Milliseconds from the monotonic clock to the database's; undefined until it is measured. */
  private offset: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly log: Logger) {}

  /** Whether it has been measured; until then it says what the machine's own clock says. */
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

  /** Measures, and goes on doing so until `stop`. Rejects if the first measurement fails. */
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

  /** The database told its time somewhere between question and answer: an offset that allows for that is kept. */
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
