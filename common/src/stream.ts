import { createHash } from 'node:crypto';
import { getHeapStatistics } from 'node:v8';
import type { Request, Response } from 'express';
import { Gauge } from 'prom-client';
import { releaseAdmission } from './admission';
import { Refusal, type StreamEvents } from './contract';
import { networkOf } from './network';
import { Places } from './places';

/** Half of the heap that node was given, in bytes: the most that readers may take. */
const MAX_BYTES = getHeapStatistics().heap_size_limit / 2;
/** What a reader costs in bytes, beside the headers that it sent: those stay in memory until its stream ends. */
const READER_BYTES = 32 * 1024;
/** A header's text is there raw and parsed. */
const HEADER_FACTOR = 3;
/** Readers of one network, which may be a household, a school or an office, and of one session in it. */
const PER_NETWORK = 200;
const PER_SESSION = 20;
/** Below the idle time-out of any proxy in front. */
const HEARTBEAT = 15_000;
/** A reader comes back so many milliseconds later; not all of them at the same moment. */
const RETRY = { least: 1_000, spread: 2_000 };
/** What may still wait for a reader when there is more to send, in bytes, beside what the sockets hold. */
const MAX_WAITING = 16 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  Connection: 'close',
};

const readers = new Gauge({ name: 'ticketing_stream_readers', help: 'Open event streams' });

/** One event as it is written. `id` is what its reader sends as `Last-Event-ID` when it comes back. */
export const streamEvent = <E extends keyof StreamEvents>(event: E, id: string | number, data: StreamEvents[E]) =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** Moves a reader's `Last-Event-ID` on without an event. */
export const streamPosition = (id: string) => `id: ${id}\n\n`;

/** One reader's stream of Server-Sent Events. */
export class Stream {
  constructor(private readonly res: Response) {}

  /** Writes text as `streamEvent` makes it. Cuts a reader that is too slow: it comes back, and catches up. */
  send(text: string) {
    if (this.res.writableEnded) return;
    if (this.res.writableLength > MAX_WAITING) this.res.destroy();
    else this.res.write(text);
  }

  /** Ends it; the reader comes back. */
  end() {
    this.res.end();
  }
}

/** What a reader costs, in bytes. */
const costOf = ({ rawHeaders, url }: Request) =>
  READER_BYTES + HEADER_FACTOR * rawHeaders.reduce((sum, text) => sum + text.length, url.length);

/** A reader's browser, as its cookies tell it from others of its network; undefined where it has none. */
const sessionOf = ({ headers: { cookie } }: Request) =>
  cookie && createHash('sha256').update(cookie).digest('base64url').slice(0, 22);

export interface StreamsOptions {
  /** The most that all readers may cost, in bytes. */
  maxBytes?: number;
  /** Milliseconds from one sign of life to the next. */
  heartbeat?: number;
  /** Makes the sign of life; a comment unless said otherwise. */
  beat?: () => string;
}

/** The open event streams of a service: bounded in number and memory, kept alive, and ended when the service stops. */
export class Streams {
  private readonly all = new Set<Stream>();
  private readonly networks = new Places({ total: Infinity, each: PER_NETWORK });
  private readonly sessions = new Places({ total: Infinity, each: PER_SESSION });
  private readonly maxBytes: number;
  private bytes = 0;
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  constructor({ maxBytes = MAX_BYTES, heartbeat = HEARTBEAT, beat = () => ':\n\n' }: StreamsOptions = {}) {
    this.maxBytes = maxBytes;
    this.timer = setInterval(() => {
      if (this.all.size > 0) this.send(beat());
    }, heartbeat).unref();
  }

  /**
   * Answers a request with a stream.
   * @param onEnd called once when it has ended, however it did
   * @throws a Refusal (503) while the service has as many readers as it can serve, in all, of a network or of a session,
   * or stops; or if the reader has gone already
   */
  open(req: Request, res: Response, onEnd?: () => void): Stream {
    const leave = this.closed || res.destroyed ? undefined : this.admit(req);
    if (!leave) throw new Refusal('streams-full', { retryAfter: 5 });
    releaseAdmission(res);
    res.writeHead(200, HEADERS);
    const stream = new Stream(res);
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

  /** Makes room for a reader: gives what makes it free again, or undefined where there is none. */
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

  /** Ends all streams: their readers come back, and catch up. */
  end() {
    for (const stream of this.all) stream.end();
  }

  /** Ends all streams for good: their readers go to another replica. */
  close() {
    this.closed = true;
    clearInterval(this.timer);
    this.end();
  }

  private send(text: string) {
    for (const stream of this.all) stream.send(text);
  }
}
