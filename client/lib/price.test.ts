import { readPrice, writePrice } from './price';

it.each([
  ['49.50', '49.50'],
  ['49,5', '49.50'],
  ['1,000', '1000.00'],
  ['1.000', '1000.00'],
  ['1,234.50', '1234.50'],
  ['1.234,50', '1234.50'],
  ['1.234.567,89', '1234567.89'],
  ["1'234.50", '1234.50'],
  ['1’234', '1234.00'],
  ['1 234,50', '1234.50'],
  ['1\u202f234,50', '1234.50'],
  ['$50', '50.00'],
  ['$ 1,234', '1234.00'],
  ['€89', '89.00'],
  ['89,00 €', '89.00'],
  [' 50 $ ', '50.00'],
  ['007', '7.00'],
  ['0,5', '0.50'],
])('%s is %s', (typed, price) => {
  expect(readPrice(typed)).toBe(price);
});

it.each([
  '',
  '$',
  '-1',
  '1,2,3',
  '1.234.56',
  '1,234.567',
  '1234,567',
  '0.500',
  '1.2345',
  'ten',
  '1e3',
  '$50$50',
  '50 20',
])('"%s" is not a price', (typed) => {
  expect(readPrice(typed)).toBeUndefined();
});

it('a formatted price can be read back', () => {
  for (const locale of ['en-US', 'de-DE', 'de-CH', 'de-AT'])
    expect(readPrice(writePrice(1234.5, locale))).toBe('1234.50');
  expect(writePrice(1234.5, 'de-DE')).toBe('1234,50');
});
