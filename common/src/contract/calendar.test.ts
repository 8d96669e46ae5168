import fc from 'fast-check';
import { calendarOf, type CalendarEvent } from './calendar';

const event: CalendarEvent = {
  uid: '6b0154@tickets.example',
  startsAt: '2027-03-04T19:30:00.000Z',
  madeAt: Date.UTC(2026, 10, 21, 8, 19, 5),
  title: 'A concert',
  location: 'Philharmonie, Berlin',
  description: 'Row 7; seat 42\nhttps://tickets.example/orders/6b0154',
  url: 'https://tickets.example/orders/6b0154',
};

/** What a calendar reads: unfolded lines, by name, without escapes. */
function read(file: string): Record<string, string> {
  const lines = file.replaceAll('\r\n ', '').split('\r\n');
  const unescape = (text: string) => text.replaceAll(/\\(.)/g, (_all, mark: string) => (mark === 'n' ? '\n' : mark));
  return Object.fromEntries(
    lines
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf(':')), unescape(line.slice(line.indexOf(':') + 1))]),
  );
}

it('contains the title, the time in UTC, and the place', () => {
  expect(calendarOf(event)).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:.+\r\nBEGIN:VEVENT\r\n/);
  expect(calendarOf(event)).toMatch(/\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n$/);
  expect(read(calendarOf(event))).toMatchObject({
    UID: event.uid,
    DTSTAMP: '20261121T081905Z',
    DTSTART: '20270304T193000Z',
    SUMMARY: event.title,
    LOCATION: event.location,
    DESCRIPTION: event.description,
    URL: event.url,
  });
});

it('leaves out what is unknown', () => {
  expect(calendarOf({ ...event, location: '', description: '' })).not.toMatch(/LOCATION|DESCRIPTION/);
});

it('escapes special characters', () => {
  expect(calendarOf({ ...event, title: 'A\\B; C, D\r\nBEGIN:VALARM' })).toContain(
    'SUMMARY:A\\\\B\\; C\\, D\\nBEGIN:VALARM\r\n',
  );
});

it('leaves out characters that are not allowed in calendars', () => {
  const file = calendarOf({ ...event, title: 'Ding\u0007 \u0000dong\u007f\u0085\ttwice', location: '\u001b[31mHere' });
  expect(read(file)).toMatchObject({ SUMMARY: 'Ding dong\ttwice', LOCATION: '[31mHere' });
});

it('contains every text in full, in lines of at most 75 octets', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 200 }), (title) => {
      const file = calendarOf({ ...event, title });
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(read(file).SUMMARY).toBe(title.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\t\n])\p{Cc}/gu, ''));
    }),
  );
});
