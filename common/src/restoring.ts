import mongoose, { type mongo } from 'mongoose';
import type { Bus } from './bus';
import type { Clock } from './clock';
import type { Logger } from './logger';
import { collectionOf } from './mongo';
import { tellAll, type Owned } from './republish';
import type { Task } from './tasks';

/** What a service has told: which store of the broker has it. */
interface Told {
  _id: 'nats';
  store: string;
  /** Until when one process tells everything to another store. */
  until: Date;
}

const schema = new mongoose.Schema<Told>(
  { _id: String, store: String, until: Date },
  { collection: 'brokers', versionKey: false, autoIndex: false },
);
export const Brokers = mongoose.model('Broker', schema);
const brokers = () => collectionOf(Brokers) as unknown as mongo.Collection<Told>;

const _id = 'nats';
const EVERY = 1_000;
/** A process that dies while it tells keeps others from it for so long, in milliseconds. */
const LEASE = 60_000;

/**
 * Tells everything again once the broker has lost its store: what it had acknowledged and not delivered is nowhere else,
 * such as that a session is over, that an account is frozen, or that a sale is undone.
 */
export function restoring(
  bus: Pick<Bus, 'ready' | 'store' | 'publish'>,
  owned: Owned[],
  log: Logger,
  clock: Clock,
  signal?: AbortSignal,
): Task[] {
  let told: string | undefined;

  /** Whether another store was told before, and this process is to tell this one. */
  async function isToTell(store: string): Promise<boolean | undefined> {
    const now = clock.now();
    const first = { store, until: now };
    const known = await brokers().findOneAndUpdate(
      { _id },
      { $setOnInsert: first },
      { upsert: true, returnDocument: 'after' },
    );
    if (known?.store === store) return false;
    const until = new Date(now.getTime() + LEASE);
    const { matchedCount } = await brokers().updateOne({ _id, until: { $lte: now } }, { $set: { until } });
    return matchedCount > 0 ? true : undefined;
  }

  async function run() {
    const { ready, store } = bus;
    if (!ready || store === undefined || store === told) return;
    const isMine = await isToTell(store);
    if (isMine === undefined) return;
    if (isMine) {
      log.error('the broker has lost what it had: everything is told again');
      log.warn(await tellAll(bus, owned, log, clock, signal), 'everything was told again');
      await brokers().updateOne({ _id }, { $set: { store, until: clock.now() } });
    }
    told = store;
  }

  return owned.length > 0 ? [{ name: 'tell a broker that lost its store everything', every: EVERY, run }] : [];
}
