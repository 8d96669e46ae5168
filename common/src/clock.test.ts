import mongoose from 'mongoose';
import { register } from 'prom-client';
import { pino } from 'pino';
import { DatabaseClock } from './clock';
import { quiet, startMongo } from './testing';

const MINUTE = 60_000;
const RealDate = Date;

let mongo: Awaited<ReturnType<typeof startMongo>>;
beforeAll(async () => {
  mongo = await startMongo();
});
afterEach(() => {
  globalThis.Date = RealDate;
});
afterAll(() => mongo.stop());

/** Sets this process's clock ahead of the machine's, on which mongod runs. */
function setClockAhead(ms: number) {
  globalThis.Date = class extends RealDate {
    constructor(...args: [] | [number]) {
      super(args.length === 0 ? RealDate.now() + ms : args[0]);
    }
    static override now() {
      return RealDate.now() + ms;
    }
  } as DateConstructor;
}

/** Runs `read` and says whether the time it returned lies between its start and end by mongod's clock. */
function isDatabaseTime(read: () => Date) {
  // The measurement may be off by half of its round trip.
  const tolerance = 5_000;
  return Math.abs(read().getTime() - RealDate.now()) < tolerance;
}

test.each([16 * MINUTE, -16 * MINUTE])(
  'a machine whose clock is %d ms ahead uses the time of its database',
  async (ms) => {
    const warnings: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
    setClockAhead(ms);
    const clock = new DatabaseClock(log);
    expect(clock.measured).toBe(false);
    await clock.start();
    clock.stop();
    expect(clock.measured).toBe(true);
    expect(isDatabaseTime(() => clock.now())).toBe(true);
    expect(warnings.map((line) => Math.round((JSON.parse(line) as { skew: number }).skew / MINUTE))).toEqual([
      ms / MINUTE,
    ]);
    const gauge = await register.getSingleMetricAsString('ticketing_clock_skew_seconds');
    expect(Math.round(Number(/ (\S+)$/.exec(gauge)?.[1]) / 60)).toBe(ms / MINUTE);
  },
);

test("setting the machine's clock while the service runs changes nothing", async () => {
  const clock = new DatabaseClock(quiet);
  await clock.start();
  clock.stop();
  setClockAhead(16 * MINUTE);
  expect(isDatabaseTime(() => clock.now())).toBe(true);
  expect(Math.round(clock.skew / MINUTE)).toBe(16);
});

test('cannot start without a database', async () => {
  await mongoose.disconnect();
  await expect(new DatabaseClock(quiet).start()).rejects.toThrow();
});
