import type { Listing } from '@ticketing/common/contract';
import { noDetails } from '../testing/listing';
import { findable, localDayOf } from './facets';
import { termsOf } from './words';

const listing: Listing = { ...noDetails, title: 'Jazz', price: 2_000 };

test.each([
  ['2026-03-20T05:00:00Z', 'America/Los_Angeles', '2026-03-19'],
  ['2026-03-20T05:00:00Z', 'Europe/Berlin', '2026-03-20'],
  ['2026-03-20T10:30:00Z', 'Pacific/Kiritimati', '2026-03-21'],
  ['2026-03-20T11:00:00Z', 'Etc/GMT+12', '2026-03-19'],
  ['2199-12-31T23:00:00Z', 'UTC', '2199-12-31'],
])('at %s, the day in %s is %s', (time, timeZone, day) => {
  expect(localDayOf(new Date(time), timeZone)).toBe(day);
  expect(findable({ ...listing, startsAt: new Date(time), timeZone }).localDay).toBe(day);
});

test('a long title leaves enough facets for the venue and the city', () => {
  const title = Array.from({ length: 60 }, (_, index) => `w${String.fromCharCode(97 + (index % 26))}${index}`).join(
    ' ',
  );
  const { facets } = findable({ ...listing, title: title.slice(0, 200), venue: 'Philharmonie', city: 'Łódź' });
  for (const typed of ['philharm', 'lodz']) expect(facets).toContain(`w ${termsOf(typed)[0]?.key}`);
});

test.each(['ﷺ'.repeat(200), '東京'.repeat(100), 'a '.repeat(100), 'x-'.repeat(100), 'ß'.repeat(200), 'ab '.repeat(66)])(
  'the facets and the text of a listing are bounded, whatever its content (%#)',
  (title) => {
    const { facets, text } = findable({ ...listing, title, venue: title.slice(0, 100), city: title.slice(0, 100) });
    expect(facets.length).toBeLessThanOrEqual(280);
    expect(new Set(facets).size).toBe(facets.length);
    expect(text.length).toBeLessThanOrEqual(9_000);
  },
);
