import { EventDetails, type TicketBody } from '@ticketing/common/contract';
import { ApiError } from '@/lib/api/errors';
import { priceFacts } from '@/lib/currency';
import { writePrice } from '@/lib/price';
import { problemOf, standingOf, startOf, toListing, toTyped, valuesLike, valuesOfListing } from './listing';

const now = Date.parse('2026-11-21T12:00:00Z');
const typed = {
  title: ' Rigoletto ',
  category: 'theatre',
  description: '',
  venue: 'Semperoper',
  city: 'Dresden',
  date: '2026-12-24',
  time: '19:30',
  timeZone: 'Europe/Berlin',
  section: '',
  row: '4',
  seat: '',
  price: '1.080,5',
};
const ticket: TicketBody = {
  ...EventDetails.parse({}),
  id: '1',
  title: 'Rigoletto',
  description: null,
  price: 1080.5,
  userId: '2',
  edition: 0,
  status: 'available',
  orderId: null,
  heldUntil: null,
  faceValue: null,
  ...{ deliveredAt: null, isScanned: null, deliverBy: null, missedAt: null, readAt: null, isRefunded: false },
  version: 0,
  category: 'theatre',
  venue: 'Semperoper',
  city: 'Dresden',
  startsAt: '2026-12-24T18:30:00.000Z',
  timeZone: 'Europe/Berlin',
  row: '4',
};

it('translates the input for the API', () => {
  expect(toListing(typed)).toEqual({
    title: 'Rigoletto',
    category: 'theatre',
    description: null,
    venue: 'Semperoper',
    city: 'Dresden',
    section: null,
    row: '4',
    seat: null,
    price: '1080.50',
    faceValue: null,
    delivery: null,
    startsAt: '2026-12-24T18:30:00.000Z',
    timeZone: 'Europe/Berlin',
  });
});

it('sends no time zone without a time, and leaves an invalid price for the API to judge', () => {
  expect(toListing({ ...typed, time: '', price: 'much' })).toMatchObject({
    startsAt: null,
    timeZone: null,
    price: 'much',
  });
});

it('says how it is handed over, but not what: that is not part of the listing', () => {
  const content = { content: 'transfer', url: 'https://example.com', code: '1', note: '2' };
  expect(toListing({ ...typed, ...content, delivery: 'now', faceValue: '1.200' })).toEqual({
    ...toListing(typed),
    delivery: 'now',
    faceValue: '1200.00',
  });
  expect(toListing(typed, { ...ticket, delivery: 'later' })).toMatchObject({ delivery: 'later' });
});

it.each(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', '2026-10-25T01:30:45.000Z'])(
  "keeps an event's start at %s as long as nobody changes it",
  (startsAt) => {
    const doubled = { ...ticket, startsAt };
    const shown = valuesOfListing(doubled, 'UTC', String);
    expect(shown).toMatchObject({ date: '2026-10-25', time: '02:30' });
    expect(toListing({ ...shown, title: 'Rigoletto, new' }, doubled)).toMatchObject({ startsAt });
    expect(toListing({ ...shown, time: '03:30' }, doubled)).toMatchObject({ startsAt: '2026-10-25T02:30:00.000Z' });
    expect(toListing({ ...shown, timeZone: 'UTC' }, doubled)).toMatchObject({ startsAt: '2026-10-25T02:30:00.000Z' });
  },
);

it('shows a listing as it would be typed', () => {
  const shown = valuesOfListing(ticket, 'UTC', () => '1080,50');
  expect(shown).toEqual({ ...typed, title: 'Rigoletto', price: '1080,50', faceValue: '' });
  const printed = valuesOfListing({ ...ticket, faceValue: 75 }, 'UTC', (price) => `${price},00`);
  expect(printed).toMatchObject({ faceValue: '75,00' });
  expect(toListing(shown)).toEqual(toListing(typed));
  const open = valuesOfListing({ ...ticket, startsAt: null, timeZone: null }, 'Asia/Tokyo', String);
  expect(open).toMatchObject({ date: '', time: '', timeZone: 'Asia/Tokyo' });
});

it('one more of an event is shown without a seat', () => {
  expect(valuesLike({ ...ticket, seat: '7' }, 'UTC', String)).toEqual({
    ...valuesOfListing({ ...ticket, seat: '7' }, 'UTC', String),
    seat: '',
  });
});

it.each([
  ['title', { title: '  ' }, 'titleMissing'],
  ['price', { price: '' }, 'priceMissing'],
  ['price', { price: 'ten' }, 'priceWrong'],
  ['price', { price: '0,00' }, 'priceRange'],
  ['price', { price: '0.49' }, 'priceRange'],
  ['price', { price: '1000000' }, 'priceRange'],
  ['faceValue', { faceValue: 'ten' }, 'priceWrong'],
  ['faceValue', { faceValue: '0' }, 'priceRange'],
  ['delivery', { delivery: '' }, 'deliveryMissing'],
  ['date', { date: '' }, 'dateMissing'],
  ['time', { time: '' }, 'timeMissing'],
  ['time', { date: '2027-03-28', time: '02:30' }, 'skipped'],
])('for %s in %j it says %s', (field, change, problem) => {
  expect(problemOf(field, { ...typed, ...change })).toBe(problem);
});

it.each(Object.keys(typed))('finds nothing wrong with %s', (field) => {
  expect(problemOf(field, typed)).toBeUndefined();
});

it("leaves it to the API whether an event is in the future: a browser's clock may be wrong", () => {
  for (const field of ['date', 'time']) expect(problemOf(field, { ...typed, date: '2020-01-01' })).toBeUndefined();
});

it('asks for no date if there is no time', () => {
  for (const field of ['date', 'time']) expect(problemOf(field, { ...typed, date: '', time: '' })).toBeUndefined();
  expect(startOf({ ...typed, date: '' })).toBeUndefined();
});

it("puts the API's error about the start on the date", () => {
  const error = new ApiError(400, [
    { code: 'event-in-past', message: 'x', field: 'startsAt' },
    { code: 'text-length', message: 'x', field: 'title' },
  ]);
  expect(toTyped(error)).toMatchObject({ status: 400, errors: [{ field: 'date' }, { field: 'title' }] });
  expect(toTyped('other')).toBe('other');
});

it('distinguishes a listing whose event has started from one for sale', () => {
  const past = { ...ticket, startsAt: '2026-11-21T12:00:00.000Z' };
  expect(standingOf(ticket, now)).toBe('available');
  expect(standingOf(past, now)).toBe('past');
  expect(standingOf({ ...past, status: 'sold' }, now)).toBe('sold');
});

it('distinguishes a sale that was undone from one that stands', () => {
  expect(standingOf({ ...ticket, status: 'sold', isRefunded: true }, now)).toBe('refunded');
  expect(standingOf({ ...ticket, isRefunded: true }, now)).toBe('available');
});

test.each([
  ['kwd', '12.500', 'priceWrong'],
  ['kwd', '1,250', 'priceWrong'],
  ['kwd', '12.50', undefined],
  ['kwd', '12500', undefined],
  ['kwd', '12,500.00', undefined],
  ['usd', '12,500', undefined],
  ['jpy', '12,500', undefined],
])('in %s, "%s" is taken for one amount or asked about', (currency, price, problem) => {
  jest.replaceProperty(process, 'env', { ...process.env, CURRENCY: currency });
  expect(problemOf('price', { price })).toBe(problem);
  for (const own of [writePrice(1_250, 'en'), writePrice(1_250, 'de'), priceFacts('de').example])
    expect(problemOf('price', { price: own })).toBeUndefined();
  jest.restoreAllMocks();
});
