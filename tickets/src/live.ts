import { OBJECT_ID, Refusal, streamEvent, streamPosition, Streams, type Bus, type Stream } from '@ticketing/common';
import type { Request, Response } from 'express';
import { fromId, History, START, SUBJECTS, toId, type Change } from './liveHistory';

const MAX_IDS = 100;
/** Between two writes to the readers, in milliseconds: while changes keep coming, one write takes more of them. */
const PAUSE = 50;
/** Whom more than this would have to be told at once, in characters, reads the listings again instead. */
const MAX_TEXT = 32 * 1024;

interface Reader {
  stream: Stream;
  /** The listings that it follows; all, if undefined. */
  ids?: Set<string>;
}

/** The streams of GET /api/tickets/events: every replica hears all events of listings and tells its own readers. */
export class LiveTickets {
  readonly streams = new Streams({ beat: () => streamPosition(this.told) });
  private readonly history = new History();
  private readonly readers = new Set<Reader>();
  private timer: NodeJS.Timeout | undefined;
  private toldAt = 0;
  /** How far all readers have been told, as an `id`. */
  private told = toId(START);

  constructor(watch: Bus['watch']) {
    for (const subject of SUBJECTS) {
      watch(subject, (sighting) => {
        this.history.see(subject, sighting);
        if (this.readers.size > 0)
          this.timer ??= setTimeout(() => this.tellAll(), Math.max(0, this.toldAt + PAUSE - Date.now()));
      });
    }
  }

  /** Answers with a stream of changes of the listings in `ids`, from where the reader was, if it says so. */
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
    this.toldAt = Date.now();
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
