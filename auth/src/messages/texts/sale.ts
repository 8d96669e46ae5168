import type { Sale } from '../../domain/messages';
import type { Fact } from '../letter';
import type { Tools } from './types';

/** What a sale is about; the labels are those of the event, its time, its place and the seat. */
export const factsOf = (
  { title, venue, city, startsAt, timeZone, place }: Sale,
  { time }: Tools,
  [event, when, where, seat]: [string, string, string, string],
): Fact[] => [
  [event, title],
  [when, time(startsAt, timeZone)],
  [where, [venue, city].filter(Boolean).join(', ')],
  [seat, place.filter(Boolean).join(' · ')],
];
