import { parseEvent, streamEvent, toMajor, type Sighting, TicketBody, type TicketData } from '@ticketing/common';
import { UNTOLD } from './bodies';

export const SUBJECTS = ['ticket:created', 'ticket:updated'] as const;
type Subject = (typeof SUBJECTS)[number];

/** A position in each subject: the same in every replica, and always increasing (see `Sighting`). */
export type Position = Record<Subject, number>;

export const START: Position = { 'ticket:created': 0, 'ticket:updated': 0 };

/** Formatted as the `id` of stream events: `ticket:created=12,ticket:updated=34`. */
export const toId = (position: Position) => SUBJECTS.map((subject) => `${subject}=${position[subject]}`).join(',');

/** Subjects missing from an id are at their start; unknown ones are ignored. */
export function fromId(id: string): Position | undefined {
  const position = { ...START };
  for (const part of id.split(',')) {
    const [, name, sequence] = /^([a-z:]+)=(\d{1,16})$/.exec(part) ?? [];
    if (sequence === undefined) return undefined;
    const subject = SUBJECTS.find((subject) => subject === name);
    if (subject) position[subject] = Number(sequence);
  }
  return position;
}

/** A listing's latest change, ready to send. */
export interface Change {
  ticketId: string;
  version: number;
  subject: Subject;
  sequence: number;
  text: string;
}

const SIZE = 2_000;
/** How far another replica may be ahead of this one: a minute, in microseconds. */
const AHEAD = 60_000_000;

/**
 * The recent changes this replica has received: each listing's newest version, in order of arrival. Messages are stored
 * unparsed, at almost no cost, until somebody asks.
 */
export class History {
  readonly position = { ...START };
  private unread: (Sighting & { subject: Subject })[] = [];
  private readonly changes = new Map<string, Change>();
  /** Everything up to here has been dropped. */
  private forgotten = { ...START };
  private missed = false;

  see(subject: Subject, sighting: Sighting) {
    this.unread.push({ subject, ...sighting });
    if (this.unread.length <= SIZE) return;
    const [oldest] = this.unread.splice(0, 1);
    if (oldest) this.forget(oldest.subject, oldest.sequence);
  }

  /** Parses what has arrived since the last call: each listing's newest change, and whether any were missed. */
  read(): { changes: Change[]; missed: boolean } {
    const fresh = new Map<string, Change>();
    for (const { subject, sequence, text, gap } of this.unread.splice(0)) {
      if (gap) this.forget(subject, sequence - 1);
      this.position[subject] = sequence;
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

  /**
   * The changes after position `from`; undefined if some of them are no longer known. Another replica may be slightly
   * ahead of this one, but not much.
   */
  since(from: Position): Change[] | undefined {
    const known = SUBJECTS.every(
      (subject) => from[subject] >= this.forgotten[subject] && from[subject] <= this.position[subject] + AHEAD,
    );
    return known ? [...this.changes.values()].filter(({ subject, sequence }) => sequence > from[subject]) : undefined;
  }

  /** Messages that cannot be parsed are ignored. */
  private changeOf(subject: Subject, sequence: number, text: string): Change | undefined {
    try {
      const { data, version } = parseEvent(subject, text);
      const body = bodyOf(data, version);
      return { ticketId: data.id, version, subject, sequence, text: streamEvent('ticket', toId(this.position), body) };
    } catch {
      return undefined;
    }
  }

  private forget(subject: Subject, sequence: number) {
    this.changes.clear();
    this.position[subject] = sequence;
    this.forgotten = { ...this.position };
    this.missed = true;
  }

  private trim() {
    for (const [id, { subject, sequence }] of this.changes) {
      if (this.changes.size <= SIZE) return;
      this.changes.delete(id);
      this.forgotten[subject] = sequence;
    }
  }
}

/** What the API shows of a listing; the rest is for other services. */
const bodyOf = ({ price, faceValue, ...said }: TicketData, version: number): TicketBody =>
  TicketBody.parse({
    ...said,
    ...UNTOLD,
    price: toMajor(price),
    faceValue: faceValue === null ? null : toMajor(faceValue),
    version,
  });
