/** One entry of a calendar. */
export interface CalendarEvent {
  /** Unique in the world and the same for the same thing, so that a second import replaces the first. */
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

/** The end of an event is not known: an evening is kept free. */
const DURATION = 'PT2H30M';
const LINE_OCTETS = 75;

const utc = (time: Date) => `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** A text value: its marks escaped, without the control characters that a calendar may not have. */
const escaped = (text: string) =>
  text
    .replaceAll(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/(?!\t)\p{Cc}/gu, '');

/** Splits a line into pieces of 75 octets at most, never within a character; a space begins each further piece. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
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
