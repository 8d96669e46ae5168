/** A calendar entry. */
export interface CalendarEvent {
  /** Globally unique and stable, so that a second import replaces the first. */
  uid: string;
  /** ISO 8601 in UTC. */
  startsAt: string;
  /** When the entry was made, in milliseconds since 1970. */
  madeAt: number;
  title: string;
  location: string;
  description: string;
  url: string;
}

/** An event's end is unknown: reserve an evening. */
const DURATION = 'PT2H30M';
const LINE_OCTETS = 75;

const utc = (time: Date) => `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** An escaped text value, without control characters, which calendars do not allow. */
const escaped = (text: string) =>
  text
    .replaceAll(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/(?!\t)\p{Cc}/gu, '');

const encoder = new TextEncoder();
const octetsOf = (character: string) => encoder.encode(character).length;

/** Folds a line into pieces of at most 75 octets, never within a character; continuation lines start with a space. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LINE_OCTETS) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}

/** A calendar file (RFC 5545) with one event. */
export function calendarOf({ uid, startsAt, madeAt, title, location, description, url }: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ticketing//Ticketing//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(new Date(madeAt))}`,
    `DTSTART:${utc(new Date(startsAt))}`,
    `DURATION:${DURATION}`,
    `SUMMARY:${escaped(title)}`,
    ...(location ? [`LOCATION:${escaped(location)}`] : []),
    ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
    `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}
