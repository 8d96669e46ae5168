import mongoose, { type mongo } from 'mongoose';
import { Gauge } from 'prom-client';
import type { EndedData, NewEvent } from './contract';
import { batch } from './listeners';
import { byBatch, collectionOf } from './mongo';
import { SESSION_LIFETIME, type Session } from './session';

/** How long ended sessions are kept, in milliseconds: none of their tokens lives longer. */
const KEPT = SESSION_LIFETIME + 3_600_000;
/**
 * A read goes back this far behind the newest entry that is known, or behind the database's time if its clock was set
 * back: entries that are written side by side may become visible in another order than that of their times.
 */
const OVERLAP = 5_000;
/** After this long without a read, everything is read again: the database and its clock may be others by now. */
const GAP = 2_000;
const PRUNE_EVERY = 600_000;
/** Maximum entries in a process's memory, some 20 MB. */
const MAX_ENTRIES = 200_000;
/** A token from a sign-in in progress may be slightly younger than the end of its session. */
const SLACK = 60_000;

const gauge = new Gauge({
  name: 'ticketing_ended_sessions',
  help: 'Entries in memory of sessions that are over',
});

interface StoredEnd {
  /** The account, and the session if it is one. */
  _id: string;
  userId: string;
  sid: string | null;
  generation: number;
  /** When its last token expires. */
  until: Date;
  /** When this database received it, by its own clock. */
  heardAt: Date;
}

const schema = new mongoose.Schema<StoredEnd>(
  { ...{ _id: String, userId: String, sid: String }, ...{ generation: Number, until: Date, heardAt: Date } },
  { collection: 'endedsessions', versionKey: false, autoIndex: false },
);
schema.index({ heardAt: 1 });
schema.index({ until: 1 }, { expireAfterSeconds: 0 });

/** The ended sessions, in each service's own database. */
export const EndedSessions = mongoose.model('EndedSession', schema);
const stored = () => collectionOf(EndedSessions) as unknown as mongo.Collection<StoredEnd>;

const untilOf = ({ endedAt }: EndedData) => new Date(new Date(endedAt).getTime() + KEPT);

/** Stores ended sessions for every replica of this service. Idempotent. */
export async function keepEnded(ends: EndedData[]) {
  const alive = ends.filter((end) => untilOf(end).getTime() > Date.now());
  if (alive.length === 0) return;
  const writes = alive.flatMap((end): mongo.AnyBulkWriteOperation<StoredEnd>[] => {
    const { userId, sid, generation } = end;
    const update = {
      $set: { userId, sid },
      $max: { generation, until: untilOf(end) },
      $currentDate: { heardAt: true as const },
    };
    const upsert = { updateOne: { filter: { _id: sid ? `${userId}/${sid}` : userId }, update, upsert: true } };
    // All of an account's sessions include those that were ended one by one.
    const within = { $gt: `${userId}/`, $lt: `${userId}0` };
    return sid ? [upsert] : [upsert, { deleteMany: { filter: { _id: within, generation: { $lt: generation } } } }];
  });
  await stored().bulkWrite(writes, { ordered: false });
}

const since = (newest: Date) => ({
  $expr: { $gte: ['$heardAt', { $subtract: [{ $min: [newest, '$$NOW'] }, OVERLAP] }] },
});

/** A service's listener to `session:ended`: the same in each that knows who is calling. */
export const endings = batch<'session:ended'>((events) => keepEnded(events.map(({ data }) => data)));

/** An account's ended sessions. */
interface Account {
  /** Sessions of a lower generation have ended. */
  generation: number;
  /** Sessions ended one by one → their generation. */
  sids: Map<string, number>;
  /** When the last token of all these expires, in milliseconds since 1970. */
  until: number;
}

/**
 * The sessions that are over, in memory, so that a request asks nobody. It follows the service's database by reading
 * what is new there, several times a second: whatever was missed for however long is in the next read.
 */
export class Ended {
  private readonly accounts = new Map<string, Account>();
  private readonly listeners: (() => void)[] = [];
  private size = 0;
  /** Tokens from before this time, in milliseconds since 1970, count as ended: their entries were dropped. */
  private floor = 0;
  private newest = new Date(0);
  private readAt = -Infinity;
  private prunedAt = Date.now();

  constructor(private readonly max = MAX_ENTRIES) {}

  /** Whether a session has ended. No I/O. */
  has({ userId, sid, generation, issuedAt }: Session): boolean {
    const account = this.accounts.get(userId);
    if (account && (generation < account.generation || account.sids.has(sid))) return true;
    return issuedAt.getTime() < this.floor;
  }

  /** Number of entries in memory. */
  get entries() {
    return this.size;
  }

  /** Calls `listener` whenever sessions have ended. */
  onEnd(listener: () => void) {
    this.listeners.push(listener);
  }

  /**
   * Obeys events of this service itself, whether or not there is a bus: this process at once, its other replicas by the
   * database.
   */
  obey = async (events: NewEvent[]) => {
    const ends = events.flatMap((event) => (event.subject === 'session:ended' ? event.data : []));
    if (ends.length === 0) return;
    for (const end of ends) this.add({ ...end, until: untilOf(end) });
    this.tell();
    await keepEnded(ends);
  };

  /** Reads what the database has received since the last read; at first, everything. */
  async refresh() {
    const startedAt = performance.now();
    if (startedAt - this.readAt > GAP) this.newest = new Date(0);
    let isNews = false;
    for await (const end of stored().find(since(this.newest), byBatch)) {
      if (end.heardAt > this.newest) this.newest = end.heardAt;
      isNews = this.add(end) || isNews;
    }
    this.readAt = startedAt;
    if (isNews) this.tell();
    if (this.prunedAt + PRUNE_EVERY < Date.now()) this.prune();
  }

  /** Returns whether it was not known before. */
  private add({ userId, sid, generation, until }: Pick<StoredEnd, 'userId' | 'sid' | 'generation' | 'until'>): boolean {
    const account = this.accounts.get(userId) ?? { generation: 0, sids: new Map<string, number>(), until: 0 };
    const isKnown = sid ? generation < account.generation || account.sids.has(sid) : generation <= account.generation;
    if (isKnown) return false;
    const before = account.sids.size;
    if (sid) account.sids.set(sid, generation);
    else {
      account.generation = generation;
      for (const [each, of] of account.sids) if (of < generation) account.sids.delete(each);
    }
    account.until = Math.max(account.until, until.getTime());
    this.size += account.sids.size - before + (this.accounts.has(userId) ? 0 : 1);
    this.accounts.set(userId, account);
    if (this.size > this.max) this.forget();
    gauge.set(this.size);
    return true;
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }

  /** Drops entries without live tokens. */
  private prune(before = Date.now()) {
    this.prunedAt = Date.now();
    for (const [userId, { until, sids }] of this.accounts) {
      if (until > before) continue;
      this.accounts.delete(userId);
      this.size -= 1 + sids.size;
    }
    gauge.set(this.size);
  }

  /**
   * Makes room: drops the older half, and with it every token that might have been among it. Their owners sign in
   * again; nobody whose session was ended is let in.
   */
  private forget() {
    const untils = [...this.accounts.values()].map(({ until }) => until).sort((one, other) => one - other);
    const middle = untils[untils.length >> 1] ?? 0;
    this.floor = Math.max(this.floor, middle - KEPT + SLACK);
    this.prune(middle);
  }
}
