import { asDay, dayAt, formatDays, spansFrom } from './days';

it.each(['2026-11-21', '2028-02-29'])('accepts the day %s', (text) => {
  expect(asDay(text)).toBe(text);
});

it.each(['', '2026-2-3', '2026-02-29', '2026-13-01', '21.11.2026', '9999-12-31', '2026-11-21T00:00'])(
  'rejects the day "%s"',
  (text) => {
    expect(asDay(text)).toBeUndefined();
  },
);

it('a moment falls on different days in different zones', () => {
  const now = new Date('2026-11-21T23:30:00Z');
  expect(dayAt(now, 'America/New_York')).toBe('2026-11-21');
  expect(dayAt(now, 'Europe/Berlin')).toBe('2026-11-22');
});

describe('spansFrom', () => {
  it.each([
    ['a Monday', '2026-11-23', '2026-11-28', '2026-11-29'],
    ['a Saturday', '2026-11-28', '2026-11-28', '2026-11-29'],
    ['a Sunday', '2026-11-29', '2026-11-29', '2026-11-29'],
  ])('on %s, this weekend is the one that it is or that comes', (_day, today, from, to) => {
    expect(spansFrom(today).weekend).toEqual({ from, to });
  });

  it('ends a month with its last day, and a week after seven', () => {
    expect(spansFrom('2028-02-27')).toMatchObject({
      today: { from: '2028-02-27', to: '2028-02-27' },
      week: { from: '2028-02-27', to: '2028-03-04' },
      month: { from: '2028-02-27', to: '2028-02-29' },
    });
  });
});

it('formats days for the locale', () => {
  expect(formatDays({ from: '2026-11-21', to: '2026-11-22' }, 'en-US')).toBe('Nov 21 – 22, 2026');
  expect(formatDays({ from: '2026-11-21', to: '2026-11-21' }, 'en-US')).toBe('Nov 21, 2026');
  expect(formatDays({ to: '2026-11-22' }, 'de-DE')).toBe('22.11.2026');
});
