import { parseEvent, streamEvent, toMajor, type Sighting, type TicketBody, type TicketData } from '@ticketing/common';

export const SUBJECTS = ['ticket:created', 'ticket:updated'] as const;
type Subject = (typeof SUBJECTS)[number];

/** The last message of a subject that was heard: its sequence number, and the beginning of its event's id. */
interface Heard {
  sequence: number;
  mark: string;
}

/**
 * How far someone has come in each subject. Sequence numbers are the same in every replica; the marks tell whether they
 * are still those of the same messages, or NATS has begun to count anew.
 */
export type Position = Partial<Record<Subject, Heard>>;

/** As the `id` of a stream's events: `ticket:created=12.3fa90c1e,ticket:updated=…`. */
export const toId = (position: Position): string =>
  SUBJECTS.flatMap((subject) => {
    const heard = position[subject];
    return heard ? [`${subject}=${heard.sequence}.${heard.mark}`] : [];
  }).join(',') || 'start';

export function fromId(id: string): Position | undefined {
  if (id === 'start') return {};
  const position: Position = {};
  for (const said of id.split(',')) {
    const [, name, sequence, mark] = /^([a-z:]+)=(\d{1,15})\.([\w-]{0,8})$/.exec(said) ?? [];
    if (mark === undefined) return undefined;
    const subject = SUBJECTS.find((subject) => subject === name);
    if (subject) position[subject] = { sequence: Number(sequence), mark };
  }
  return position;
}

/** The newest that was heard of a listing, ready to be sent. */
export interface Change {
  ticketId: string;
  version: number;
  subject: Subject;
  sequence: number;
  text: string;
}

const SIZE = 2_000;

/**
 * What this replica has heard of listings lately: of each the newest version, in the order of hearing. Messages are
 * kept unread, at next to no cost, until somebody asks.
 */
export class History {
  readonly position: Position = {};
  private unread: (Sighting & { subject: Subject })[] = [];
  private readonly changes = new Map<string, Change>();
  /** The marks of the messages since what was forgotten, each by its subject and sequence number. */
  private readonly marks = new Map<string, string>();
  /** Nothing is left of what came up to here. */
  private forgotten: Partial<Record<Subject, number>> = {};
  private missed = false;

  see(subject: Subject, sighting: Sighting) {
    this.unread.push({ subject, ...sighting });
    if (this.unread.length <= SIZE) return;
    const [oldest] = this.unread.splice(0, 1);
    if (oldest) this.forget(oldest.subject, oldest.sequence);
  }

  /** Reads what was seen since the last call: each listing's newest change, and whether others were missed. */
  read(): { changes: Change[]; missed: boolean } {
    const fresh = new Map<string, Change>();
    for (const { subject, sequence, text, gap } of this.unread.splice(0)) {
      const isAnew = sequence <= (this.position[subject]?.sequence ?? 0);
      if (gap || isAnew) {
        this.forget(subject, sequence - 1);
        fresh.clear();
      }
      const change = this.changeOf(subject, sequence, text);
      if (!change || change.version <= (this.changes.get(change.ticketId)?.version ?? -1)) continue;
      for (const map of [this.changes, fresh]) {
        map.delete(change.ticketId);
        map.set(change.ticketId, change);
      }
    }
    this.trim();
    const { missed } = this;
    this.missed = false;
    return { changes: [...fresh.values()], missed };
  }

  /** The changes that somebody has not seen who came as far as `from`; undefined where that is not known for certain. */
  since(from: Position): Change[] | undefined {
    const isKnown = SUBJECTS.every((subject) => {
      const { sequence, mark } = from[subject] ?? { sequence: 0, mark: '' };
      if (sequence < (this.forgotten[subject] ?? 0)) return false;
      return (this.marks.get(`${subject} ${sequence}`) ?? '') === mark;
    });
    if (!isKnown) return undefined;
    return [...this.changes.values()].filter(({ subject, sequence }) => sequence > (from[subject]?.sequence ?? 0));
  }

  /** Notes how far it has come, and what the message says of a listing. What cannot be understood is no news. */
  private changeOf(subject: Subject, sequence: number, text: string): Change | undefined {
    try {
      const { id, data, version } = parseEvent(subject, text);
      this.note(subject, sequence, id.slice(0, 8));
      const body = toBody(data, version);
      return { ticketId: data.id, version, subject, sequence, text: streamEvent('ticket', toId(this.position), body) };
    } catch {
      this.note(subject, sequence, '');
      return undefined;
    }
  }

  private note(subject: Subject, sequence: number, mark: string) {
    this.position[subject] = { sequence, mark };
    this.marks.set(`${subject} ${sequence}`, mark);
  }

  private forget(subject: Subject, sequence: number) {
    this.changes.clear();
    this.marks.clear();
    for (const other of SUBJECTS) this.forgotten[other] = this.position[other]?.sequence ?? 0;
    this.forgotten[subject] = sequence;
    for (const [other, heard] of Object.entries(this.position))
      if (heard && other !== subject) this.marks.set(`${other} ${heard.sequence}`, heard.mark);
    this.missed = true;
  }

  private trim() {
    for (const [id, { subject, sequence }] of this.changes) {
      if (this.changes.size <= SIZE) break;
      this.changes.delete(id);
      this.forgotten[subject] = sequence;
    }
    for (const key of this.marks.keys()) {
      if (this.marks.size <= 2 * SIZE) break;
      this.marks.delete(key);
    }
  }
}

const toBody = ({ seq: _seq, price, ...said }: TicketData, version: number): TicketBody => ({
  ...said,
  price: toMajor(price),
  version,
});
