import { median, medianRatio, percentile } from './statistics';

test('a percentile is the nearest rank, whatever the order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0.01)).toBe(7);
  expect(median([9, 1, 5])).toBe(5);
});

test('an empty list has no percentile', () => {
  expect(percentile([], 0.5)).toBeNaN();
});

test('ratios are taken round by round', () => {
  expect(medianRatio([50, 90, 400], [100, 100, 1000])).toBe(0.5);
});
