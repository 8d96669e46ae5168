import { Gauge } from 'prom-client';
import { systemClock } from './clock';
import type { NewEvent } from './contract';
import { heardSince, keepEnded, KEPT, untilOf, type StoredEnd } from './endedStore';
import type { Session } from './session';

export { EndedSessions, endings, keepEnded } from './endedStore';

/** After this long without a read, everything is read again: the database may have changed, and its clock with it. */
const GAP = 2_000;
const PRUNE_EVERY = 600_000;
/** Maximum entries in a process's memory, some 20 MB. */
const MAX_ENTRIES = 200_000;
/** A token from a sign-in in progress may be slightly younger than the end of its session. */
const SLACK = 60_000;

const gauge = new Gauge({
  name: 'ticketing_ended_sessions',
  help: 'Entries in memory about ended sessions',
});

/** Which of an account's sessions have ended. */
interface Account {
  /** Sessions of a lower generation have ended. */
  generation: number;
  /** Sessions ended one by one → their generation. */
  sids: Map<string, number>;
  /** Tokens issued before this time, in milliseconds since 1970, count as ended: their sessions were dropped. */
  floor: number;
  /** When all of their tokens have expired, in milliseconds since 1970. */
  until: number;
}

/**
 * The ended sessions, in memory, so that requests need no lookup. It follows the service's database by reading
 * new entries several times a second: whatever was missed, for however long, is in the next read.
 */
export class Ended {
  private readonly accounts = new Map<string, Account>();
  private readonly listeners: (() => void)[] = [];
  private size = 0;
  /** Tokens issued before this time, in milliseconds since 1970, count as ended: their entries were dropped. */
  private floor = 0;
  private newest = new Date(0);
  private readAt = -Infinity;
  private prunedAt = performance.now();

  constructor(
    private readonly max = MAX_ENTRIES,
    private readonly clock = systemClock,
  ) {}

  /** Whether a session has ended. No I/O. */
  has({ userId, sid, generation, issuedAt }: Session): boolean {
    const account = this.accounts.get(userId);
    if (account && (generation < account.generation || account.sids.has(sid))) return true;
    return issuedAt.getTime() < Math.max(this.floor, account?.floor ?? 0);
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
   * Applies this service's own events, with or without a bus: in this process at once, in other replicas through the
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
    if (performance.now() - this.readAt > GAP) this.newest = new Date(0);
    let isNews = false;
    for await (const end of heardSince(this.newest)) {
      if (end.heardAt > this.newest) this.newest = end.heardAt;
      isNews = this.add(end) || isNews;
    }
    // Not when it began: reading everything may take longer than the gap, and would never end.
    this.readAt = performance.now();
    if (isNews) this.tell();
    if (this.prunedAt + PRUNE_EVERY < performance.now()) this.prune();
  }

  /** Returns whether it was not known before. */
  private add({ userId, sid, generation, until }: Pick<StoredEnd, 'userId' | 'sid' | 'generation' | 'until'>): boolean {
    const account = this.accounts.get(userId) ?? { generation: 0, sids: new Map<string, number>(), floor: 0, until: 0 };
    const isKnown = sid ? generation < account.generation || account.sids.has(sid) : generation <= account.generation;
    if (isKnown || (sid && floorOf(until.getTime()) <= Math.max(this.floor, account.floor))) return false;
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

  /** Drops entries without valid tokens. */
  private prune(before = this.clock.now().getTime()) {
    this.prunedAt = performance.now();
    for (const [userId, { until, sids }] of this.accounts) {
      if (until > before) continue;
      this.accounts.delete(userId);
      this.size -= 1 + sids.size;
    }
    gauge.set(this.size);
  }

  /**
   * Frees a quarter: drops the single entries of the accounts with the most of them, which also ends what else
   * of these accounts began earlier. If that is not enough, there are so many accounts that
   * the older half is dropped, and every token that may belong to it ends. Owners sign in again; nobody whose session
   * has ended is let in.
   */
  private forget() {
    const enough = this.max * 0.75;
    const byMost = [...this.accounts.values()].sort(
      (one, other) => other.sids.size - one.sids.size || one.until - other.until,
    );
    for (const account of byMost) {
      if (this.size <= enough || account.sids.size === 0) break;
      account.floor = Math.max(account.floor, floorOf(account.until));
      this.size -= account.sids.size;
      account.sids.clear();
    }
    if (this.size <= enough) return;
    const untils = byMost.map(({ until }) => until).sort((one, other) => one - other);
    const middle = untils[untils.length >> 1] ?? 0;
    this.floor = Math.max(this.floor, floorOf(middle));
    this.prune(middle);
  }
}

/** The latest time at which a token of the ended sessions was issued. */
const floorOf = (until: number) => until - KEPT + SLACK;
