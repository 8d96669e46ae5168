import { moneyOf } from '@ticketing/common/contract/money';
import type { TicketBody, TicketStatus } from '@ticketing/common/contract';
import { currency } from './config';
import { toOffsetTime } from './zoned-time';

const availability: Record<TicketStatus, string> = {
  available: 'InStock',
  held: 'LimitedAvailability',
  sold: 'SoldOut',
  withdrawn: 'Discontinued',
};

/** When a document was created: the first four bytes of its id, in seconds. */
const listedAt = (id: string) => new Date(parseInt(id.slice(0, 8), 16) * 1000).toISOString();

const placeOf = ({ venue, city }: TicketBody) =>
  (venue ?? city) && {
    '@type': 'Place',
    name: venue ?? city,
    ...(city && { address: { '@type': 'PostalAddress', addressLocality: city } }),
  };

/**
 * A ticket for search engines: schema.org's Event with its Offer. They require a date for an Event, so without one it
 * is a Product. `url` and `image` are absolute.
 */
export function structuredTicket(ticket: TicketBody, url: string, image: string): object {
  const { id, title, description, price, status, timeZone } = ticket;
  const startsAt = ticket.startsAt && toOffsetTime(ticket.startsAt, timeZone ?? 'UTC');
  return {
    '@context': 'https://schema.org',
    '@type': startsAt ? 'Event' : 'Product',
    name: title,
    url,
    image: [image],
    ...(description && { description }),
    ...(startsAt && {
      startDate: startsAt,
      location: placeOf(ticket) || undefined,
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    }),
    offers: {
      '@type': 'Offer',
      url,
      price: price.toFixed(moneyOf(currency()).digits),
      priceCurrency: currency().toUpperCase(),
      availability: `https://schema.org/${availability[status]}`,
      validFrom: listedAt(id),
      ...(startsAt && { validThrough: startsAt }),
    },
  };
}

/** JSON that is safe in a script element: nothing in it ends the element or starts a comment. */
export const scriptJson = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
