import { parsePrice, writePrice } from './price';

it.each([
  ['49.50', 'en-US', '49.50'],
  ['49,5', 'en-US', '49.50'],
  ['1,234.50', 'en-US', '1234.50'],
  ['$ 1,234', 'en-US', '1234.00'],
  ['49,50', 'de-DE', '49.50'],
  ['49.50', 'de-DE', '49.50'],
  ['1.234', 'de-DE', '1234.00'],
  ['1.234,5', 'de-DE', '1234.50'],
  ['1.234.567,89', 'de-DE', '1234567.89'],
  ["1'234.50", 'de-CH', '1234.50'],
  ['1 234,50', 'de-AT', '1234.50'],
  ['007', 'en-US', '7.00'],
])('%s in %s is %s', (typed, locale, price) => {
  expect(parsePrice(typed, locale)).toBe(price);
});

it.each([
  ['', 'en-US'],
  ['-1', 'en-US'],
  ['1.234', 'en-US'],
  ['1,234', 'de-CH'],
  ['1,2,3', 'en-US'],
  ['12.345,00', 'en-US'],
  ['ten', 'de-DE'],
  ['1e3', 'en-US'],
])('%s in %s is no price', (typed, locale) => {
  expect(parsePrice(typed, locale)).toBeUndefined();
});

it('writes a price so that it is read back', () => {
  for (const locale of ['en-US', 'de-DE', 'de-CH', 'de-AT'])
    expect(parsePrice(writePrice(1234.5, locale), locale)).toBe('1234.50');
  expect(writePrice(1234.5, 'de-DE')).toBe('1234,50');
});
