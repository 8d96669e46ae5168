import type { Sale } from '../../domain/facts';
import type { Fact } from '../letter';
import type { Tools } from './types';

/** What a sale is about; the labels are those of the event, its time, its place and the seat. */
export const factsOf = (
  { title, venue, city, startsAt, timeZone, place }: Sale,
  { time }: Tools,
  [event, when, where, seat]: [string, string, string, string],
): Fact[] => [
  [event, title],
  [when, startsAt && time(startsAt, timeZone)],
  [where, [venue, city].filter(Boolean).join(', ')],
  [seat, place.filter(Boolean).join(' · ')],
];

/** The event of a ticket, for the buyer's calendar; undefined if it has no time. */
export const calendarOf = (sale: Sale, { page }: Tools, seat: string) => {
  const { orderId, startsAt, soldAt, title, venue, city, place } = sale;
  if (!startsAt || !soldAt) return undefined;
  const url = page(`/orders/${orderId}`);
  const where = place.filter(Boolean).join(' · ');
  return {
    uid: `${orderId}@${new URL(url).hostname}`,
    startsAt,
    madeAt: Date.parse(soldAt),
    title,
    location: [venue, city].filter(Boolean).join(', '),
    description: [where && `${seat}: ${where}`, url].filter(Boolean).join('\n'),
    url,
  };
};
