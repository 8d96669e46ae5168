import fc from 'fast-check';
import { price } from './fields';
import { feeOf, MAX_PRICE, moneyOf, ourMoney, parsePrice, setCurrency, toMajor } from './money';

const minor = fc.integer({ min: 1, max: MAX_PRICE });

test('every price survives conversion to major units and back, as a number and as a string', () => {
  fc.assert(
    fc.property(minor, (price) => parsePrice(toMajor(price)) === price),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(minor, (price) => parsePrice(toMajor(price).toFixed(2)) === price),
    { numRuns: 1_000 },
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

test.each([...numbers, ...texts, ...others].map((input) => [input] as const))('%p is not a price', (input) => {
  expect(parsePrice(input)).toBeUndefined();
});

test('whatever the input, an accepted price is a whole number of cents within the limits', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.double(), fc.string(), fc.stringMatching(/^[0-9.e+-]*$/)), (input) => {
      const price = parsePrice(input);
      return price === undefined || (Number.isInteger(price) && price > 0 && price <= MAX_PRICE);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['usd', '20.5', 2_050, 50],
  ['jpy', '2000', 2_000, 50],
  ['kwd', '1.23', 1_230, 50],
  ['isk', '5', 500, 100],
  ['ugx', '5', 500, 100],
  ['huf', '175.5', 17_550, 17_500],
  ['twd', '20.5', 2_050, 50],
  ['gbp', '0.3', 30, 30],
])('in %s, %s is %i minor units, and the minimum is %i', (currency, text, minor, min) => {
  const money = moneyOf(currency);
  expect(money).toMatchObject({ currency, min });
  expect(money.parse(text)).toBe(minor);
  expect(money.toMajor(minor)).toBe(Number(text));
  expect(money.toMinor(Number(text))).toBe(minor);
});

test.each([
  ['jpy', '20.5'],
  ['jpy', '100000000'],
  ['isk', '5.5'],
  ['kwd', '1.234'],
  ['kwd', '100000'],
  ['usd', '1000000'],
])('in %s, %s is not a price', (currency, text) => {
  expect(moneyOf(currency).parse(text)).toBeUndefined();
});

test('in every currency, each chargeable price survives conversion and is a multiple of the smallest coin', () => {
  for (const code of Intl.supportedValuesOf('currency')) {
    const { scale, digits, min, max, parse, toMajor: write, toMinor } = moneyOf(code.toLowerCase());
    const step = scale / 10 ** digits;
    expect([min % step, max % step, max <= MAX_PRICE]).toEqual([0, 0, true]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_PRICE }), (amount) => {
        const minor = Math.min(Math.max(amount - (amount % step), min), max);
        return (
          [write(minor), write(minor).toFixed(digits)].every((price) => parse(price) === minor) &&
          toMinor(write(minor)) === minor
        );
      }),
      { numRuns: 20 },
    );
  }
});

test('a listing costs at least the minimum charge of our currency', () => {
  const read = (input: unknown) => price.safeParse(input);
  expect(read('0.49').error?.issues).toMatchObject([
    { message: 'price-out-of-range', params: { min: 0.5, max: 999_999.99 } },
  ]);
  expect(read('0.5').data).toBe(50);
  setCurrency('jpy');
  try {
    expect(read('0.5').success).toBe(false);
    expect(read('49').error?.issues).toMatchObject([
      { message: 'price-out-of-range', params: { min: 50, max: MAX_PRICE } },
    ]);
    expect([read('50').data, toMajor(50), parsePrice('5000'), ourMoney().currency]).toEqual([50, 50, 5_000, 'jpy']);
  } finally {
    setCurrency('usd');
  }
});

test('rounds a fee half to even', () => {
  expect([feeOf(2_000, 5), feeOf(10, 5), feeOf(30, 5), feeOf(50, 5), feeOf(101, 2.5)]).toEqual([100, 0, 2, 2, 3]);
});

test.each([
  ['isk', [500, 1_000, 3_000, 5_000], [0, 0, 200, 200]],
  ['kwd', [1_010, 100, 300], [50, 0, 20]],
  ['jpy', [10, 30, 101], [0, 2, 5]],
])('a fee in %s is a multiple of its smallest coin: Stripe transfers nothing smaller', (currency, amounts, fees) => {
  expect(amounts.map((amount) => feeOf(amount, 5, moneyOf(currency)))).toEqual(fees);
});

test('a fee may be anything from nothing to everything', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 10_000 }), (amount, hundredths) => {
      const fee = feeOf(amount, hundredths / 100);
      expect(Math.abs(fee - (amount * hundredths) / 10_000)).toBeLessThanOrEqual(0.5);
    }),
  );
});
