import { formatClock, formatCountdown, formatEvent, formatPrice, formatTime } from './format';

it.each([
  [900_000, '15:00'],
  [899_999, '15:00'],
  [61_000, '1:01'],
  [1, '0:01'],
  [0, '0:00'],
  [-5_000, '0:00'],
  [3_723_000, '1:02:03'],
])('counts %d ms down as %s', (left, words) => {
  expect(formatCountdown(left)).toBe(words);
});

it('formats prices for the locale', () => {
  expect(formatPrice(49.5, 'en-US')).toBe('$49.50');
  expect(formatPrice(999_999.99, 'de-DE')).toMatch(/^999\.999,99\s\$$/);
});

afterEach(() => jest.useRealTimers());

it('names the zone of a time, and a year that is not the current one', () => {
  jest.useFakeTimers({ now: Date.parse('2026-11-26T12:00:00Z') });
  expect(formatTime('2026-11-21T05:12:10.000Z', 'en-US', 'UTC')).toBe('Nov 21, 5:12 AM UTC');
  expect(formatTime('2026-11-21T05:12:10.000Z', 'en-US')).toMatch(/^Nov 2\d, \d+:12 [AP]M \S+$/);
  expect(formatClock('2026-11-21T05:12:10.000Z', 'en-US', 'Europe/Berlin')).toBe('6:12 AM GMT+1');
  expect(formatTime('2031-03-09T18:30:00.000Z', 'en-US', 'UTC')).toBe('Mar 9, 2031, 6:30 PM UTC');
  const midnight = '2026-12-31T23:30:00.000Z';
  expect(formatTime(midnight, 'en-US', 'UTC')).not.toContain('2026');
  expect(formatTime(midnight, 'en-US', 'Europe/Berlin')).toContain('2027');
});

describe('formatEvent', () => {
  const evening = { startsAt: '2031-06-14T18:30:00.000Z', timeZone: 'Europe/Berlin' };

  it("uses the venue's clock", () => {
    expect(formatEvent(evening, 'en-US', 'Europe/Paris')).toEqual({
      date: 'Sat, Jun 14, 2031',
      longDate: 'Saturday, June 14, 2031',
      time: '8:30 PM',
      zone: '',
      day: '14',
      month: 'Jun',
      weekday: 'Sat',
    });
    expect(formatEvent(evening, 'de-DE', 'Europe/Paris')).toMatchObject({ time: '20:30', weekday: 'Sa', day: '14' });
    const morning = { ...evening, startsAt: '2031-06-14T07:05:00.000Z' };
    expect(formatEvent(morning, 'de-DE', 'Europe/Paris')).toMatchObject({ time: '09:05' });
    expect(formatEvent(morning, 'en-US', 'Europe/Paris')).toMatchObject({ time: '9:05 AM' });
  });

  it('names the zone to a visitor whose clock shows another time', () => {
    expect(formatEvent(evening, 'en-GB', 'America/New_York')?.zone).toMatch(/CEST|GMT\+2/);
    expect(formatEvent(evening, 'en-GB', 'Europe/Paris')?.zone).toBe('');
  });

  it('names the zone until the visitor’s is known', () => {
    expect(formatEvent(evening, 'en-GB')?.zone).toMatch(/CEST|GMT\+2/);
  });

  it('uses UTC, and says so, without a zone; nothing without a time', () => {
    expect(formatEvent({ ...evening, timeZone: null }, 'en-US')).toMatchObject({ time: '6:30 PM', zone: 'UTC' });
    expect(formatEvent({ startsAt: null, timeZone: null }, 'en-US')).toBeUndefined();
  });
});

it('keeps a bounded number of formatters, however many regions visitors use', () => {
  const makes = jest.spyOn(Intl, 'DateTimeFormat');
  const write = (locale: string) => formatClock('2026-11-21T05:12:10.000Z', locale, 'UTC');
  write('en-NZ');
  write('en-NZ');
  expect(makes).toHaveBeenCalledTimes(1);
  for (let region = 0; region < 600; region++) write(`en-${String(region).padStart(3, '0')}`);
  makes.mockClear();
  write('en-NZ');
  expect(makes).toHaveBeenCalledTimes(1);
  makes.mockRestore();
});
