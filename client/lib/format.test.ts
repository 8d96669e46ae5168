import { formatCountdown, formatPrice, formatTime, hueOf } from './format';

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

it('writes prices in dollars', () => {
  expect(formatPrice(49.5)).toBe('$49.50');
  expect(formatPrice(999_999.99)).toBe('$999,999.99');
});

it('names the zone when it is not the reader’s own', () => {
  expect(formatTime('2026-11-21T05:12:10.000Z', 'UTC')).toMatch(/Nov 21, 5:12\sAM UTC/);
  expect(formatTime('2026-11-21T05:12:10.000Z')).not.toMatch(/UTC|GMT/);
});

it('gives each ticket a hue, whatever its id', () => {
  for (const id of ['65f0c0ffee65f0c0ffee65f0', '', 'zzzz']) {
    expect(hueOf(id)).toBeGreaterThanOrEqual(0);
    expect(hueOf(id)).toBeLessThan(360);
  }
});
