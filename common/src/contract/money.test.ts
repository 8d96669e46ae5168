import fc from 'fast-check';
import { MAX_PRICE, parsePrice, toMajor } from './money';

const minor = fc.integer({ min: 1, max: MAX_PRICE });

test('every price survives the way out and back, as a number and as a text', () => {
  fc.assert(
    fc.property(minor, (price) => parsePrice(toMajor(price)) === price),
    { numRuns: 5_000 },
  );
  fc.assert(
    fc.property(minor, (price) => parsePrice(toMajor(price).toFixed(2)) === price),
    { numRuns: 5_000 },
  );
});

test.each([
  [20, 2_000],
  ['20', 2_000],
  ['20.5', 2_050],
  [' 0.01 ', 1],
  ['999999.99', 99_999_999],
])('%p is %i cents', (input, price) => {
  expect(parsePrice(input)).toBe(price);
});

const numbers = [0, -0, -1, 0.001, 1.005, 0.1 + 0.2, 1_000_000, 1e21, 5e-7, NaN, Infinity, -Infinity];
const texts = [
  '',
  ' ',
  '0',
  '0.00',
  '-1',
  '+1',
  '1.',
  '.5',
  '1.234',
  '1e5',
  '0x10',
  '1,50',
  '1 000',
  '1.2.3',
  '١',
  'Infinity',
  'NaN',
  'ten',
  '1000000',
];
const others: unknown[] = [null, undefined, true, [], [5], ['5'], {}, { valueOf: () => 5 }, 5n, () => 5, new Date(5)];

test.each([...numbers, ...texts, ...others].map((input) => [input] as const))('%p is no price', (input) => {
  expect(parsePrice(input)).toBeUndefined();
});

test('whatever comes, what is taken is a whole number of cents within the limits', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.double(), fc.string(), fc.stringMatching(/^[0-9.e+-]*$/)), (input) => {
      const price = parsePrice(input);
      return price === undefined || (Number.isInteger(price) && price > 0 && price <= MAX_PRICE);
    }),
    { numRuns: 5_000 },
  );
});
