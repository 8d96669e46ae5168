import type { TicketBody } from '@ticketing/common/contract';
import { formatPrice } from './format';
import { readPrice, writePrice } from './price';
import { structuredTicket } from './structured';

const sold = (price: number) =>
  ({ price, status: 'sold', startsAt: null, id: '6b0150640000000000000000' }) as TicketBody;
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe.each([
  { currency: 'jpy', price: 5_000, shown: '5.000 ¥', typed: '5.000', read: '5000', written: '5000', none: '50,5' },
  { currency: 'eur', price: 20.5, shown: '20,50 €', typed: '20,5', read: '20.50', written: '20,50', none: '20,5050' },
  { currency: 'kwd', price: 1.23, shown: '1,23 KWD', typed: '1,23', read: '1.23', written: '1,23', none: '1,2345' },
  { currency: 'isk', price: 900, shown: '900 ISK', typed: '900', read: '900', written: '900', none: '9,5' },
])('in $currency', ({ currency, price, shown, typed, read, written, none }) => {
  beforeEach(() => void jest.replaceProperty(process, 'env', { ...process.env, CURRENCY: currency }));
  afterEach(() => jest.restoreAllMocks());

  it('formats prices as its people write them', () => {
    expect(plain(formatPrice(price, 'de-DE'))).toBe(shown);
    expect(writePrice(price, 'de-DE')).toBe(written);
  });

  it('accepts as many decimals as it has', () => {
    expect(readPrice(typed)).toBe(read);
    expect(readPrice(none)).toBeUndefined();
  });

  it('offers name it', () => {
    const { offers } = structuredTicket(sold(price), 'https://site/t', 'https://site/c.png') as { offers: object };
    expect(offers).toMatchObject({ price: read, priceCurrency: currency.toUpperCase() });
  });
});
