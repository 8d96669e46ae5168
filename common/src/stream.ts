import { createHash } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import type { Request, Response } from 'express';
import { Gauge } from 'prom-client';
import { releaseAdmission } from './admission';
import { systemClock } from './clock';
import { networkOf, Refusal, type StreamEvents } from './contract';
import { Places } from './contract/places';
import { neverEnds } from './pipelining';
import type { Session } from './session';

/** Half of Node's heap, in bytes: the most that readers may use. */
const MAX_BYTES = getHeapStatistics().heap_size_limit / 2;
/** Cost of a reader in bytes, besides its request headers, which stay in memory until its stream ends. */
const READER_BYTES = 32 * 1024;
/** Headers are kept both raw and parsed. */
const HEADER_FACTOR = 3;
/** Maximum readers per network (a household, school or office), and per session within it. */
const PER_NETWORK = 200;
const PER_SESSION = 20;
/** Below any proxy's idle timeout. */
const HEARTBEAT = 15_000;
/** Reconnect delay for readers, in milliseconds; varied so that not all come back at once. */
const RETRY = { least: 1_000, spread: 2_000 };
/** Maximum backlog of a reader when there is more to send, in bytes, besides socket buffers. */
const MAX_WAITING = 16 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'close',
};

const readers = new Gauge({ name: 'ticketing_stream_readers', help: 'Open event streams' });

/** One event in its wire format. Its reader sends `id` as `Last-Event-ID` when it reconnects. */
export const streamEvent = <E extends keyof StreamEvents>(event: E, id: string | number, data: StreamEvents[E]) =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** Advances a reader's `Last-Event-ID` without an event. */
export const streamPosition = (id: string) => `id: ${id}\n\n`;

/** Reports ended sessions (see `Ended`). */
interface Endings {
  has(session: Session): boolean;
  onEnd(listener: () => void): void;
}

/** One reader's stream of Server-Sent Events. */
export class Stream {
  constructor(private readonly res: Response) {}

  /** Its reader's session, on a route behind `sessions.require`. */
  get session() {
    return this.res.locals.session as Session | undefined;
  }

  /** Writes text made by `streamEvent`. Disconnects a reader that is too slow: it reconnects and catches up. */
  send(text: string) {
    if (this.res.writableEnded) return;
    if (this.res.writableLength > MAX_WAITING) this.res.destroy();
    else this.res.write(text);
  }

  /** Ends the stream; the reader reconnects. */
  end() {
    this.res.end();
  }
}

/** Cost of a reader, in bytes. */
const costOf = ({ rawHeaders, url }: Request) =>
  READER_BYTES + HEADER_FACTOR * rawHeaders.reduce((sum, text) => sum + text.length, url.length);

/** A reader's browser, identified by its cookies within its network; undefined if it has none. */
const sessionOf = ({ headers: { cookie } }: Request) =>
  cookie && createHash('sha256').update(cookie).digest('base64url').slice(0, 22);

export interface StreamsOptions {
  /** Maximum cost of all readers, in bytes. */
  maxBytes?: number;
  /** Milliseconds between heartbeats. */
  heartbeat?: number;
  /** Creates the heartbeat; default: a comment. */
  beat?: () => string;
}

/** A service's open event streams: limited in number and memory, kept alive, and closed when the service stops. */
export class Streams {
  private readonly all = new Set<Stream>();
  private readonly networks = new Places({ total: Infinity, each: PER_NETWORK });
  private readonly sessions = new Places({ total: Infinity, each: PER_SESSION });
  private readonly maxBytes: number;
  private bytes = 0;
  private readonly timer: NodeJS.Timeout;
  private closed = false;
  private ended: Endings | undefined;
  private clock = systemClock;

  constructor({ maxBytes = MAX_BYTES, heartbeat = HEARTBEAT, beat = () => ':\n\n' }: StreamsOptions = {}) {
    this.maxBytes = maxBytes;
    this.timer = setInterval(() => {
      this.endThoseOver();
      if (this.all.size > 0) this.send(beat());
    }, heartbeat).unref();
  }

  /** From now on, ends each stream once its reader's session ends. */
  obey(ended: Endings, clock = systemClock) {
    [this.ended, this.clock] = [ended, clock];
    ended.onEnd(() => this.endThoseOver());
  }

  private isOver({ session }: Stream) {
    return session !== undefined && (session.expiresAt <= this.clock.now() || this.ended?.has(session) === true);
  }

  private endThoseOver() {
    for (const stream of this.all) if (this.isOver(stream)) stream.end();
  }

  /**
   * Answers a request with a stream.
   * @param onEnd called once when the stream has ended, for whatever reason
   * @throws a Refusal: 401 if the reader's session is over; 503 if the service is stopping or has reached its limit of
   *   readers, in total, per network or per session; or if the reader has already left
   */
  open(req: Request, res: Response, onEnd?: () => void): Stream {
    const stream = new Stream(res);
    // It may have ended since the request was admitted.
    if (this.isOver(stream)) throw new Refusal('sign-in-first');
    const leave = this.closed || res.destroyed ? undefined : this.admit(req);
    if (!leave) throw new Refusal('streams-full', { retryAfter: 5 });
    releaseAdmission(res);
    neverEnds(res);
    res.writeHead(200, HEADERS);
    this.all.add(stream);
    readers.inc();
    res.once('close', () => {
      this.all.delete(stream);
      readers.dec();
      leave();
      onEnd?.();
    });
    if (req.method === 'HEAD') stream.end();
    stream.send(`retry: ${Math.round(RETRY.least + Math.random() * RETRY.spread)}\n\n`);
    return stream;
  }

  /** Reserves a place for a reader: returns a function that frees it, or undefined if there is none. */
  private admit(req: Request): (() => void) | undefined {
    const [cost, network, session] = [costOf(req), networkOf(req.ip), sessionOf(req)];
    if (this.bytes + cost > this.maxBytes) return undefined;
    const leaveNetwork = this.networks.take(network);
    if (!leaveNetwork) return undefined;
    const leaveSession = session === undefined ? () => undefined : this.sessions.take(`${network} ${session}`);
    if (!leaveSession) return void leaveNetwork();
    this.bytes += cost;
    return () => {
      this.bytes -= cost;
      leaveNetwork();
      leaveSession();
    };
  }

  /** Ends all streams: their readers reconnect and catch up. */
  end() {
    for (const stream of this.all) stream.end();
  }

  /** Ends all streams for good: their readers move to another replica. */
  close() {
    this.closed = true;
    clearInterval(this.timer);
    this.end();
  }

  private send(text: string) {
    for (const stream of this.all) stream.send(text);
  }
}
