import mongoose, { type mongo } from 'mongoose';
import type { Bus } from './bus';
import type { Clock } from './clock';
import type { Logger } from './logger';
import { collectionOf } from './mongo';
import { tellAll, type Owned } from './republish';
import type { Task } from './tasks';

/** The broker's store to which a service has published everything. */
interface Told {
  _id: 'nats';
  store: string;
  /** Until when one process is publishing everything to another store. */
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
/** If a process dies while republishing, the others wait this long, in milliseconds. */
const LEASE = 60_000;

/**
 * Republishes everything once the broker has lost its store: events it had acknowledged but not delivered exist nowhere
 * else, such as that a session has ended, an account is frozen, or a sale was undone.
 */
export function restoring(
  bus: Pick<Bus, 'ready' | 'store' | 'publish'>,
  owned: Owned[],
  log: Logger,
  clock: Clock,
  signal?: AbortSignal,
): Task[] {
  let told: string | undefined;

  /** Whether this process should republish: everything was published to another store. Undefined while another does. */
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

  /** Republishes everything, and keeps the others waiting for as long as it takes. */
  async function tell() {
    const until = () => new Date(clock.now().getTime() + LEASE);
    const renew = () => brokers().updateOne({ _id }, { $set: { until: until() } });
    const renewing = setInterval(() => void renew().catch(() => undefined), LEASE / 4);
    try {
      return await tellAll(bus, owned, log, clock, signal);
    } finally {
      clearInterval(renewing);
    }
  }

  async function run() {
    const { ready, store } = bus;
    if (!ready || store === undefined || store === told) return;
    const isMine = await isToTell(store);
    if (isMine === undefined) return;
    if (isMine) {
      log.error('the broker has lost its store: republishing everything');
      log.warn(await tell(), 'everything was republished');
      await brokers().updateOne({ _id }, { $set: { store, until: clock.now() } });
    }
    told = store;
  }

  return owned.length > 0 ? [{ name: 'tell a broker that lost its store everything', every: EVERY, run }] : [];
}
