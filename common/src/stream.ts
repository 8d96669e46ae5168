import type { Request, Response } from 'express';
import { Gauge } from 'prom-client';
import { Refusal, type StreamEvents } from './contract';

const MAX_READERS = 5_000;
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

export interface StreamsOptions {
  max?: number;
  /** Milliseconds from one sign of life to the next. */
  heartbeat?: number;
  /** Makes the sign of life; a comment unless said otherwise. */
  beat?: () => string;
}

/** The open event streams of a service: bounded in number and memory, kept alive, and ended when the service stops. */
export class Streams {
  private readonly all = new Set<Stream>();
  private readonly max: number;
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  constructor({ max = MAX_READERS, heartbeat = HEARTBEAT, beat = () => ':\n\n' }: StreamsOptions = {}) {
    this.max = max;
    this.timer = setInterval(() => {
      if (this.all.size > 0) this.send(beat());
    }, heartbeat).unref();
  }

  /**
   * Answers a request with a stream.
   * @param onEnd called once when it has ended, however it did
   * @throws a Refusal (503) while the service has as many readers as it can serve, or stops; or if the reader has gone already
   */
  open(req: Request, res: Response, onEnd?: () => void): Stream {
    if (this.closed || res.destroyed || this.all.size >= this.max) throw new Refusal('streams-full', { retryAfter: 5 });
    res.writeHead(200, HEADERS);
    const stream = new Stream(res);
    this.all.add(stream);
    readers.inc();
    res.once('close', () => {
      this.all.delete(stream);
      readers.dec();
      onEnd?.();
    });
    if (req.method === 'HEAD') stream.end();
    stream.send(`retry: ${Math.round(RETRY.least + Math.random() * RETRY.spread)}\n\n`);
    return stream;
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
