import { EventDetails, type TicketBody } from '@ticketing/common/contract';
import { scriptJson, structuredTicket } from './structured';

const ticket: TicketBody = {
  ...EventDetails.parse({}),
  id: '6b0150640000000000000000',
  title: 'Rigoletto',
  description: null,
  price: 80,
  edition: 0,
  userId: '6b0150640000000000000001',
  category: 'theatre',
  venue: 'Semperoper',
  city: 'Dresden',
  startsAt: '2026-12-24T18:30:00.000Z',
  timeZone: 'Europe/Berlin',
  status: 'available',
  orderId: null,
  heldUntil: null,
  faceValue: null,
  ...{ deliveredAt: null, isScanned: null, deliverBy: null, missedAt: null, readAt: null, isRefunded: false },
  version: 0,
};
const structured = (change: Partial<TicketBody>) =>
  structuredTicket({ ...ticket, ...change }, 'https://site/t', 'https://site/c.png');

it('is an Event with its Offer', () => {
  expect(structured({})).toMatchObject({
    '@type': 'Event',
    name: 'Rigoletto',
    startDate: '2026-12-24T19:30:00+01:00',
    location: { '@type': 'Place', name: 'Semperoper', address: { addressLocality: 'Dresden' } },
    offers: {
      '@type': 'Offer',
      price: '80.00',
      priceCurrency: 'USD',
      validFrom: new Date(0x6b015064 * 1000).toISOString(),
    },
  });
});

it.each([
  ['available', 'InStock'],
  ['held', 'LimitedAvailability'],
  ['sold', 'SoldOut'],
  ['withdrawn', 'Discontinued'],
] as const)('calls what is %s %s', (status, availability) => {
  expect(structured({ status })).toMatchObject({ offers: { availability: `https://schema.org/${availability}` } });
});

it('is not an Event without a date, and has no made-up place', () => {
  expect(structured({ startsAt: null })).toMatchObject({ '@type': 'Product' });
  expect(JSON.stringify(structured({ startsAt: null }))).not.toContain('startDate');
  expect(JSON.stringify(structured({ venue: null, city: null }))).not.toContain('location');
});

it('cannot close the script element it is in', () => {
  const text = scriptJson({ name: '</script><!-- <script>' });
  expect(text).not.toContain('<');
  expect(JSON.parse(text)).toEqual({ name: '</script><!-- <script>' });
});
