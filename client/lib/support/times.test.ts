import { formatAge, formatExact, madeAt } from './times';

const now = Date.parse('2026-11-26T12:00:00Z');

test.each([
  ['2026-11-26T12:00:05Z', 'now'],
  ['2026-11-26T11:59:30Z', 'now'],
  ['2026-11-26T11:01:00Z', '59 minutes ago'],
  ['2026-11-26T10:01:00Z', '1 hour ago'],
  ['2026-11-24T12:00:01Z', 'yesterday'],
  ['2026-11-23T12:00:00Z', '3 days ago'],
])('%s was %s', (iso, words) => {
  expect(formatAge(iso, now, 'en-US')).toBe(words);
});

test('times are exact to the second, in a named zone', () => {
  expect(formatExact('2026-11-26T17:14:51.900Z', 'en-US', 'Europe/Berlin')).toBe('Nov 26, 2026, 6:14:51 PM GMT+1');
  expect(formatExact('2026-11-26T17:14:51Z', 'de-DE', 'Europe/Berlin')).toBe('26. Nov. 2026, 18:14:51 MEZ');
  expect(formatExact('2026-11-26T03:14:51Z', 'de-DE', 'Europe/Berlin')).toBe('26. Nov. 2026, 04:14:51 MEZ');
});

test('an id contains the time its document was created', () => {
  expect(madeAt('65f0a1c00000000000000000')).toBe('2024-03-12T18:41:04.000Z');
});
