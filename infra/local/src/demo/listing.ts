import { timeAt, type Place } from './places';

/** A listing as the API accepts it. */
export interface Listing {
  title: string;
  price: string;
  category?: string;
  description?: string;
  venue?: string;
  city?: string;
  startsAt?: string;
  timeZone?: string;
  section?: string;
  row?: string;
  seat?: string;
  delivery?: 'later';
}

/** An event at a place, that many days ahead at a local hour, with the seat. */
export function at(place: Place, venue: string, inDays: number, hour: string, [section, row, seat]: string[] = []) {
  return {
    venue,
    city: place.city,
    startsAt: timeAt(place, inDays, hour),
    timeZone: place.timeZone,
    section,
    row,
    seat,
  };
}
