import type { TicketBody } from '@ticketing/common/contract';
import { de } from '@/texts/de';
import { en } from '@/texts/en';
import { currencyName, currencySign, priceFacts } from './currency';
import { formatPrice } from './format';
import { readPrice, writePrice } from './price';
import { structuredTicket } from './structured';

const sold = (price: number) =>
  ({ price, status: 'sold', startsAt: null, id: '6b0150640000000000000000' }) as TicketBody;
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe.each([
  {
    currency: 'jpy',
    price: 5_000,
    shown: '5.000 ¥',
    typed: '5.000',
    read: '5000',
    written: '5000',
    none: '50,5',
    sign: '¥',
    name: 'Japanische Yen',
    example: '4950',
    min: '50 ¥',
  },
  {
    currency: 'eur',
    price: 20.5,
    shown: '20,50 €',
    typed: '20,5',
    read: '20.50',
    written: '20,50',
    none: '20,5050',
    sign: '€',
    name: 'Euro',
    example: '49,50',
    min: '0,50 €',
  },
  {
    currency: 'kwd',
    price: 1.23,
    shown: '1,23 KWD',
    typed: '1,23',
    read: '1.23',
    written: '1,23',
    none: '1,2345',
    sign: 'KWD',
    name: 'Kuwait-Dinar',
    example: '4,95',
    min: '0,05 KWD',
  },
  {
    currency: 'isk',
    price: 900,
    shown: '900 ISK',
    typed: '900',
    read: '900',
    written: '900',
    none: '9,5',
    sign: 'ISK',
    name: 'Isländische Kronen',
    example: '99',
    min: '1 ISK',
  },
])('in $currency', ({ currency, price, shown, typed, read, written, none, ...words }) => {
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

  it('names it, and shows how a price is written', () => {
    expect(currencySign('de-DE')).toBe(words.sign);
    expect(currencyName('de-DE')).toBe(words.name);
    const { example, min } = priceFacts('de-DE');
    expect([example, plain(min)]).toEqual([words.example, words.min]);
    expect(readPrice(example)).toBeDefined();
  });

  it('offers name it', () => {
    const { offers } = structuredTicket(sold(price), 'https://site/t', 'https://site/c.png') as { offers: object };
    expect(offers).toMatchObject({ price: read, priceCurrency: currency.toUpperCase() });
  });
});

it('no text of the site has a currency of its own', () => {
  for (const texts of [en, de]) expect(JSON.stringify(texts)).not.toMatch(/[$€£¥](?!\{)|dollar|\beuros?\b/i);
});
