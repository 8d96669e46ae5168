import { OBJECT_ID, Refusal, streamEvent, streamPosition, Streams, type Bus, type Stream } from '@ticketing/common';
import type { Request, Response } from 'express';
import { fromId, History, START, SUBJECTS, toId, type Change } from './liveHistory';

const MAX_IDS = 100;
/** Pause between writes to readers, in milliseconds: while changes keep coming, one write contains more of them. */
const PAUSE = 50;
/** Above this many characters, tell the reader to refetch. */
const MAX_TEXT = 32 * 1024;

interface Reader {
  stream: Stream;
  /** The listings it follows; undefined means all. */
  ids?: Set<string>;
}

/**
 * The streams of GET /api/tickets/events: every replica receives all listing events and forwards them to its own
 * readers.
 */
export class LiveTickets {
  readonly streams = new Streams({ beat: () => streamPosition(this.told) });
  private readonly history = new History();
  private readonly readers = new Set<Reader>();
  private timer: NodeJS.Timeout | undefined;
  /** Not by the machine's clock, which may be set back. */
  private toldAt = -Infinity;
  /** The position up to which all readers are informed, as an `id`. */
  private told = toId(START);

  constructor(watch: Bus['watch']) {
    for (const subject of SUBJECTS) {
      watch(subject, (sighting) => {
        this.history.see(subject, sighting);
        if (this.readers.size > 0)
          this.timer ??= setTimeout(() => this.tellAll(), Math.max(0, this.toldAt + PAUSE - performance.now()));
      });
    }
  }

  /** Responds with a stream of changes to the listings in `ids`, resuming where the reader left off, if it says so. */
  open(req: Request, res: Response) {
    const ids = idsOf(req.query);
    const lastId = req.get('last-event-id');
    this.tellAll();
    const reader: Reader = { stream: this.streams.open(req, res, () => this.readers.delete(reader)), ids };
    this.readers.add(reader);
    if (lastId === undefined) return reader.stream.send(streamPosition(this.told));
    const from = fromId(lastId);
    const changes = from && this.history.since(from);
    if (!changes) return this.refetch(reader);
    this.tell(reader, changes);
  }

  private tellAll() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.toldAt = performance.now();
    const { changes, missed } = this.history.read();
    this.told = toId(this.history.position);
    for (const reader of this.readers) {
      if (missed) this.refetch(reader);
      this.tell(reader, changes);
    }
  }

  private tell(reader: Reader, changes: Change[]) {
    const { stream, ids } = reader;
    const text = changes
      .filter(({ ticketId }) => !ids || ids.has(ticketId))
      .map(({ text }) => text)
      .join('');
    if (text.length > MAX_TEXT) this.refetch(reader);
    else if (text) stream.send(text);
  }

  private refetch(reader: Reader) {
    reader.stream.send(streamEvent('refetch', this.told, {}));
  }
}

function idsOf({ ids }: Request['query']): Set<string> | undefined {
  if (ids === undefined) return undefined;
  const list = typeof ids === 'string' ? ids.toLowerCase().split(',') : [];
  if (list.length === 0 || list.length > MAX_IDS || !list.every((id) => OBJECT_ID.test(id)))
    throw new Refusal('ids-malformed', { field: 'ids', params: { max: MAX_IDS } });
  return new Set(list);
}
